import Competition
import Findings
import Foundation
import Secretariat
import Testing

@Suite("The catalogue of items")
struct ItemSearchTests {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path
    static let folder = root + "/Events/liaoning-2022"

    @Test(
        "items are found by code, Chinese, pinyin initials, English and WorldSkills number",
        arguments: [
            ("m05", ["M05"]), ("焊接", ["M05", "M06"]), ("qcjs", ["M24"]), ("QCJS", ["M24"]),
            ("gy4.0", []), ("gy40", ["D01"]), ("zlykt", ["M09"]), ("zlykd", ["M09"]),
            ("zspt", ["S03"]), ("cadjxsj", ["D30"]), ("welding", ["M05", "M06"]),
            ("robot welding", ["M06"]), ("jqr welding", ["M06"]), ("48", ["D01"]), ("zzzz", []),
        ]
    )
    func search(text: String, found: [String]) throws {
        var search = ItemSearch()
        search.text = text
        #expect(try Self.codes(search) == found)
    }

    @Test("filters hold together, and nothing asked finds all")
    func filters() throws {
        #expect(try Self.codes(ItemSearch()).count == 108)
        var search = ItemSearch()
        search.track = "digital"
        #expect(try Self.codes(search).count == 36)
        search.track = nil
        search.hasCounterpart = true
        #expect(try Self.codes(search).count == 59)
        search.hasCounterpart = false
        search.provenance = .sourced
        #expect(try Self.codes(search) == ["S01", "S03"])
        search = ItemSearch()
        search.teamSize = 3
        #expect(try Self.codes(search) == ["M14"])
    }

    @Test("a track that the event does not have is refused, naming those that it has")
    func track() {
        var search = ItemSearch()
        search.track = "sea"
        #expect {
            _ = try Self.codes(search)
        } throws: { error in
            let finding = (error as? Refusal)?.findings.first
            return finding?.rendered(in: .en)
                == "error: there is no track \"sea\"; there are: digital, manufacturing, service [event.track]"
                && finding?.rendered(in: .zh)
                    == "错误: 没有赛道“sea”;有:digital, manufacturing, service [event.track]"
        }
    }

    @Test("the page of the catalogue is that of the data (make items)")
    func page() throws {
        let page = try String(
            contentsOfFile: Self.root + "/Documentation/items.md",
            encoding: .utf8
        )
        #expect(try CataloguePage.text(eventFolder: Self.folder) == page)
    }

    private static func codes(_ search: ItemSearch) throws -> [String] {
        try search.items(of: ScorecardDesk.event(folder).event).map(\.id.text)
    }
}
