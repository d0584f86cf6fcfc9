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
    private static let rules = """
        honours: 1
        sources:
          - {id: d, title: {zh: 虚构文件, en: Invented document}, number: 虚构〔2022〕1号}
        sanctions:
          - id: suspension
            title: {zh: 暂停, en: Suspension}
            months: 12
            note: {zh: 虚构, en: invented}
            cite: {paragraph: 五}
          - id: blacklist
            title: {zh: 黑名单, en: Blacklist}
            note: {zh: 虚构, en: invented}
            cite: {paragraph: 五}
        rules:
          - id: title
            title: {zh: 虚构称号, en: Invented title}
            kind: conferred
            when: {fact: rank, at_most: 1}
            cite: {paragraph: 一}
          - id: medal
            title: {zh: 虚构奖章, en: Invented medal}
            kind: conditional
            when: {all: [{fact: rank, at_most: 1}, {fact: conditions_confirmed, is: true}]}
            cite: {paragraph: 二}
          - id: model
            title: {zh: 虚构标兵, en: Invented model}
            kind: nominated
            when: {fact: rank, at_most: 1}
            cite: {paragraph: 三}
          - id: level
            title: {zh: 晋升, en: Promotion}
            kind: promotion
            promotion: {level: technician, if_held: one-higher, if_higher_held: nothing, highest: senior-technician}
            when: {fact: rank, at_most: 1}
            cite: {paragraph: 四}
          - id: first-look
            title: {zh: 优先, en: Priority}
            kind: priority
            when: {fact: rank, at_most: 1}
            cite: {paragraph: 六}
        """

    /// The third entrant has won, and everything that follows is proposed.
    private func world() throws -> TinyWorld {
        let world = try TinyWorld(TinyWorld.Settings(honours: Self.rules))
        try world.advance(to: .final)
        _ = try world.office.proposeHonours(by: try world.ring.key("organiser"))
        return world
    }

    private func row(
        _ world: TinyWorld,
        _ rule: String,
        _ entrant: String? = nil
    ) throws -> HonourRow {
        try #require(
            try world.record.honours().last {
                $0.rule == rule && (entrant == nil || $0.entrant == entrant)
            }
        )
    }

    private func key(_ world: TinyWorld) throws -> SigningKey { try world.ring.key("organiser-2") }

    @Test func eachModeTakesWhatItsRuleAsksForAndAPriorityIsNoEntry() throws {
        let world = try world()
        let rows = try world.record.honours()
        #expect(rows.map(\.rule) == ["level", "medal", "model", "title"])
        #expect(rows.map(\.missing) == [["skill_level"], ["conditions_confirmed"], [], []])
        #expect(rows.map(\.state) == ["proposed", "proposed", "nominated", "proposed"])
        let done = try world.office.conferHonours(by: try key(world))
        #expect(done.receipts.count == 1)
        #expect(done.left.map(\.rule) == ["level", "medal", "model"])
        #expect(try row(world, "title").state == "conferred")
        #expect(try world.office.proposeHonours(by: try world.ring.key("organiser")).isEmpty)
    }

    @Test func aConditionalHonourShowsWhichConditionIsMetByWhichEvidence() throws {
        let world = try world()
        let medal = try row(world, "medal").id
        let second = try key(world)
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
        let world = try world()
        let model = try row(world, "model").id
        let second = try key(world)
        #expect(
            try refusal { _ = try world.office.confer(model, by: second) } == [
                "statement.decided_by"
            ]
        )
        _ = try world.office.decline(model, decidedBy: "虚构妇联", reason: "名额已满(虚构)", by: second)
        let declined = try row(world, "model")
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
        let world = try world()
        let organiser = try world.ring.key("organiser")
        let title = try row(world, "title").id
        #expect(
            try refusal { _ = try world.office.confer(title, by: organiser) } == [
                "honour.same-person"
            ]
        )
        let medal = try row(world, "medal").id
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
        let world = try world()
        let level = try row(world, "level")
        #expect(level.level == nil)
        #expect(level.missing == ["skill_level"])
        #expect(world.office.title(of: level).zh == "晋升")
        let second = try key(world)
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
        let granted = try row(world, "level")
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
        let world = try world()
        let second = try key(world)
        _ = try world.office.conferHonours(by: second)
        let winner = try row(world, "title")
        try correct(world, winner.entrant)
        let review = try world.office.reviewHonours()
        #expect(Set(review.fallen.map(\.rule)) == ["title", "medal", "model", "level"])
        #expect(review.fallen.allSatisfy { $0.entrant == winner.entrant })
        #expect(Set(review.risen.map(\.rule.id)) == ["title", "medal", "model", "level"])
        #expect(review.risen.allSatisfy { $0.candidate.entrant != winner.entrant })
        // A proposal that fell can't be conferred any more.
        let medal = try row(world, "medal").id
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
        let world = try world()
        let second = try key(world)
        _ = try world.office.conferHonours(by: second)
        let first = try row(world, "title")
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

    // MARK: Sanctions

    @Test func whoIsUnderASanctionGetsNoHonourForItsTermAndAfterItDoes() throws {
        let world = try world()
        let second = try key(world)
        let title = try row(world, "title")
        let from = try #require(Day(inChinaAt: world.clock.now))
        _ = try world.office.sanction(
            title.entrant,
            in: world.item,
            measure: "suspension",
            from: from,
            reason: "虚构的理由",
            by: second
        )
        let row = try #require(try world.record.sanctions().first)
        #expect(
            row.until
                == from.adding(months: 12).flatMap { Day(daysSince1970: $0.daysSince1970 - 1) }
        )
        #expect(try world.office.conferHonours(by: second).receipts.isEmpty)
        #expect(
            try refusal { _ = try world.office.confer(title.id, by: second) } == [
                "honour.sanctioned"
            ]
        )
        let proposals = try world.office.reviewHonours().proposals
        #expect(proposals.allSatisfy { $0.proposal.candidate.sanction == "suspension" })
        // The last day of the term, and the day after it.
        world.clock.advance(minutes: 364 * 24 * 60)
        #expect(
            try refusal { _ = try world.office.confer(title.id, by: second) } == [
                "honour.sanctioned"
            ]
        )
        world.clock.advance(minutes: 24 * 60)
        #expect(try world.office.conferHonours(by: second).receipts.count == 1)
        #expect(try world.record.audit().findings.isEmpty)
    }

    @Test func aSanctionNamesAMeasureOfTheRulesAndATermAndCanBeLifted() throws {
        let world = try world()
        let second = try key(world)
        let (entrant, from) = (try row(world, "title").entrant, try #require(Day("2022-10-01")))
        func codes(
            _ measure: String,
            until: Day? = nil,
            isEndless: Bool = false,
            of entrant: String
        ) throws -> [String] {
            try refusal {
                _ = try world.office.sanction(
                    entrant,
                    in: world.item,
                    measure: measure,
                    from: from,
                    until: until,
                    isEndless: isEndless,
                    reason: "虚构的理由",
                    by: second
                )
            }
        }
        let early = try #require(Day("2022-09-30"))
        #expect(try codes("exile", of: entrant) == ["sanction.measure"])
        #expect(try codes("suspension", until: from, of: entrant) == ["sanction.term"])
        #expect(try codes("blacklist", of: entrant) == ["sanction.term"])
        #expect(
            try codes("blacklist", until: from, isEndless: true, of: entrant) == ["sanction.term"]
        )
        #expect(try codes("blacklist", until: early, of: entrant) == ["sanction.days"])
        #expect(try codes("suspension", of: "S01-099") == ["entrant.unknown"])
        #expect(try world.record.sanctions().isEmpty)
        #expect(try codes("blacklist", isEndless: true, of: entrant) == [])
        let title = try row(world, "title").id
        #expect(
            try refusal { _ = try world.office.confer(title, by: second) } == ["honour.sanctioned"]
        )
        let position = try #require(try world.record.sanctions().first).position
        #expect(
            try refusal {
                _ = try world.office.liftSanction(at: position + 1, reason: "误", by: second)
            } == ["sanction.unknown"]
        )
        _ = try world.office.liftSanction(at: position, reason: "复核撤回(虚构)", by: second)
        _ = try world.office.confer(title, by: second)
        #expect(
            try refusal {
                _ = try world.office.liftSanction(at: position, reason: "再次", by: second)
            } == ["sanction.unknown"]
        )
        #expect(try world.record.audit().findings.isEmpty)
    }
}

extension TinyWorld {
    /// Publishes provisionally and, after the window, finally.
    func advance(publishing kind: ItemState) throws {
        let organiser = try ring.key("organiser")
        _ = try office.publish(.provisional, by: organiser)
        guard kind == .final else { return }
        clock.advance(minutes: settings.appealMinutes + 1)
        _ = try office.publish(.final, by: organiser)
    }
}
