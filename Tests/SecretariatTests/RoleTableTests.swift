import Snapshots
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// The table of who may say what in which state, tried whole at the door.
@Suite struct RoleTableTests {
    /// Every role × every kind of statement, in one of the seven states of an item.
    @Test(arguments: ItemState.allCases)
    func theDoorLetsThroughWhatTheTableSaysAndNothingElse(state: ItemState) throws {
        var world = try TinyWorld()
        for role in Role.allCases {
            let scope = try #require(world.office.catalogue.event.roles[role])
            try world.appoint(
                "X-" + role.rawValue,
                role,
                item: scope == .item ? "S01" : nil,
                delegation: scope == .delegation ? "210300" : nil
            )
        }
        try world.advance(to: state)
        #expect(try world.record.progress(of: world.item).state == state)
        var tried = 0
        for role in Role.allCases {
            let name = "X-" + role.rawValue
            for rule in RoleRule.table {
                tried += 1
                let codes = try world.codes(rule.kind, ["item": "S01"], by: name)
                // A publication is of many items: their states are looked at one by one.
                let inState =
                    rule.states.isEmpty || rule.kind == .publish || rule.states.contains(state)
                let why: Comment = "\(role) \(rule.kind) \(state)"
                if !inState {
                    #expect(codes == ["statement.state"], why)
                } else if rule.roles.contains(role) {
                    #expect(!codes.contains("statement.role"), why)
                    #expect(!codes.contains("statement.state"), why)
                } else {
                    #expect(codes == ["statement.role"], why)
                }
            }
        }
        #expect(tried == Role.allCases.count * StatementKind.allCases.count)
    }

    @Test(arguments: ItemState.allCases, ["provisional", "final"])
    func aPublicationIsLetThroughInTheStatesOfItsKind(state: ItemState, kind: String) throws {
        let world = try TinyWorld()
        try world.advance(to: state)
        let snapshot: JSONValue = [
            "event": ["code": .string(world.office.catalogue.event.id.text)],
            "items": [["item": ["code": "S01"]]], "kind": .string(kind),
        ]
        let document = Document(kind: "snapshot", name: kind, content: snapshot.canonical)
        let poison = try world.signed(.lock, ["item": "S99"], by: "organiser")
        let body: JSONValue = [
            "items": ["S01"], "kind": .string(kind), "snapshot": .string(document.hash.hex),
        ]
        let publication = try world.signed(.publish, body, by: "organiser")
        var codes: [String] = []
        do {
            _ = try world.record.admit(
                [publication, poison],
                documents: [document],
                at: world.clock.now
            )
        } catch let refusal as Refusal {
            codes = refusal.findings.filter { $0.place?.line == 1 }.map(\.code)
        }
        let expected: [String] =
            switch (kind, state) {
            case ("provisional", .cosigned), ("provisional", .provisional): []
            case ("final", .provisional): ["publish.window"]
            case ("final", .final): []
            default: ["publish.state"]
            }
        #expect(codes == expected)
    }

    /// A publication says what its snapshot says, and carries on what stands.
    @Test func aSnapshotThatSaysSomethingElseIsNotPublished() throws {
        let world = try TinyWorld()
        try world.advance(to: .cosigned)
        let event = world.office.catalogue.event.id.text
        func codes(_ snapshot: JSONValue, kind: String = "snapshot") throws -> [String] {
            let document = Document(kind: kind, name: "provisional", content: snapshot.canonical)
            let body: JSONValue = [
                "items": ["S01"], "kind": "provisional", "snapshot": .string(document.hash.hex),
            ]
            let publication = try world.signed(.publish, body, by: "organiser")
            return try refusal {
                _ = try world.record.admit(
                    [publication],
                    documents: [document],
                    at: world.clock.now
                )
            }
        }
        func snapshot(_ kind: String, _ items: JSONValue, _ event: String) -> JSONValue {
            ["event": ["code": .string(event)], "items": items, "kind": .string(kind)]
        }
        let own: JSONValue = [["item": ["code": "S01"]]]
        let others: [JSONValue] = [
            snapshot("final", own, event), snapshot("provisional", own, "another"),
            snapshot("provisional", [], event),
            snapshot("provisional", [["item": ["code": "S02"]]], event),
            snapshot(
                "provisional",
                [["item": ["code": "S01"]], ["carried": [:], "item": ["code": "S02"]]],
                event
            ),
        ]
        for other in others { #expect(try codes(other) == ["publish.other"], "\(other)") }
        let right = snapshot("provisional", own, event)
        #expect(try codes(right, kind: "consequences") == ["publish.snapshot"])
    }

    /// One person with two keys is one person, whichever two roles they are.
    @Test func whateverTakesTwoPeopleIsRefusedToOneInTwoRoles() throws {
        func world() throws -> TinyWorld { try TinyWorld() }
        // Who entered a sheet, in each role that may, neither confirms it nor enters it again.
        for second in RoleRule.rule(for: .confirm)?.roles ?? [] {
            var tiny = try world()
            try tiny.advance(to: .marked)
            try tiny.appoint("two", second, person: "P-R-S01", item: "S01", delegation: "210300")
            let sheets = try tiny.record.unconfirmedSheets(of: tiny.item)
            let body: JSONValue = ["item": "S01", "sheets": [.string(sheets[0].hex)]]
            #expect(try tiny.codes(.confirm, body, by: "two") == ["confirm.same-person"])
            guard second != .chiefJudge else { continue }
            let again = try tiny.sheet("S01-001", nil, [200]).body
            #expect(try tiny.codes(.reentry, again, by: "two").contains("reentry.same-person"))
        }
        var locked = try world()
        try locked.advance(to: .locked)
        try locked.appoint("two", .supervisor, person: "P-CJ-S01")
        #expect(try locked.codes(.cosign, ["item": "S01"], by: "two") == ["cosign.same-person"])
        // Reopening: each role that may ask, seconded by the same person in each role that may.
        let rule = try #require(RoleRule.rule(for: .reopen))
        for first in rule.roles {
            for second in rule.seconds {
                var tiny = try world()
                try tiny.advance(to: .cosigned)
                try tiny.appoint("one", first, person: "P-1", item: "S01")
                try tiny.appoint("two", second, person: "P-1", item: "S01")
                let asked = try tiny.say(
                    .reopen,
                    ["item": "S01", "reason": "查实"],
                    by: "one"
                )
                let body: JSONValue = ["item": "S01", "of": .string(asked.statement.hex)]
                #expect(try tiny.codes(.second, body, by: "two") == ["second.same-person"])
                #expect(try tiny.codes(.second, body, by: "SV") == [])
                #expect(try tiny.codes(.second, body, by: "R-S01") == ["statement.role"])
            }
        }
        var published = try world()
        try published.advance(to: .cosigned)
        try published.appoint("two", .organiser, person: "P-SV")
        let codes = try refusal {
            _ = try published.office.publish(.provisional, by: try published.ring.key("two"))
        }
        #expect(codes == ["publish.same-person"])
    }

    @Test func theTableHasOneRowForEachKindOfStatement() {
        #expect(
            RoleRule.table.map(\.kind).sorted { $0.rawValue < $1.rawValue }
                == StatementKind.allCases.sorted { $0.rawValue < $1.rawValue }
        )
    }
}
