import Findings
import Interchange
import Testing

/// What is said of workbooks and of the CIS sheet, word for word.
@Suite("Messages of workbooks")
struct WorkbookMessageTests {
    /// What is said where one cell of the small scheme is changed.
    struct Case: CustomTestStringConvertible, Sendable {
        let cell: String
        let text: String?
        let code: String
        let zh: String
        let en: String

        init(_ cell: String, _ text: String?, _ code: String, _ zh: String, _ en: String) {
            self.cell = cell
            self.text = text
            self.code = code
            self.zh = zh
            self.en = en
        }

        var testDescription: String { code }
    }

    @Test(
        "a small scheme in which a cell is changed",
        arguments: [
            Case(
                "N18",
                "100",
                "cis.total",
                "写明总分 100,评分点合计 3",
                "the total is stated as 100; the aspects add up to 3"
            ),
            Case(
                "O8",
                "?",
                "cis.unused",
                "“?”未能读取:不知其意",
                "\"?\" was not read: what it means here is unknown"
            ),
            Case(
                "O6",
                "KH",
                "cis.unused",
                "不认识的列“KH”,未读取",
                "the column \"KH\" is unknown and was not read"
            ),
            Case(
                "D8",
                "D",
                "cis.options",
                "评分点 A1.1 是选项式(D),选项未知;按全分或零分处理",
                "aspect A1.1 is a choice (D) whose options are unknown; it is taken "
                    + "as full or zero"
            ),
            Case(
                "D8",
                "Z",
                "cis.type",
                "评分点 A1.1 的类型“Z”不能导入;应为 M 或 J",
                "aspect A1.1: the type \"Z\" can't be imported; expected M or J"
            ),
            Case(
                "D8",
                nil,
                "cis.type",
                "此行有满分而没有类型;应为 M 或 J",
                "this row has a max mark and no type; expected M or J"
            ),
            Case(
                "C7",
                "Monday",
                "cis.day",
                "“Monday”不是评分日;应如 1 或 C1",
                "\"Monday\" is no day of marking; expected one such as 1 or C1"
            ),
            Case(
                "I8",
                "-",
                "cis.section",
                "评分点 A1.1 的标准章节“-”未读取;应为 1 到 99 的整数",
                "aspect A1.1: the section \"-\" was not read; expected 1 to 99"
            ),
            Case(
                "J8",
                "4",
                "cis.calculation",
                "评分点 A1.1 的计算“4”未导入;按全分或零分处理",
                "aspect A1.1: its calculation \"4\" was not imported; it is taken as "
                    + "full or zero"
            ),
            Case(
                "E8",
                nil,
                "cis.description",
                "评分点 A1.1 没有说明",
                "aspect A1.1 has no description"
            ),
            Case(
                "K8",
                "0.125",
                "cis.decimals",
                "评分点 A1.1 的满分 0.125 多于两位小数;得分按两位小数取舍",
                "aspect A1.1: the max mark 0.125 has more than two decimals; marks "
                    + "are rounded to two"
            ),
            Case(
                "K8",
                "0,5",
                "cis.comma",
                "“0,5”中的逗号按小数点读取",
                "the comma in \"0,5\" was read as a decimal point"
            ),
            Case(
                "K8",
                "half",
                "cis.number",
                "“half”不是数字",
                "\"half\" is not a number"
            ),
            Case(
                "K8",
                nil,
                "cis.mark",
                "评分点 A1.1 没有满分",
                "aspect A1.1 has no max mark"
            ),
            Case(
                "K8",
                "0",
                "cis.mark",
                "评分点 A1.1 的满分应大于 0,不超过 1000",
                "aspect A1.1: the max mark must be above 0 and at most 1000"
            ),
            Case(
                "F12",
                "7",
                "cis.level",
                "“7”不是评价等级;应为 0 到 3",
                "\"7\" is no level of a judgement; expected 0 to 3"
            ),
            Case(
                "F12",
                "0",
                "cis.level",
                "评分点 A1.2 的等级 0 重复",
                "aspect A1.2: level 0 stands twice"
            ),
            Case(
                "G12",
                nil,
                "cis.level",
                "评分点 A1.2 的等级 1 没有标杆文字",
                "aspect A1.2: level 1 has no benchmark text"
            ),
            Case(
                "F12",
                "7",
                "cis.levels",
                "评分点 A1.2 缺少等级 1 的标杆文字",
                "aspect A1.2 lacks the benchmark texts of level 1"
            ),
            Case(
                "A7",
                "First",
                "cis.id",
                "“First”不是评分子项编号;应如 A1",
                "\"First\" is no name of a sub-criterion; expected one such as A1"
            ),
            Case(
                "A15",
                nil,
                "cis.id",
                "此行有评分日而没有评分子项编号;应如 A1",
                "this row has a day of marking and no sub-criterion; expected one such as A1"
            ),
            Case(
                "A7",
                "B1",
                "cis.criterion",
                "评分子项 B1 在评分项 A 的表中",
                "the sub-criterion B1 stands in the table of criterion A"
            ),
            Case(
                "A15",
                "A1",
                "cis.duplicate",
                "评分子项 A1 重复",
                "the sub-criterion A1 stands twice"
            ),
            Case(
                "A7",
                "A",
                "cis.aspect-alone",
                "此评分点之前没有评分子项",
                "no sub-criterion stands before this aspect"
            ),
            Case(
                "D16",
                nil,
                "cis.empty",
                "评分子项 A2 没有评分点,未导入",
                "the sub-criterion A2 has no aspects and was left out"
            ),
            Case(
                "D6",
                nil,
                "cis.header",
                "表头缺少:Aspect Type",
                "the header lacks: Aspect Type"
            ),
        ]
    )
    func scheme(expected: Case) throws {
        let rows = SmallScheme.changed(expected.cell, expected.text)
        let bytes = try WorkbookMaker(scheme: rows, sheet: "CIS Marking Scheme Import").bytes()
        let reading = CISWorkbook.read(bytes, name: "w")
        let finding = try #require(reading.findings.first { $0.code == expected.code })
        #expect(finding.message.zh == expected.zh)
        #expect(finding.message.en == expected.en)
    }

    @Test(
        "rows that can't be read as a sheet",
        arguments: [
            (
                "<row r=\"1\"/><row r=\"1\"/>",
                "w!S!1: 错误: 位置“1”不成立,或与前面的重复、次序颠倒 [xlsx.address]",
                "w!S!1: error: the place \"1\" can't be, or stands twice, "
                    + "or out of order [xlsx.address]"
            ),
            (
                "<row><c t=\"s\"><v>0</v></c></row>",
                "w!S!A1: 错误: 此格引用的文字不存在 [xlsx.shared-string]",
                "w!S!A1: error: this cell names a text that the file lacks [xlsx.shared-string]"
            ),
            (
                "<row>\n<c></row>",
                "w: 错误: xl/worksheets/sheet0.xml 第 2 行不是正确的 XML [xlsx.xml]",
                "w: error: xl/worksheets/sheet0.xml, line 2, is not well-formed XML [xlsx.xml]"
            ),
        ]
    )
    func rows(rows: String, zh: String, en: String) throws {
        let finding = try #require(refusal(try WorkbookMaker(rows).bytes()))
        #expect(finding.rendered(in: .zh) == zh)
        #expect(finding.rendered(in: .en) == en)
    }

    @Test("bytes that are no workbook")
    func files() throws {
        let text = try #require(refusal(Array("text".utf8)))
        #expect(
            text.rendered(in: .zh)
                == "w: 错误: 这不是 .xlsx 工作簿(不是 zip 文件) "
                + "[xlsx.not-a-zip]"
        )
        #expect(
            text.rendered(in: .en)
                == "w: error: this is no .xlsx workbook (it is no zip file) "
                + "[xlsx.not-a-zip]"
        )
        let cut = try #require(refusal(Array("PK".utf8)))
        #expect(
            cut.rendered(in: .zh)
                == "w: 错误: 文件已损坏或不完整 [xlsx.damaged]\n"
                + "  → 重新取得或重新保存此文件"
        )
        #expect(
            cut.rendered(in: .en)
                == "w: error: the file is damaged, or cut short [xlsx.damaged]\n"
                + "  → fetch it again, or save it again"
        )
        let old = try #require(refusal([0xD0, 0xCF, 0x11, 0xE0]))
        #expect(
            old.rendered(in: .zh)
                == "w: 错误: 这是旧式 .xls 文件,或加了密码的工作簿 [xlsx.old-format]\n"
                + "  → 另存为不加密码的 .xlsx"
        )
        #expect(
            old.rendered(in: .en)
                == "w: error: this is an old .xls file, or a workbook with a password "
                + "[xlsx.old-format]\n"
                + "  → save it as .xlsx without a password"
        )
    }

    private func refusal(_ bytes: [UInt8]) -> Finding? {
        do {
            _ = try Workbook.read(bytes, name: "w")
            return nil
        } catch {
            return error.findings.first
        }
    }
}
