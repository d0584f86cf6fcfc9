internal import Findings

/// The relationships of a part: where the parts that it names are.
final class RelationshipsParser: XMLVisitor {
    struct Relationship {
        let id: String
        /// The last word of its type, as `worksheet`.
        let kind: String
        let target: String
        let isExternal: Bool
    }

    private(set) var relationships: [Relationship] = []

    func open(_ element: String, _ attributes: XMLAttributes) throws(Refusal) {
        guard element == "Relationship", let id = attributes.value("Id"),
            let type = attributes.value("Type"), let target = attributes.value("Target")
        else { return }
        let kind = type.split(separator: "/").last.map(String.init) ?? ""
        let isExternal = attributes.value("TargetMode") == "External"
        relationships.append(
            Relationship(id: id, kind: kind, target: target, isExternal: isExternal)
        )
    }

    func close(_ element: String) throws(Refusal) {}
    func text(_ piece: UnsafeBufferPointer<UInt8>) {}

    /// The name of a part in the archive, from a target that is relative to a folder or absolute.
    static func resolve(_ target: String, from folder: [Substring]) -> String {
        var path = target.hasPrefix("/") ? [] : folder
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = path.popLast() } else { path.append(step) }
        }
        return path.joined(separator: "/")
    }
}

/// The list of sheets in the workbook part.
final class SheetListParser: XMLVisitor {
    private(set) var sheets: [(name: String, relationship: String)] = []
    private(set) var isWorkbook = false

    func open(_ element: String, _ attributes: XMLAttributes) throws(Refusal) {
        switch element {
        case "workbook": isWorkbook = true
        case "sheet":
            guard let name = attributes.value("name"),
                let id = attributes.value("id", in: "relationships")
            else { return }
            sheets.append((name, id))
        default: break
        }
    }

    func close(_ element: String) throws(Refusal) {}
    func text(_ piece: UnsafeBufferPointer<UInt8>) {}
}

/// The texts that cells share.
final class SharedStringsParser: XMLVisitor {
    private(set) var strings: [String] = []
    private var current = XMLText()
    private var isPhonetic = false
    private let limit: Int
    private let place: Place

    init(limit: Int, place: Place) {
        self.limit = limit
        self.place = place
    }

    func open(_ element: String, _ attributes: XMLAttributes) throws(Refusal) {
        switch element {
        case "si": current.clear()
        // How a text is pronounced (振假名) is not what it says.
        case "rPh": isPhonetic = true
        case "t" where !isPhonetic: current.begin()
        default: break
        }
    }

    func close(_ element: String) throws(Refusal) {
        switch element {
        case "t": current.end()
        case "rPh": isPhonetic = false
        case "si":
            guard strings.count < limit, !current.isTooLong else {
                throw Refusal(
                    "xlsx.too-large",
                    Text("工作簿过大:文字过多或过长", "the workbook is too large: too many texts, or too long"),
                    at: place
                )
            }
            strings.append(current.unescaped)
        default: break
        }
    }

    func text(_ piece: UnsafeBufferPointer<UInt8>) { current.add(piece) }
}
