import Competition
import Findings
import Interchange
import Testing

@Suite("What changed between two cards")
struct CardDifferenceTests {
    static let before = """
        scorecard: 1
        id: x
        title: {zh: 题, en: Title}
        panel: {judges: 3}
        total: {max: 100}
        ties: {keys: [{marks: P}, {entered: P.time}], end: shared}
        sheets: [T, P1, P2]
        parts:
          - id: T
            title: {zh: 理论, en: Theory}
            weight: 30%
            aspects: [{id: t, title: {zh: 卷, en: Paper}, score: {max: 100}, aggregate: agreed}]
          - id: P
            title: {zh: 实操, en: Practical}
            weight: 70%
            criteria:
              - id: P1
                title: {zh: 一, en: One}
                day: 1
                aspects:
                  - {id: a, title: {zh: 长, en: Length}, tolerance: {max: 40, free: 1, per: 1, loss: 5}}
                  - {id: b, title: {zh: 宽, en: Width}, full_or_zero: {max: 20}}
                  - {id: time, title: {zh: 时, en: Time}, score: {max: 900}, aggregate: agreed, counts: false}
              - id: P2
                title: {zh: 二, en: Two}
                aspects:
                  - id: c
                    title: {zh: 观, en: Looks}
                    judgement:
                      max: 40
                      levels: [{zh: 差, en: poor}, {zh: 可, en: fair}, {zh: 良, en: good}, {zh: 优, en: fine}]
        """

    /// A change of the file, and what is said of it: topic, place, key, before and after.
    struct Change: CustomTestStringConvertible, Sendable {
        let from: String
        let to: String
        let said: [String]
        var testDescription: String { "\(from) → \(to)" }
    }

    @Test(
        "each change in meaning is named by its topic, place and key",
        arguments: [
            Change(from: "free: 1,", to: "free: 2,", said: ["limit P.P1.a tolerance.free 1 → 2"]),
            Change(
                from: "full_or_zero: {max: 20}",
                to: "count: {of: 4, max: 20}",
                said: [
                    "marking P.P1.b marking full_or_zero {max: 20} → count {of: 4, max: 20}"
                ]
            ),
            Change(
                from: "weight: 30%\n",
                to: "weight: 0.3\n    round: {places: 1}\n",
                said: ["rounding T round  → {places: 1}"]
            ),
            Change(
                from: "{marks: P}, {entered: P.time}",
                to: "{entered: P.time}, {marks: P}",
                said: [
                    "ties  ties.keys [{marks: [P]}, {entered: [P.time]}] → [{entered: [P.time]}, {marks: [P]}]"
                ]
            ),
            Change(
                from: "end: shared",
                to: "end: chief-judge",
                said: ["ties  ties.end shared → chief-judge"]
            ),
            Change(
                from: "parts:\n",
                to: "awards: worldskills-2026\nparts:\n",
                said: ["awards  awards rank-1-2-3 → worldskills-2026"]
            ),
            Change(from: "zh: 良,", to: "zh: 好,", said: ["text P.P2.c judgement.levels.2.zh 良 → 好"]),
            Change(
                from: "en: Width",
                to: "en: Breadth",
                said: ["text P.P1.b title.en Width → Breadth"]
            ),
            Change(from: "day: 1", to: "day: 2", said: ["other P.P1 day 1 → 2"]),
            Change(
                from: "{judges: 3}",
                to: "{judges: 5}",
                said: [
                    "panel  panel.judges 3 → 5", "panel  panel.minimum 3 → 5",
                ]
            ),
            Change(
                from: "{id: b, title",
                to: "{id: d, title",
                said: ["structure P.P1.d  → Width", "structure P.P1.b Width → "]
            ),
            Change(
                from: "max: 20}}",
                to: "max: 20}, section: 3}",
                said: ["standard P.P1.b section  → 3"]
            ),
            Change(
                from: "{max: 100}\nties",
                to: "{max: 100, round: {places: 1}}\nties",
                said: [
                    "rounding  total.round.places 2 → 1"
                ]
            ),
        ]
    )
    func changes(change: Change) throws {
        let text = Self.before.replacing(change.from, with: change.to)
        #expect(text != Self.before)
        #expect(try Self.said(Self.before, text) == change.said)
    }

    @Test("an aspect that stands elsewhere has moved, with what changed in it")
    func moves() throws {
        let width = "          - {id: b, title: {zh: 宽, en: Width}, full_or_zero: {max: 20}}\n"
        let text =
            Self.before.replacing(width, with: "")
            + "\n" + width.replacing("max: 20", with: "max: 20, ").replacing(", }", with: "}")
        #expect(try Self.said(Self.before, text) == ["structure P.P2.b P.P1.b → P.P2.b"])
    }

    @Test("the order of aspects is meaning, for marks are kept in it")
    func order() throws {
        let lines = Self.before.split(separator: "\n", omittingEmptySubsequences: false)
        var other = lines
        other.swapAt(20, 21)
        #expect(
            try Self.said(Self.before, other.joined(separator: "\n")) == [
                "structure P.P1 a, b, time → b, a, time"
            ]
        )
    }

    @Test("comments, layout, defaults written out and the order of keys are no change")
    func same() throws {
        let text =
            "# a comment\n"
            + Self.before.replacing("panel: {judges: 3}\n", with: "").replacing(
                "parts:\n",
                with: "panel:\n  minimum: 3\n  judges: 3\nawards: rank-1-2-3\nparts:\n"
            ).replacing("weight: 70%", with: "weight: 7/10\n    combine: sum")
            .replacing(
                "loss: 5}",
                with: "loss: 5, floor: 0, units: begun, step: 0.01, limit: 9999}"
            )
        #expect(text != Self.before)
        #expect(try Self.said(Self.before, text) == [])
    }

    @Test("of the cards that ship, each differs from each other and none from itself")
    func shipped() {
        let cards = ShippedCards.all.sorted { $0.key < $1.key }.map(\.value)
        for (card, next) in zip(cards, cards.dropFirst()) {
            #expect(CardDifference(from: card, to: card).changes.isEmpty)
            #expect(!CardDifference(from: card, to: next).changes.isEmpty)
        }
    }

    private static func said(_ before: String, _ after: String) throws -> [String] {
        let old = ScorecardFile.read(before, file: "a.yaml")
        let new = ScorecardFile.read(after, file: "b.yaml")
        #expect((old.findings + new.findings).map { $0.rendered(in: .en) } == [])
        let changes = CardDifference(from: try #require(old.card), to: try #require(new.card))
            .changes
        return changes.map { change in
            let key = change.key.isEmpty ? "" : " " + change.key
            return
                "\(change.topic.rawValue) \(change.place)\(key) \(change.before.en) → \(change.after.en)"
        }
    }
}
