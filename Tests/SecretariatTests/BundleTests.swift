import Snapshots
import Scoring
import Competition
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// A centre and its venues: copies of the record that went their own ways.
@Suite struct BundleTests {
    /// A venue's record, begun from the centre's bundle.
    private func venue(_ name: String, of world: TinyWorld) throws -> TinyWorld {
        var venue = world
        let path = world.folder + "/" + name + ".laurel"
        venue.office = try Office.openVenue(
            try world.record.bundle(of: [world.item]),
            name: name,
            into: path,
            by: try world.ring.key("R-S01"),
            now: { [clock = world.clock] in clock.now }
        )
        return venue
    }

    @discardableResult
    private func take(_ bundle: VenueBundle, into world: TinyWorld) throws -> BundleReport {
        // It travels as bytes.
        let travelled = try VenueBundle(parsing: bundle.bytes)
        return try world.office.take(travelled, by: try world.ring.key("CJ-S01"))
    }

    /// What the projections say, without positions and times.
    private func projections(_ world: TinyWorld) throws -> [String] {
        let sheets = try world.record.sheets(of: world.item).map {
            "\($0.entrant.text) \($0.unit.text) \($0.judge?.text ?? "") \($0.marks) \($0.isConfirmed)"
        }
        let contested = try world.record.contested(of: world.item).map { "contested \($0.id.hex)" }
        let entrants = try world.record.entrants(of: world.item).map {
            "\($0.entrant.id.text) \($0.entrant.status) \($0.reason ?? "")"
        }
        let progress = try world.record.progress(of: world.item)
        let standings = try world.office.standings(of: world.item).rows.map {
            "\($0.entrant.id.text) \($0.rank ?? 0) \($0.shownTotal ?? "")"
        }
        let violations = try world.record.violations().map { "\($0.subject) \($0.deduction)" }
        return sheets.sorted() + contested.sorted() + entrants + standings + violations.sorted()
            + ["\(progress.state) \(progress.missing.count) \(progress.unconfirmed)"]
    }

    /// Takes the bundles into fresh copies of the centre in each order, twice over.
    private func inEveryOrder(_ world: TinyWorld, _ bundles: [VenueBundle]) throws -> [[String]] {
        var results: [[String]] = []
        for (number, order) in permutations(bundles.count).enumerated() {
            var centre = world
            let path = world.folder + "/centre-\(number).laurel"
            try world.record.backup(to: path)
            centre.office = try Office.open(path, now: { [clock = world.clock] in clock.now })
            for index in order { try take(bundles[index], into: centre) }
            let once = try projections(centre)
            let length = try centre.record.length()
            for index in order { try take(bundles[index], into: centre) }
            #expect(try projections(centre) == once)
            #expect(try centre.record.length() == length, "a second import says nothing new")
            #expect(try centre.record.audit().findings.isEmpty)
            results.append(once)
        }
        return results
    }

    private func permutations(_ count: Int) -> [[Int]] {
        guard count > 1 else { return [Array(0..<count)] }
        return permutations(count - 1).flatMap { rest in
            (0...rest.count).map { place in
                var order = rest
                order.insert(count - 1, at: place)
                return order
            }
        }
    }

    @Test func aVenueMarksWithoutANetworkAndItsBundleComesInByTheSameDoor() throws {
        let world = try TinyWorld()
        let venue = try venue("盘锦站", of: world)
        #expect(try venue.record.venue() == "盘锦站")
        #expect(try venue.record.people([Digest(of: [1])]).isEmpty)
        try venue.advance(to: .cosigned)
        #expect(
            try refusal {
                _ = try venue.office.publish(.provisional, by: try venue.ring.key("organiser"))
            } == ["statement.venue"]
        )
        let report = try take(venue.record.bundle(of: [world.item]), into: world)
        #expect(report.held.isEmpty)
        #expect(report.receipts.count == 10)
        #expect(try world.record.progress(of: world.item).state == .cosigned)
        #expect(try projections(world) == projections(venue))
        #expect(try world.record.audit().findings.isEmpty)
        let audit = try venue.record.audit()
        #expect(audit.findings.isEmpty)
        #expect(audit.elsewhere == 3)
    }

    @Test func twoVenuesOfOneItemGiveTheSameInAnyOrder() throws {
        let world = try TinyWorld()
        let (one, two) = (try venue("一", of: world), try venue("二", of: world))
        try one.hand(one.sheet("S01-001", nil, [200]), by: "R-S01")
        try one.hand(one.sheet("S01-001", "J-S01-01", [300, 150]), by: "J-S01-01")
        try two.hand(two.sheet("S01-002", nil, [210]), by: "R-S01")
        try two.hand(two.sheet("S01-002", "J-S01-02", [310, 150]), by: "J-S01-02")
        let key = try two.ring.key("CJ-S01")
        _ = try two.office.state(.absent, of: "S01-003", in: two.item, reason: "未到", by: key)
        let bundles = try [one, two].map { try $0.record.bundle(of: [$0.item]) }
        let results = try inEveryOrder(world, bundles)
        #expect(Set(results).count == 1)
        #expect(results[0].contains { $0.hasPrefix("S01-003 absent") })
    }

    @Test func twoSheetsForOnePlaceAreBothHeldAndNeitherStandsBeforeARuling() throws {
        var world = try TinyWorld()
        let (one, two) = (try venue("一", of: world), try venue("二", of: world))
        try one.advance(to: .locked)
        try two.hand(two.sheet("S01-001", nil, [250]), by: "R-S01")
        let bundles = try [one, two].map { try $0.record.bundle(of: [$0.item]) }
        let results = try inEveryOrder(world, bundles)
        #expect(Set(results).count == 1)
        for bundle in bundles { try take(bundle, into: world) }
        let contested = try world.record.contested(of: world.item)
        #expect(contested.count == 2)
        let progress = try world.record.progress(of: world.item)
        #expect(progress.state == .open, "the lock did not know of the other sheet")
        #expect(progress.contested == 2)
        #expect(
            try refusal { try world.hand(world.sheet("S01-001", nil, [250]), by: "R-S01") }
                == ["sheet.contested"]
        )
        let standing = try world.office.standings(of: world.item)
        #expect(standing.rows.first { $0.entrant.id.text == "S01-001" }?.rank == nil)
        let kept = try #require(contested.first)
        _ = try world.office.settle(
            world.item,
            keep: kept.id,
            reason: "查对纸质评分表",
            by: try world.ring.key("arb")
        )
        #expect(try world.record.contested(of: world.item).isEmpty)
        #expect(try world.record.progress(of: world.item).missing.isEmpty)
        #expect(try world.record.audit().findings.isEmpty)
        try world.appoint("R-2", .recorder, item: "S01")
        #expect(
            try world.codes(
                .settle,
                ["item": "S01", "keep": .string(kept.id.hex), "reason": "x"],
                by: "arb"
            ) == ["settle.keep"]
        )
    }

    @Test func aCorrectionThatCrossesALockUndoesTheLockInAnyOrder() throws {
        let world = try TinyWorld()
        let first = try venue("一", of: world)
        try first.advance(to: .confirmed)
        // The second venue goes on from the first's sheets and corrects one of them.
        var second = first
        let path = world.folder + "/second.laurel"
        try first.record.backup(to: path)
        second.office = try Office.open(path, now: { [clock = world.clock] in clock.now })
        let wrong = try #require(try second.record.sheets(of: second.item).first)
        let id = try #require(try second.record.statement(at: wrong.position)?.id)
        let right = try second.sheet(
            wrong.entrant.text,
            wrong.judge?.text,
            wrong.marks.map { $0 + 5 },
            replaces: id,
            reason: "误记"
        )
        try second.hand(right, by: "R-S01")
        try first.lock()
        try first.cosign()
        let bundles = try [first, second].map { try $0.record.bundle(of: [$0.item]) }
        let results = try inEveryOrder(world, bundles)
        #expect(Set(results).count == 1)
        #expect(results[0].last == "open 0 1" || results[0].last == "marked 0 1")
    }

    @Test func differentWordsOnOneEntrantsStatusAreHeldForARuling() throws {
        let world = try TinyWorld()
        let (one, two) = (try venue("一", of: world), try venue("二", of: world))
        for (venue, status) in [(one, EntrantStatus.absent), (two, .withdrew)] {
            _ = try venue.office.state(
                status,
                of: "S01-002",
                in: venue.item,
                reason: "检录",
                by: try venue.ring.key("CJ-S01")
            )
        }
        let bundles = try [one, two].map { try $0.record.bundle(of: [$0.item]) }
        #expect(Set(try inEveryOrder(world, bundles)).count == 1)
        for bundle in bundles { try take(bundle, into: world) }
        #expect(try world.record.progress(of: world.item).contested == 1)
        _ = try world.office.state(
            .absent,
            of: "S01-002",
            in: world.item,
            reason: "查对签到表",
            by: try world.ring.key("arb")
        )
        #expect(try world.record.progress(of: world.item).contested == 0)
    }

    @Test func whatBuildsOnAStatementThatHasNotComeWaitsForIt() throws {
        let world = try TinyWorld()
        let venue = try venue("一", of: world)
        try venue.hand(venue.sheet("S01-001", nil, [200]), by: "R-S01")
        let early = try venue.record.bundle(of: [world.item])
        let wrong = try #require(try venue.record.sheets(of: venue.item).first)
        let id = try #require(try venue.record.statement(at: wrong.position)?.id)
        try venue.hand(
            venue.sheet("S01-001", nil, [205], replaces: id, reason: "误记"),
            by: "R-S01"
        )
        let whole = try venue.record.bundle(of: [world.item])
        let late = whole.dropping(Set(early.statements.map(\.id)))
        let held = try take(late, into: world).held
        #expect(held.map(\.kind) == [.sheet])
        #expect(try world.record.sheets(of: world.item).isEmpty)
        let report = try take(early, into: world)
        #expect(report.held.isEmpty)
        #expect(try world.record.sheets(of: world.item).map(\.marks) == [[205]])
    }

    @Test func whatMayNeverComeInIsHeldUntilTheArbitrationPanelTurnsItAway() throws {
        let world = try TinyWorld()
        let venue = try venue("一", of: world)
        try venue.hand(venue.sheet("S01-001", nil, [200]), by: "R-S01")
        // The centre dismisses the recorder before the bundle comes.
        try world.say(.dismiss, ["name": "R-S01", "reason": "换人"], by: "organiser")
        let report = try take(venue.record.bundle(of: [world.item]), into: world)
        #expect(report.receipts.isEmpty)
        #expect(report.held.map(\.kind) == [.sheet])
        #expect(report.held[0].why.en.contains("recorder"))
        try world.say(
            .settle,
            ["drop": [.string(report.held[0].id.hex)], "item": "S01", "reason": "重新录入"],
            by: "arb"
        )
        #expect(try world.record.held().isEmpty)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aDamagedForeignOrForgedBundleIsRefusedWhole() throws {
        let world = try TinyWorld()
        let venue = try venue("一", of: world)
        try venue.markAll()
        let bundle = try venue.record.bundle(of: [world.item])
        let bytes = bundle.bytes
        #expect(try refusal { _ = try VenueBundle(parsing: bytes.dropLast(40)) } == ["bundle.form"])
        let text = String(decoding: bytes, as: UTF8.self)
        let changed = text.replacing("\\\"unit\\\":\\\"T\\\"", with: "\\\"unit\\\":\\\"P\\\"")
        #expect(changed != text)
        #expect(
            try refusal { _ = try VenueBundle(parsing: Array(changed.utf8)) } == ["bundle.form"]
        )
        let length = try world.record.length()
        var settings = TinyWorld.Settings()
        settings.entrants = 2
        let other = try TinyWorld(settings)
        // The same event by name, but another record of it.
        #expect(
            try refusal { try take(other.record.bundle(of: [other.item]), into: world) }
                == ["bundle.record"]
        )
        #expect(try world.record.length() == length)
    }
}
