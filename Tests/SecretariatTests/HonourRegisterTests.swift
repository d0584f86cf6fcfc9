import Snapshots
import Competition
import Credentials
import Exact
import Findings
import Foundation
import Honours
import Ledger
import Seal
import Secretariat
import Testing

/// The register of honours from proposal to revocation, and what a correction does to it.
///
/// Everybody and every rule is invented.
@Suite struct HonourRegisterTests {
    @Test func eachModeTakesWhatItsRuleAsksForAndAPriorityIsNoEntry() throws {
        let world = try RegisterWorld.world()
        let rows = try world.record.honours()
        #expect(rows.map(\.rule) == ["level", "medal", "model", "title"])
        #expect(rows.map(\.missing) == [["skill_level"], ["conditions_confirmed"], [], []])
        #expect(rows.map(\.state) == ["proposed", "proposed", "nominated", "proposed"])
        let done = try world.office.conferHonours(by: try RegisterWorld.key(world))
        #expect(done.receipts.count == 1)
        #expect(done.left.map(\.rule) == ["level", "medal", "model"])
        #expect(try RegisterWorld.row(world, "title").state == "conferred")
        #expect(try world.office.proposeHonours(by: try world.ring.key("organiser")).isEmpty)
    }

    @Test func aConditionalHonourShowsWhichConditionIsMetByWhichEvidence() throws {
        let world = try RegisterWorld.world()
        let medal = try RegisterWorld.row(world, "medal").id
        let second = try RegisterWorld.key(world)
        func codes(_ evidence: [String: String], _ body: String?) throws -> [String] {
            try refusal {
                _ = try world.office.confer(medal, evidence: evidence, decidedBy: body, by: second)
            }
        }
        #expect(try codes([:], "虚构总会") == ["honour.evidence"])
        #expect(try codes(["other": "x"], "虚构总会") == ["honour.evidence", "honour.evidence"])
        #expect(try codes(["conditions_confirmed": "x"], nil) == ["statement.decided_by"])
        _ = try world.office.confer(
            medal,
            evidence: ["conditions_confirmed": "虚构决定 7 号"],
            decidedBy: "虚构总会",
            by: second
        )
        let dossier = try world.office.dossier(ofHonour: medal)
        #expect(dossier.row.state == "conferred")
        #expect(dossier.row.decidedBy == "虚构总会")
        #expect(dossier.conditions.map(\.fact) == ["conditions_confirmed"])
        #expect(dossier.conditions.map(\.words) == ["虚构决定 7 号"])
        #expect(dossier.steps.map(\.action) == ["propose", "confer"])
        #expect(dossier.steps.map(\.by) == ["organiser", "organiser-2"])
        #expect(dossier.document.zh == "虚构文件(虚构〔2022〕1号)")
        let chain = try world.record.chain(of: .honour).map {
            String(decoding: $0.signed.bytes, as: UTF8.self)
        }
        #expect(!chain.joined().contains("虚构决定"), "the log holds a commitment, not the words")
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aNominationWaitsForTheBodyThatDecidesAndANoStaysInTheRegister() throws {
        let world = try RegisterWorld.world()
        let model = try RegisterWorld.row(world, "model").id
        let second = try RegisterWorld.key(world)
        #expect(
            try refusal { _ = try world.office.confer(model, by: second) } == [
                "statement.decided_by"
            ]
        )
        _ = try world.office.decline(model, decidedBy: "虚构妇联", reason: "名额已满(虚构)", by: second)
        let declined = try RegisterWorld.row(world, "model")
        #expect(declined.state == "declined")
        #expect(try declined.reason.flatMap(world.record.note) == "名额已满(虚构)")
        #expect(
            try refusal { _ = try world.office.confer(model, decidedBy: "虚构妇联", by: second) } == [
                "honour.state"
            ]
        )
        #expect(try world.office.proposeHonours(by: second).isEmpty, "a no is not asked again")
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func whoProposedDoesNotConferAndNobodyConfersWithoutEvidenceByHand() throws {
        let world = try RegisterWorld.world()
        let organiser = try world.ring.key("organiser")
        let title = try RegisterWorld.row(world, "title").id
        #expect(
            try refusal { _ = try world.office.confer(title, by: organiser) } == [
                "honour.same-person"
            ]
        )
        let medal = try RegisterWorld.row(world, "medal").id
        #expect(
            try world.codes(
                .honour,
                ["action": "confer", "honour": .string(medal)],
                by: "organiser-2"
            )
                == ["honour.evidence", "statement.decided_by"]
        )
        let other = Digest(of: [1]).hex
        #expect(
            try world.codes(
                .honour,
                ["action": "confer", "honour": .string(title), "snapshot": .string(other)],
                by: "organiser-2"
            ) == ["honour.snapshot"]
        )
    }

    @Test func aPromotionIsToTheLevelThatFollowsFromTheLevelHeld() throws {
        let world = try RegisterWorld.world()
        let level = try RegisterWorld.row(world, "level")
        #expect(level.level == nil)
        #expect(level.missing == ["skill_level"])
        #expect(world.office.title(of: level).zh == "晋升")
        let second = try RegisterWorld.key(world)
        func codes(_ granted: SkillLevel?) throws -> [String] {
            try refusal {
                _ = try world.office.confer(
                    level.id,
                    evidence: ["skill_level": "虚构证书"],
                    decidedBy: "虚构中心",
                    level: granted,
                    by: second
                )
            }
        }
        #expect(try codes(nil) == ["statement.level"])
        #expect(try codes(.senior) == ["honour.level"])
        #expect(try codes(.specialTechnician) == ["honour.level"])
        #expect(try codes(.seniorTechnician) == [])
        let granted = try RegisterWorld.row(world, "level")
        #expect(world.office.title(of: granted).zh == "晋升(高级技师)")
    }

    // MARK: Corrections

    /// The winner is disqualified afterwards, and the results are published anew.
    private func correct(_ world: TinyWorld, _ entrant: String) throws {
        try world.say(.reopen, ["item": "S01", "reason": "查实违规(虚构)"], by: "arb")
        _ = try world.office.second(world.item, by: "SV", in: world.ring)
        try world.say(
            .standing,
            [
                "entrant": .string(entrant), "item": "S01", "reason": "违规(虚构)",
                "status": "disqualified",
            ],
            by: "arb"
        )
        try world.lock()
        try world.cosign()
        try world.advance(publishing: .final)
    }

    @Test func aCorrectedResultListsTheHonoursThatFallAndThoseThatRiseAndDeletesNothing() throws {
        let world = try RegisterWorld.world()
        let second = try RegisterWorld.key(world)
        _ = try world.office.conferHonours(by: second)
        let winner = try RegisterWorld.row(world, "title")
        try correct(world, winner.entrant)
        let review = try world.office.reviewHonours()
        #expect(Set(review.fallen.map(\.rule)) == ["title", "medal", "model", "level"])
        #expect(review.fallen.allSatisfy { $0.entrant == winner.entrant })
        #expect(Set(review.risen.map(\.rule.id)) == ["title", "medal", "model", "level"])
        #expect(review.risen.allSatisfy { $0.candidate.entrant != winner.entrant })
        // A proposal that fell can't be conferred any more.
        let medal = try RegisterWorld.row(world, "medal").id
        #expect(
            try refusal {
                _ = try world.office.confer(
                    medal,
                    evidence: ["conditions_confirmed": "x"],
                    decidedBy: "虚构总会",
                    by: second
                )
            } == ["honour.fallen"]
        )
        _ = try world.office.revokeHonour(winner.id, reason: "成绩更正(虚构)", by: second)
        _ = try world.office.proposeHonours(by: try world.ring.key("organiser"))
        _ = try world.office.conferHonours(by: second)
        let titles = try world.record.honours().filter { $0.rule == "title" }
        #expect(titles.map(\.state).sorted() == ["conferred", "revoked"])
        #expect(try world.office.dossier(ofHonour: winner.id).reason == "成绩更正(虚构)")
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func anHonourOnAChangedResultIsReissuedAndTheEarlierOneIsSuperseded() throws {
        let world = try RegisterWorld.world()
        let second = try RegisterWorld.key(world)
        _ = try world.office.conferHonours(by: second)
        let first = try RegisterWorld.row(world, "title")
        #expect(try world.office.reviewHonours().changed.isEmpty)
        let bundle = try #require(
            try world.office.exportHonours([first.id], by: try world.ring.key("organiser")).first
        )
        try amend(world, first.entrant)
        #expect(try world.office.reviewHonours().changed.map(\.id) == [first.id])
        let reissued = try world.office.reissueHonour(
            first.id,
            reason: "总分更正(虚构)",
            by: try world.ring.key("organiser")
        )
        #expect(reissued.honour == first.id + "/2")
        #expect(
            try world.office.honour(first.id).state == "conferred",
            "until the new one is conferred"
        )
        #expect(
            try refusal {
                _ = try world.office.reissueHonour(first.id, reason: "再次", by: second)
            } == ["honour.replaces"]
        )
        _ = try world.office.conferHonours(by: second)
        #expect(try world.office.honour(first.id).state == "superseded")
        #expect(try world.office.honour(reissued.honour).state == "conferred")
        #expect(try world.office.dossier(ofHonour: first.id).successor == reissued.honour)
        #expect(try world.office.reviewHonours().changed.isEmpty)
        // What was handed out before is void; the new one stands.
        let trust = try TrustedKeys(
            DidKey(try world.ring.key("organiser").verifying).text + "\n",
            file: "keys"
        )
        let exports = try world.office.exportHonours(
            [first.id, reissued.honour],
            by: try world.ring.key("organiser")
        )
        func verdict(_ bundle: JSONValue) -> HonourVerdict {
            Examiner.examine(
                bundle.canonical,
                trust: trust,
                asOf: Instant(milliseconds: world.clock.now)
            ).verdict
        }
        let verdicts = exports.map { verdict($0.bundle) }
        #expect(verdicts == [.revoked, .genuine])
        #expect(
            verdict(bundle.bundle) == .genuine,
            "an old bundle knows nothing of it till its list ends"
        )
        #expect(try world.record.audit().findings.isEmpty)
    }

    /// A mark of the winner is corrected, and the results are published anew.
    private func amend(_ world: TinyWorld, _ entrant: String) throws {
        try world.say(.reopen, ["item": "S01", "reason": "录入有误(虚构)"], by: "arb")
        _ = try world.office.second(world.item, by: "SV", in: world.ring)
        let stands = try #require(
            try world.record.sheets(of: world.item).first {
                $0.entrant.text == entrant && $0.judge == nil
            }
        )
        let statement = try #require(try world.record.statement(at: stands.position))
        try world.hand(
            world.sheet(entrant, nil, [290], replaces: statement.id, reason: "误记"),
            by: "R-S01"
        )
        try world.confirmAll()
        try world.lock()
        try world.cosign()
        try world.advance(publishing: .final)
    }
}
