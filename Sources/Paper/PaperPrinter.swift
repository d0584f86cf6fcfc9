public import Findings

/// Prints fillings on a template as one PDF.
///
/// Nothing is ever clipped and no character is ever a hollow box: what doesn't fit even at its
/// smallest size, and what no font has, is a finding, and then there is no document.
public enum PaperPrinter {
    /// Prints.
    ///
    /// - Parameters:
    ///   - fillings: the documents, in order; each begins on a page of its own.
    ///   - template: how a page looks.
    ///   - title: the title in the PDF's properties.
    ///   - created: when the PDF says that it was made, as ISO 8601 has it.
    /// - Returns: the bytes of the PDF; the same for the same arguments.
    /// - Throws: a ``Findings/Refusal`` with every text that doesn't fit and every character that no
    ///   font has.
    public static func pdf(
        _ fillings: [PageFilling],
        on template: PageTemplate,
        title: String,
        created: String
    ) throws(Refusal) -> [UInt8] {
        let canvas = PaperCanvas(title: title, created: created, size: template.size)
        var findings: [Finding] = []
        for filling in fillings {
            let setter = PageSetter(template: template, filling: filling, canvas: canvas)
            setter.print()
            findings += setter.findings
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        guard let bytes = canvas.finish() else {
            throw Refusal(
                "print.failed",
                Text("无法生成 PDF", "the PDF could not be made")
            )
        }
        return bytes
    }
}
