import Findings
import Interchange
import Testing

@Suite("Hostile workbooks")
struct HostileWorkbookTests {
    static let good = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

    @Test("bytes that are no workbook are refused")
    func notAZip() throws {
        #expect(refusalCodes([]) == ["xlsx.not-a-zip"])
        #expect(refusalCodes(Array("hello, this is text".utf8)) == ["xlsx.not-a-zip"])
        #expect(refusalCodes([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1]) == ["xlsx.old-format"])
        var other = WorkbookMaker(Self.good)
        other["xl/workbook.xml"] = "<document xmlns=\"urn:other\"/>"
        #expect(refusalCodes(try other.bytes()) == ["xlsx.not-a-workbook"])
        var document = WorkbookMaker("")
        document.parts = [("mimetype", []), ("content.xml", [])]
        #expect(refusalCodes(try document.bytes()) == ["xlsx.not-a-workbook"])
    }

    @Test("every way of cutting a workbook short is refused")
    func truncated() throws {
        let bytes = try WorkbookMaker(Self.good).bytes()
        #expect(refusalCodes(bytes) == [])
        for count in 2..<bytes.count {
            let codes = refusalCodes(Array(bytes[..<count]))
            #expect(codes == ["xlsx.damaged"], "cut at \(count)")
        }
    }

    @Test("no changed byte crashes the reader")
    func damaged() throws {
        let bytes = try WorkbookMaker(Self.good, strings: "<si><t>x</t></si>").bytes()
        for index in bytes.indices {
            for bit in [UInt8(0x01), 0x80, 0xFF] {
                var changed = bytes
                changed[index] ^= bit
                _ = refusalCodes(changed)
            }
        }
    }

    @Test(
        "a workbook that lacks a part is refused",
        arguments: [
            "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/texts.xml",
            "xl/worksheets/sheet0.xml",
        ]
    )
    func missingPart(name: String) throws {
        var maker = WorkbookMaker(Self.good, strings: "<si><t>x</t></si>")
        maker[name] = nil
        do {
            _ = try Workbook.read(maker.bytes(), name: "w.xlsx")
            Issue.record("was read")
        } catch let refusal as Refusal {
            let finding = try #require(refusal.findings.first)
            #expect(finding.rendered(in: .zh) == "w.xlsx: 错误: 工作簿不完整:缺少 \(name) [xlsx.part]")
            #expect(
                finding.rendered(in: .en)
                    == "w.xlsx: error: the workbook is incomplete: \(name) is missing [xlsx.part]"
            )
        }
    }

    @Test("a sheet that the relationships lack is refused")
    func missingRelationship() throws {
        var maker = WorkbookMaker(Self.good)
        maker["xl/_rels/workbook.xml.rels"] = "<Relationships xmlns=\"\(WorkbookMaker.package)\"/>"
        #expect(refusalCodes(try maker.bytes()) == ["xlsx.part"])
    }

    @Test("declared entities are refused before they are used")
    func entities() throws {
        var maker = WorkbookMaker(Self.good)
        for declaration in [
            "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
            "<!DOCTYPE x>",
        ] {
            maker["xl/worksheets/sheet0.xml"] =
                declaration + "<worksheet xmlns=\"\(WorkbookMaker.main)\"/>"
            #expect(refusalCodes(try maker.bytes()) == ["xlsx.entities"])
        }
    }

    @Test("a bomb is refused by its ratio, its size, its cells and its depth")
    func bombs() throws {
        let blanks = String(repeating: " ", count: 4_000_000)
        #expect(refusalCodes(try WorkbookMaker(Self.good + blanks).bytes()) == ["xlsx.too-large"])
        var limits = Workbook.Limits.standard
        let plain = try WorkbookMaker(Self.good).bytes()
        limits.inflatedBytes = 500
        #expect(refusalCodes(plain, limits: limits) == ["xlsx.too-large"])
        limits = .standard
        limits.cells = 0
        #expect(refusalCodes(plain, limits: limits) == ["xlsx.too-large"])
        limits = .standard
        limits.entries = 3
        #expect(refusalCodes(plain, limits: limits) == ["xlsx.too-large"])
        limits = .standard
        limits.archiveBytes = 10
        #expect(refusalCodes(plain, limits: limits) == ["file.too-large"])
        let deep = String(repeating: "<a>", count: 1_000)
        #expect(refusalCodes(try WorkbookMaker(deep).bytes()) == ["xlsx.xml"])
        limits = .standard
        limits.ratio = 100_000
        let long = "<row r=\"" + String(repeating: "1", count: 20_000_000) + "\"/>"
        #expect(refusalCodes(try WorkbookMaker(long).bytes(), limits: limits) == ["xlsx.xml"])
    }

    @Test(
        "sheets that contradict themselves are refused",
        arguments: [
            ("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", "xlsx.address"),
            ("<row r=\"2\"/><row r=\"1\"/>", "xlsx.address"),
            ("<row r=\"1\"/><row r=\"1\"/>", "xlsx.address"),
            ("<row r=\"0\"/>", "xlsx.address"),
            ("<row r=\"1048577\"/>", "xlsx.address"),
            ("<row r=\"99999999999999999999\"/>", "xlsx.address"),
            ("<row r=\"1\"><c r=\"B1\"/><c r=\"B1\"/></row>", "xlsx.address"),
            ("<row r=\"1\"><c r=\"ZZZZZZZZZZZZZZZZ1\"/></row>", "xlsx.address"),
            ("<row r=\"1\"><c r=\"XFD1\"/><c/></row>", "xlsx.address"),
            ("<c r=\"A1\"><v>1</v></c>", "xlsx.address"),
            ("<row><c t=\"s\"><v>0</v></c></row>", "xlsx.shared-string"),
            ("<row><c t=\"s\"><v>-1</v></c></row>", "xlsx.shared-string"),
            ("<row><c><v>1</c></row>", "xlsx.xml"),
            ("<row><c><v>&unknown;</v></c></row>", "xlsx.xml"),
            ("<row><c><v>\u{1}</v></c></row>", "xlsx.xml"),
        ]
    )
    func contradictions(rows: String, code: String) throws {
        #expect(refusalCodes(try WorkbookMaker(rows).bytes()) == [code])
    }

    @Test("merged blocks that overlap, or are none, are refused")
    func merges() throws {
        for (blocks, code) in [
            (["A1:B2", "B2:C3"], "xlsx.merge"), (["A1:A1", "A1:A1"], "xlsx.merge"),
            (["C3:A1"], "xlsx.address"), (["A1:B2:C3"], "xlsx.address"), ([""], "xlsx.address"),
        ] {
            let merges = blocks.map { "<mergeCell ref=\"\($0)\"/>" }.joined()
            let body = "<sheetData><row r=\"5\"><c><v>1</v></c></row></sheetData>" + merges
            #expect(refusalCodes(try WorkbookMaker(sheets: [("S", body)]).bytes()) == [code])
        }
    }

    @Test("ever new names and endless texts are refused")
    func exhausting() throws {
        var limits = Workbook.Limits.standard
        limits.ratio = 1_000
        for element in [
            "abc\(0)", "a abc\(0)=\"\"", "a xmlns:abc\(0)=\"u\"", "x:abc\(0) xmlns:x=\"u\"",
        ] {
            let body = (0...10_001).map { index in
                "<" + element.replacing("0", with: "\(index)") + "/>"
            }
            let bytes = try WorkbookMaker(body.joined()).bytes()
            #expect(refusalCodes(bytes, limits: limits) == ["xlsx.xml"])
        }
        let long = String(repeating: "长", count: 100_000)
        let inline = "<row><c t=\"inlineStr\"><is><t>\(long)</t></is></c></row>"
        #expect(
            refusalCodes(try WorkbookMaker(inline).bytes(), limits: limits) == ["xlsx.too-large"]
        )
        let shared = try WorkbookMaker("", strings: "<si><t>\(long)</t></si>").bytes()
        #expect(refusalCodes(shared, limits: limits) == ["xlsx.too-large"])
    }

    @Test("two files of one name are refused")
    func twice() throws {
        var maker = WorkbookMaker(Self.good)
        maker.parts.append(("XL/Workbook.xml", Array("<x/>".utf8)))
        #expect(refusalCodes(try maker.bytes()) == ["xlsx.damaged"])
    }

    @Test("what is no file is refused", arguments: ["/nonexistent/w.xlsx", "/tmp", "/dev/zero"])
    func noFile(path: String) {
        do {
            _ = try Workbook.read(path: path)
            Issue.record("was read")
        } catch {
            #expect(error.findings.map(\.code) == ["file.unreadable"])
            #expect(error.findings.first?.place?.file == path)
        }
    }
}
