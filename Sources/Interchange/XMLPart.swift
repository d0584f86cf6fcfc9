internal import CExpat
internal import Findings
internal import Glibc

/// What wants to be told of an XML part as it is read.
protocol XMLVisitor: AnyObject {
    /// An element begins.
    func open(_ element: String, _ attributes: XMLAttributes) throws(Refusal)
    /// An element ends.
    func close(_ element: String) throws(Refusal)
    /// A piece of the text between; one text may come in many.
    func text(_ piece: UnsafeBufferPointer<UInt8>)
}

/// The attributes of an element; not to be kept beyond ``XMLVisitor/open(_:_:)``.
struct XMLAttributes {
    fileprivate let list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

    /// The value of an attribute; one of a namespace is named by its local name and the namespace's
    /// end, as `relationships` + `id` for `r:id`.
    func value(_ name: String, in namespace: String? = nil) -> String? {
        guard let list else { return nil }
        var at = 0
        while let key = list[at], let value = list[at + 1] {
            if matches(key, name, namespace) { return String(cString: value) }
            at += 2
        }
        return nil
    }

    fileprivate func forEachName(_ body: (UnsafePointer<XML_Char>) -> Void) {
        guard let list else { return }
        var at = 0
        while let key = list[at] {
            body(key)
            at += 2
        }
    }

    private func matches(
        _ key: UnsafePointer<XML_Char>,
        _ name: String,
        _ namespace: String?
    ) -> Bool {
        guard let namespace else { return strcmp(key, name) == 0 }
        return String(cString: key).hasSuffix(namespace + XMLPart.separatorText + name)
    }
}

/// Reads a part of a workbook with expat, as a stream, telling a visitor.
///
/// Only elements of the workbook's own namespaces are told of; others are passed over with all that
/// they hold. A document type, which is what declares entities, is refused.
///
/// Source: ECMA-376-2, 9.1.4 (no DTD in a part); https://libexpat.github.io/doc/api/latest/.
final class XMLPart {
    fileprivate static let separatorText = "\u{1}"
    private static let separator: XML_Char = 1
    private static let deepest = 64
    private static let longestToken = 8_000_000
    private static let mostNames = 10_000

    private static let namespaces = [
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
        "http://schemas.openxmlformats.org/package/2006/relationships",
    ].map { ContiguousArray($0.utf8CString.dropLast()) }

    private let parser: XML_Parser
    private let visitor: any XMLVisitor
    private let place: Place
    private let name: String
    private var failure: Refusal?
    private var fed = 0
    private var depth = 0
    private var foreignDepth: Int?
    private var names: Set<String> = []

    private init(_ parser: XML_Parser, name: String, visitor: any XMLVisitor, place: Place) {
        self.parser = parser
        self.name = name
        self.visitor = visitor
        self.place = place
    }

    /// Reads a part of an archive from its beginning to its end.
    static func read(
        _ name: String,
        of archive: ZipArchive,
        place: Place,
        telling visitor: any XMLVisitor
    ) throws(Refusal) {
        guard let parser = XML_ParserCreateNS(nil, separator) else {
            throw Refusal("xlsx.memory", Text("内存不足", "there is not enough memory"), at: place)
        }
        defer { XML_ParserFree(parser) }
        let part = XMLPart(parser, name: name, visitor: visitor, place: place)
        part.install()
        try archive.read(name) { (piece) throws(Refusal) in
            try part.feed(piece, isLast: false)
        }
        try part.feed(UnsafeBufferPointer(start: nil, count: 0), isLast: true)
        withExtendedLifetime(part) {}
    }

    private func install() {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { data, name, attributes in
                guard let part = XMLPart.part(data), let name else { return }
                part.opened(name, XMLAttributes(list: attributes))
            },
            { data, name in
                guard let part = XMLPart.part(data), let name else { return }
                part.closed(name)
            }
        )
        XML_SetCharacterDataHandler(parser) { data, bytes, count in
            guard let part = XMLPart.part(data), let bytes else { return }
            part.characters(UnsafeBufferPointer(start: bytes, count: Int(count)))
        }
        XML_SetStartNamespaceDeclHandler(parser) { data, prefix, _ in
            guard let part = XMLPart.part(data), let prefix else { return }
            part.count(prefix)
        }
        XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in
            XMLPart.part(data)?.documentType()
        }
    }

    private static func part(_ data: UnsafeMutableRawPointer?) -> XMLPart? {
        data.map { Unmanaged<XMLPart>.fromOpaque($0).takeUnretainedValue() }
    }

    private func feed(_ piece: UnsafeBufferPointer<UInt8>, isLast: Bool) throws(Refusal) {
        let status = piece.withMemoryRebound(to: XML_Char.self) { characters in
            XML_Parse(parser, characters.baseAddress, Int32(characters.count), isLast ? 1 : 0)
        }
        if let failure { throw failure }
        guard status == XML_STATUS_OK else {
            let line = XML_GetCurrentLineNumber(parser)
            throw Refusal(
                "xlsx.xml",
                Text(
                    "\(name) 第 \(line) 行不是正确的 XML",
                    "\(name), line \(line), is not well-formed XML"
                ),
                at: place
            )
        }
        // A tag that never ends would be scanned again with each piece.
        fed += piece.count
        guard fed - Int(XML_GetCurrentByteIndex(parser)) <= Self.longestToken else {
            throw Refusal(
                "xlsx.xml",
                Text("\(name) 中有一处过长", "\(name) has a tag that is too long"),
                at: place
            )
        }
    }

    private func fail(_ refusal: Refusal) {
        if failure == nil { failure = refusal }
        XML_StopParser(parser, 0)
    }

    private func documentType() {
        fail(
            Refusal(
                "xlsx.entities",
                Text(
                    "\(name) 含有文档类型声明(可用来定义实体),工作簿中不允许",
                    "\(name) declares a document type, by which entities are defined; none may"
                ),
                at: place
            )
        )
    }

    private func opened(_ name: UnsafePointer<XML_Char>, _ attributes: XMLAttributes) {
        // After a stop, expat still tells of the end of an empty element.
        guard failure == nil else { return }
        depth += 1
        guard depth <= Self.deepest else {
            fail(
                Refusal(
                    "xlsx.xml",
                    Text("\(self.name) 嵌套过深", "\(self.name) is nested too deep"),
                    at: place
                )
            )
            return
        }
        count(name)
        attributes.forEachName(count)
        guard failure == nil, foreignDepth == nil else { return }
        guard let local = Self.local(name) else {
            foreignDepth = depth
            return
        }
        do { try visitor.open(local, attributes) } catch { fail(error) }
    }

    /// Counts the different names: expat keeps each of them until the end, so that a part made of
    /// ever new ones would fill the memory.
    private func count(_ name: UnsafePointer<XML_Char>) {
        // There are not many names of one or two characters, and the cells have only such.
        guard name[0] != 0, name[1] != 0, name[2] != 0 else { return }
        guard names.insert(String(cString: name)).inserted, names.count > Self.mostNames else {
            return
        }
        fail(
            Refusal(
                "xlsx.xml",
                Text("\(self.name) 中的名称过多", "\(self.name) has too many different names"),
                at: place
            )
        )
    }

    private func closed(_ name: UnsafePointer<XML_Char>) {
        guard failure == nil else { return }
        defer { depth -= 1 }
        if let foreign = foreignDepth {
            if foreign == depth { foreignDepth = nil }
            return
        }
        guard let local = Self.local(name) else { return }
        do { try visitor.close(local) } catch { fail(error) }
    }

    private func characters(_ characters: UnsafeBufferPointer<XML_Char>) {
        guard failure == nil, foreignDepth == nil else { return }
        characters.withMemoryRebound(to: UInt8.self) { visitor.text($0) }
    }

    /// The local name of an element of the workbook's own namespaces.
    private static func local(_ name: UnsafePointer<XML_Char>) -> String? {
        for namespace in namespaces {
            let count = namespace.count
            let isSame = namespace.withUnsafeBufferPointer { bytes in
                bytes.baseAddress.map { strncmp(name, $0, count) == 0 } ?? false
            }
            if isSame, name[count] == separator { return String(cString: name + count + 1) }
        }
        return nil
    }
}
