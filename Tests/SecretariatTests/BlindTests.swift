import Snapshots
import Scoring
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

@Suite struct BlindTests {
    private func world(_ layers: Int, entrants: Int = 6) throws -> TinyWorld {
        var settings = TinyWorld.Settings()
        settings.blind = layers
        settings.entrants = entrants
        return try TinyWorld(settings)
    }

    @Test(arguments: 1...3)
    func marksAreEnteredAgainstTheInnermostNumbersAndNamedOnlyAfterAllLayersAreOpened(
        layers: Int
    ) throws {
        var world = try world(layers)
        #expect(
            try refusal { try world.hand(world.sheet("S01-001", nil, [200]), by: "R-S01") }
                == ["sheet.undrawn"]
        )
        try world.drawAll()
        let letter = ["A", "B", "C"][layers - 1]
        let codes = try world.record.subjects(of: world.item).map(\.entrant.id.text)
        #expect(codes == (1...6).map { "S01-\(letter)00\($0)" })
        #expect(
            try refusal { try world.hand(world.sheet("S01-001", nil, [200]), by: "R-S01") }
                == ["sheet.number"]
        )
        try world.advance(to: .locked)
        // Nothing that a judge's screen or an export reads holds a name or an entrant's own code.
        let shown = try world.office.standings(of: world.item).rows.map(\.entrant.id.text)
        #expect(shown.allSatisfy { $0.hasPrefix("S01-\(letter)") })
        #expect(
            try world.record.sheets(of: world.item).allSatisfy { codes.contains($0.entrant.text) }
        )
        try world.revealAll()
        let sheets = try world.record.sheets(of: world.item)
        #expect(Set(sheets.map(\.entrant.text)) == Set((1...6).map { "S01-00\($0)" }))
        // The marks of a number are now those of whom the published secrets name.
        let layersNow = try world.record.draws(of: world.item)
        for (place, code) in codes.enumerated() {
            var name = try #require(EntrantID(code))
            for layer in layersNow.reversed() { name = try #require(layer.sources[name]) }
            let sheet = sheets.first { $0.entrant == name && $0.judge == nil }
            #expect(sheet?.marks == [Int32(200 + 5 * place)])
        }
        try world.cosign()
        _ = try world.office.publish(.provisional, by: try world.ring.key("organiser"))
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aJudgeIsBarredFromTheOwnDelegationUnderBlindness() throws {
        var world = try world(2)
        try world.drawAll()
        var barred = 0
        for subject in try world.record.subjects(of: world.item) {
            for judge in ["J-S01-01", "J-S01-02"] {
                let codes = try world.codes(
                    .sheet,
                    world.sheet(subject.entrant.id.text, judge, [300, 150]).body,
                    by: judge
                )
                let expected = subject.barred.contains(judge) ? ["sheet.own-delegation"] : []
                #expect(codes == expected)
                barred += expected.count
            }
        }
        // Six entrants of three delegations, two of which have a judge here.
        #expect(barred == 4)
        try world.advance(to: .locked)
        try world.revealAll()
        let delegations = ["S01-001": "210300", "S01-002": "210100", "S01-003": "210200"]
        for sheet in try world.record.sheets(of: world.item) {
            guard let own = delegations[sheet.entrant.text] else { continue }
            #expect(sheet.judge?.text != "J-S01-01" || own != "210100")
            #expect(sheet.judge?.text != "J-S01-02" || own != "210200")
        }
    }

    @Test func layersAreHeldByDifferentPeopleWhoMarkNothing() throws {
        var world = try world(2)
        let key = world.item
        _ = try world.office.commitDraw(key, layer: 1, by: "E-1", in: &world.ring)
        // Not drawn before a second person has given the number that decides.
        #expect(
            try refusal { _ = try world.office.draw(key, layer: 1, by: "E-1", in: world.ring) }
                == ["draw.witness"]
        )
        #expect(
            try refusal {
                _ = try world.office.commitDraw(key, layer: 2, by: "E-2", in: &world.ring)
            } == ["draw.order"]
        )
        _ = try world.office.second(key, by: "CJ-S01", in: world.ring)
        #expect(
            try refusal {
                let lot = try #require(Lot(secret: [UInt8](repeating: 1, count: 32)))
                let body = try world.record.drawBody(item: key, layer: 1, lot: lot, at: 1)
                try world.say(.draw, body, by: "E-2")
            } == ["draw.holder"]
        )
        _ = try world.office.draw(key, layer: 1, by: "E-1", in: world.ring)
        #expect(
            try refusal {
                _ = try world.office.commitDraw(key, layer: 2, by: "E-1", in: &world.ring)
            } == ["draw.holder"]
        )
        try world.appoint("E-9", .encryptionJudge, person: "P-R-S01", item: "S01")
        #expect(
            try refusal {
                _ = try world.office.commitDraw(key, layer: 2, by: "E-9", in: &world.ring)
            } == ["draw.marks"]
        )
        #expect(
            try refusal {
                _ = try world.office.commitDraw(key, layer: 3, by: "E-3", in: &world.ring)
            } == ["draw.layer"]
        )
    }

    @Test func layersOpenFromTheInsideOutByTheirHoldersWithTheSecretsTheyCommittedTo() throws {
        var world = try world(2)
        try world.drawAll()
        let ask: JSONValue = ["item": "S01", "layer": 2]
        #expect(try world.codes(.reveal, ask, by: "CJ-S01") == ["statement.state"])
        try world.advance(to: .locked)
        #expect(
            try world.codes(.reveal, ["item": "S01", "layer": 1], by: "CJ-S01") == ["reveal.order"]
        )
        let asked = try world.say(.reveal, ask, by: "CJ-S01")
        func open(_ secret: [UInt8], by name: String) throws -> [String] {
            let body: JSONValue = [
                "item": "S01", "of": .string(asked.statement.hex), "secret": .string(secret.hex),
            ]
            return try world.codes(.second, body, by: name)
        }
        let secret = try world.ring.secret(Office.secretName(world.item, 2))
        #expect(try open(secret, by: "E-1") == ["reveal.holder"])
        #expect(try open([UInt8](repeating: 9, count: 32), by: "E-2") == ["reveal.secret"])
        #expect(try open(secret, by: "SV") == ["statement.role"])
        #expect(try open(secret, by: "E-2") == [])
        // Nothing blind is published.
        #expect(
            try refusal {
                try world.cosign()
                _ = try world.office.publish(.provisional, by: try world.ring.key("organiser"))
            } == ["publish.blind"]
        )
    }

    @Test func aDrawWhoseListIsFalseIsRefusedAtTheDrawOrAtTheReveal() throws {
        var world = try world(1)
        _ = try world.office.commitDraw(world.item, layer: 1, by: "E-1", in: &world.ring)
        _ = try world.office.second(world.item, by: "SV", in: world.ring)
        let secret = try world.ring.secret(Office.secretName(world.item, 1))
        let lot = try #require(Lot(secret: secret))
        let honest = try world.record.drawBody(item: world.item, layer: 1, lot: lot, at: 1)
        func changed(_ change: (inout [JSONValue]) -> Void) -> JSONValue {
            var numbers = honest["numbers"]?.array ?? []
            change(&numbers)
            return [
                "from": honest["from"] ?? [], "item": "S01", "layer": 1, "numbers": .array(numbers),
            ]
        }
        func entry(_ number: JSONValue?, _ barred: JSONValue?) -> JSONValue {
            [
                "barred": barred ?? [], "group": "worker", "guest": false,
                "number": number ?? "",
            ]
        }
        // Nobody barred from anything.
        let open = changed { list in list = list.map { entry($0["number"], []) } }
        #expect(try world.codes(.draw, open, by: "E-1") == ["draw.barred"])
        #expect(try world.codes(.draw, changed { $0.removeLast() }, by: "E-1") == ["draw.numbers"])
        // The right lists on the wrong numbers pass here and show at the reveal.
        let list = honest["numbers"]?.array ?? []
        let swapped = changed { numbers in
            let other = list.firstIndex { $0["barred"] != list[0]["barred"] } ?? 1
            numbers[0] = entry(list[0]["number"], list[other]["barred"])
            numbers[other] = entry(list[other]["number"], list[0]["barred"])
        }
        try world.say(.draw, swapped, by: "E-1")
        try world.advance(to: .locked)
        #expect(try refusal { try world.revealAll() } == ["reveal.list"])
    }

    @Test func absenceAndPenaltiesUnderBlindnessFollowTheNumberToItsBearer() throws {
        var world = try world(3)
        try world.drawAll()
        let chief = try world.ring.key("CJ-S01")
        #expect(
            try refusal {
                _ = try world.office.state(
                    .absent,
                    of: "S01-001",
                    in: world.item,
                    reason: "未到",
                    by: chief
                )
            } == ["statement.entrant"]
        )
        _ = try world.office.state(.absent, of: "S01-C002", in: world.item, reason: "未到", by: chief)
        var violation = Violation(
            item: world.item,
            subject: "S01-C003",
            measure: .deduction,
            conduct: "超时(虚构)"
        )
        violation.deduction = "5"
        _ = try world.office.enter(violation, by: chief)
        try world.advance(to: .locked)
        try world.revealAll()
        let draws = try world.record.draws(of: world.item)
        func bearer(_ code: String) throws -> EntrantID {
            var name = try #require(EntrantID(code))
            for layer in draws.reversed() { name = try #require(layer.sources[name]) }
            return name
        }
        let rows = try world.office.standings(of: world.item).rows
        #expect(rows.first { $0.entrant.status == .absent }?.entrant.id == (try bearer("S01-C002")))
        #expect(try world.record.violations().map(\.subject) == [bearer("S01-C003").text])
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func noEntrantOrJudgeOfADelegationComesAfterTheDrawAndNothingIsDrawnAgainOnceMarked()
        throws
    {
        var world = try world(1)
        try world.drawAll()
        let late = RosterEntrant(
            id: "S01-009",
            item: "S01",
            delegation: "210300",
            group: "worker",
            isGuest: false,
            members: []
        )
        #expect(
            try refusal {
                _ = try world.office.register([late], by: try world.ring.key("organiser"))
            }
                == ["entrants.drawn"]
        )
        #expect(
            try refusal { try world.appoint("J-9", .judge, item: "S01", delegation: "210300") }
                == ["appoint.drawn"]
        )
        #expect(
            try refusal {
                _ = try world.office.commitDraw(
                    world.item,
                    layer: 1,
                    by: "E-1",
                    in: &world.ring,
                    reason: "漏抽"
                )
            } == []
        )
        _ = try world.office.second(world.item, by: "SV", in: world.ring)
        _ = try world.office.draw(world.item, layer: 1, by: "E-1", in: world.ring)
        try world.hand(world.sheet("S01-A001", nil, [200]), by: "R-S01")
        #expect(
            try refusal {
                _ = try world.office.commitDraw(
                    world.item,
                    layer: 1,
                    by: "E-1",
                    in: &world.ring,
                    reason: "再抽"
                )
            } == ["draw.marked"]
        )
    }

    /// Every order of four comes up about as often as any other (chi-square, 23 degrees of freedom:
    /// below 60 all but surely).
    @Test func aLotIsFairAndFollowsFromSecretAndWitness() throws {
        var counts: [[Int]: Int] = [:]
        for number in 0..<4_800 {
            let secret = Digest(of: Array("secret \(number)".utf8)).bytes
            let lot = try #require(Lot(secret: secret))
            let witness = Digest(of: Array("witness \(number)".utf8))
            let order = lot.order(of: 4, witness: witness)
            #expect(order == lot.order(of: 4, witness: witness))
            counts[order, default: 0] += 1
        }
        #expect(counts.count == 24)
        let square = counts.values.reduce(0) { $0 + ($1 - 200) * ($1 - 200) }
        #expect(square / 200 < 60)
        #expect(Lot(secret: [1, 2]) == nil)
    }
}
