internal import Findings

/// What kind of number each style of a workbook makes; nothing else of the styles is read.
final class StylesParser: XMLVisitor {
    /// The kinds, by the number of a cell's style.
    private(set) var kinds: [Workbook.Kind] = []
    private var formats: [Int: Workbook.Kind] = [:]
    private var isInCellFormats = false
    /// As many styles as any program writes (ECMA-376 has no limit; Excel's is 65,490).
    private static let most = 65_536

    func open(_ element: String, _ attributes: XMLAttributes) throws(Refusal) {
        switch element {
        case "numFmt":
            guard formats.count < Self.most,
                let number = attributes.value("numFmtId").flatMap({ Int($0) }),
                let format = attributes.value("formatCode")
            else { return }
            formats[number] = Workbook.Kind(format: String(format.prefix(1_000)))
        case "cellXfs": isInCellFormats = true
        case "xf" where isInCellFormats && kinds.count < Self.most:
            let number = attributes.value("numFmtId").flatMap { Int($0) } ?? 0
            kinds.append(formats[number] ?? Workbook.Kind(builtIn: number))
        default: break
        }
    }

    func close(_ element: String) throws(Refusal) {
        if element == "cellXfs" { isInCellFormats = false }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) {}
}
