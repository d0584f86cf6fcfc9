import Competition
import Exact
import Findings
import Interchange
import Testing

@Suite("Cards written as files")
struct ScorecardWritingTests {
    @Test(
        "every card that ships reads back to the equal card",
        arguments: ShippedCards.all.keys.sorted()
    )
    func roundTrip(name: String) throws {
        let card = try #require(ShippedCards.all[name])
        let text = ScorecardFile.text(of: card)
        let reading = ScorecardFile.read(text, file: "again.yaml")
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        #expect(reading.card == card)
        #expect(ScorecardFile.text(of: try #require(reading.card)) == text)
    }

    @Test(
        "a text that YAML would take for something else stays the text",
        arguments: [
            "yes", "No", "null", "~", "1e5", "0x1F", "- a", "a: b", "a #b", "#a", "{a}", "[a]",
            "a, b",
            "'a'", "\"a\"", "\\n", "a\nb", "a\tb", " a", "a ", "%a", "@a", "`a", "&a", "*a", "!a",
            "|",
            ">", "?", "-", "---", "...", "2022-10-27", "12:30", "甲:乙", "甲，乙", "\u{7F}", "\u{85}",
            "\u{2028}", "😀", "e\u{301}", "=", "<<", "𠮷",
        ]
    )
    func texts(text: String) throws {
        let card = try Self.card(title: Text(text, text))
        let written = ScorecardFile.text(of: card, head: ["a", "", "b\nc"])
        let reading = ScorecardFile.read(written, file: "x.yaml")
        #expect(reading.findings.map { $0.rendered(in: .en) } == [])
        #expect(reading.card == card)
    }

    @Test("the head and where an aspect came from stand as comments")
    func comments() throws {
        let text = ScorecardFile.text(
            of: try Self.card(title: Text("甲", "A")),
            head: ["from elsewhere"],
            comments: ["a": "sheet!D8"]
        )
        #expect(
            text == """
                # from elsewhere
                scorecard: 1
                id: x
                title: {zh: 甲, en: A}
                total: {max: 5, round: {places: 2}, ranked: shown}
                ties: {end: shared}
                awards: rank-1-2-3
                sheets: [P]
                parts:
                  - id: P
                    title: {zh: 实操, en: Practical}
                    aspects:
                      # sheet!D8
                      - id: a
                        title: {zh: 甲, en: A}
                        score: {max: 5, step: 1}

                """
        )
    }

    private static func card(title: Text) throws -> Scorecard {
        let card = ScorecardFile.read(
            """
            scorecard: 1
            id: x
            title: {zh: 题, en: Title}
            total: {max: 5}
            ties: {end: shared}
            parts:
              - id: P
                title: {zh: 实操, en: Practical}
                aspects: [{id: a, title: {zh: 甲, en: A}, score: {max: 5}}]
            """,
            file: "x.yaml"
        ).card
        let plain = try #require(card)
        return Scorecard(
            id: plain.id,
            title: title,
            note: nil,
            standard: nil,
            panel: plain.panel,
            total: plain.total,
            ties: plain.ties,
            awards: plain.awards,
            sheetUnits: plain.sheetUnits,
            parts: plain.parts
        )
    }
}
