import CZip
import Foundation

/// Makes small workbooks, good and hostile, as bytes.
struct WorkbookMaker {
    /// The parts, by their names in the archive, in order.
    var parts: [(name: String, content: [UInt8])] = []

    static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    /// A workbook of sheets, each given by its name and what stands in its `worksheet` element.
    init(sheets: [(name: String, body: String)], strings: String? = nil) {
        self["_rels/.rels"] = """
            <Relationships xmlns="\(Self.package)"><Relationship Id="rId1" \
            Type="\(Self.office)/officeDocument" Target="xl/workbook.xml"/></Relationships>
            """
        var list = ""
        var related = ""
        for (index, sheet) in sheets.enumerated() {
            list += "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index)\"/>"
            related += """
                <Relationship Id="rId\(index)" Type="\(Self.office)/worksheet" \
                Target="worksheets/sheet\(index).xml"/>
                """
            self["xl/worksheets/sheet\(index).xml"] =
                "<worksheet xmlns=\"\(Self.main)\">\(sheet.body)</worksheet>"
        }
        if let strings {
            related += """
                <Relationship Id="s" Type="\(Self.office)/sharedStrings" Target="/xl/texts.xml"/>
                """
            self["xl/texts.xml"] = "<sst xmlns=\"\(Self.main)\">\(strings)</sst>"
        }
        self["xl/workbook.xml"] = """
            <workbook xmlns="\(Self.main)" xmlns:r="\(Self.office)">\
            <sheets>\(list)</sheets></workbook>
            """
        self["xl/_rels/workbook.xml.rels"] = """
            <Relationships xmlns="\(Self.package)">\(related)</Relationships>
            """
    }

    /// A workbook with one sheet called `S`.
    init(_ rows: String, strings: String? = nil) {
        self.init(sheets: [("S", "<sheetData>\(rows)</sheetData>")], strings: strings)
    }

    /// A scheme: one row for each list of cells, each cell given as its address and its text.
    init(scheme rows: [[(column: String, text: String)]], sheet: String) {
        var body = ""
        for (index, cells) in rows.enumerated() {
            let row = cells.map { column, text in
                let isNumber = Double(text) != nil
                let value = isNumber ? "<v>\(text)</v>" : "<is><t>\(text)</t></is>"
                let kind = isNumber ? "" : " t=\"inlineStr\""
                return "<c r=\"\(column)\(index + 1)\"\(kind)>\(value)</c>"
            }
            body += "<row r=\"\(index + 1)\">\(row.joined())</row>"
        }
        self.init(sheets: [(sheet, "<sheetData>\(body)</sheetData>")])
    }

    /// The text of a part; nil takes the part away.
    subscript(name: String) -> String? {
        get { parts.first { $0.name == name }.map { String(decoding: $0.content, as: UTF8.self) } }
        set {
            parts.removeAll { $0.name == name }
            if let newValue { parts.append((name, Array(newValue.utf8))) }
        }
    }

    /// What went wrong in making a workbook.
    struct Failure: Error {}

    /// The workbook as libzip packs it.
    func bytes() throws -> [UInt8] {
        var error = zip_error_t()
        guard let target = zip_source_buffer_create(nil, 0, 0, &error),
            let archive = zip_open_from_source(target, ZIP_TRUNCATE, &error)
        else { throw Failure() }
        zip_source_keep(target)
        defer { zip_source_free(target) }
        for (name, content) in parts {
            let copy = malloc(max(content.count, 1))
            content.withUnsafeBytes { bytes in
                if let start = bytes.baseAddress, let copy { memcpy(copy, start, bytes.count) }
            }
            guard let part = zip_source_buffer(archive, copy, UInt64(content.count), 1),
                zip_file_add(archive, name, part, 0) >= 0
            else { throw Failure() }
        }
        guard zip_close(archive) == 0, zip_source_open(target) == 0 else { throw Failure() }
        defer { zip_source_close(target) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = zip_source_read(target, &buffer, UInt64(buffer.count))
            guard count >= 0 else { throw Failure() }
            if count == 0 { return result }
            result += buffer[..<Int(count)]
        }
    }
}
