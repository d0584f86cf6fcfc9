import Exact
import Findings
import Foundation
import Honours
import Interchange
import Rules
import Testing

@Suite struct HonourRuleTests {
    private func rules() throws -> HonourRules {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appendingPathComponent("Events/liaoning-2022/honours.yaml").path
        return try HonoursFile.read(try YAMLFile.parse(try TextFile.read(file), file: file))
    }

    private func proposals(_ facts: [String: FactValue]) throws -> [String: Truth] {
        let candidate = HonourCandidate(
            item: "S03",
            entrant: "S03-001",
            person: "ab",
            facts: Facts(facts)
        )
        return Dictionary(
            uniqueKeysWithValues: try rules().proposals([candidate]).map {
                ($0.rule.id, $0.verdict.truth)
            }
        )
    }

    private let first: [String: FactValue] = ["rank": .number(.one), "guest": .truth(false)]

    @Test func theFourLegalModesStandApart() throws {
        let kinds = try rules().rules.reduce(into: [:]) { $0[$1.id] = $1.kind }
        #expect(kinds["liaoning-technical-expert"] == .conferred)
        #expect(kinds["liaoning-may-1-medal"] == .conditional)
        #expect(kinds["liaoning-women-model"] == .nominated)
        #expect(kinds["national-technical-expert-priority"] == .priority)
        #expect(kinds["china-skills-award-priority"] == .priority)
    }

    @Test func firstPlaceBringsTheTitleAndTheMedalAwaitsItsConditions() throws {
        let found = try proposals(first)
        #expect(found["liaoning-technical-expert"] == .yes)
        #expect(found["liaoning-may-1-medal"] == .unknown)
    }

    @Test func secondPlaceAndGuestsGetNothing() throws {
        #expect(try proposals(["rank": .number(Rational(2)), "guest": .truth(false)]).isEmpty)
        #expect(try proposals(["rank": .number(.one), "guest": .truth(true)]).isEmpty)
    }

    @Test func theWomensModelIsForWorkingWomenOnly() throws {
        func found(_ sex: String, _ group: String) throws -> Truth? {
            try proposals(
                first.merging(["sex": .word(sex), "group": .word(group)]) { $1 }
            )[
                "liaoning-women-model"
            ]
        }
        #expect(try found("female", "worker") == .unknown)
        #expect(try found("male", "worker") == nil)
        #expect(try found("female", "student") == nil)
    }
}
