internal import Exact
public import Findings
public import Paper
internal import Seal
internal import Snapshots

/// Certificates in batches.
public enum Certificates {
    /// Prints certificates as one PDF, a page each.
    ///
    /// - Parameters:
    ///   - certificates: what to print, in order.
    ///   - template: how a page looks, and the scheme of numbers.
    ///   - lookup: the page on which honours are looked up, where the event names one.
    ///   - own: the organiser's own fields, by ``Certificate/key``.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` where the scheme gives one number twice, where a text doesn't
    ///   fit, and where no font has a character.
    public static func pdf(
        _ certificates: [Certificate],
        on template: PageTemplate,
        lookup: String?,
        own: [String: [String: String]] = [:]
    ) throws(Refusal) -> [UInt8] {
        var taken: [String: String] = [:]
        var findings: [Finding] = []
        let fillings = certificates.map { certificate in
            let number = certificate.number(by: template.number)
            if !number.isEmpty, let other = taken.updateValue(certificate.key, forKey: number) {
                findings.append(
                    Finding(
                        "certificate.number",
                        Text(
                            "\(other) 与 \(certificate.key) 的证书编号都是 \(number);请改模板中的 number",
                            "\(other) and \(certificate.key) both get the number \(number); change `number` in the template"
                        )
                    )
                )
            }
            return certificate.filling(
                number: number,
                lookup: lookup,
                own: own[certificate.key] ?? [:]
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        let event = certificates.first?.event.title.zh ?? ""
        let last = certificates.map(\.day).max()?.description ?? "1970-01-01"
        return try PaperPrinter.pdf(
            fillings,
            on: template,
            title: event + " 证书 Certificates",
            created: last + "T00:00:00Z"
        )
    }
}
