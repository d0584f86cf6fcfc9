import Competition
import Findings
import Ledger
import Publishing
import Scoring
import Seal
import Secretariat
import Snapshots
import Testing

/// What of a panel's work is printed before the publication, and what of its agreement is stated in it.
extension OfficePublishingTests {
    @Test func aSheetIsSignedBeforeThePublicationAndKnownByItsHashAfterIt() throws {
        let template = try Office.template(.resultSheet, file: nil)
        let world = try TinyWorld()
        func refusal() throws -> [String] {
            do {
                _ = try world.office.draftSheet(of: world.item, on: template)
                return []
            } catch let refusal as Refusal {
                return refusal.findings.map(\.code)
            }
        }
        try world.markAll()
        try world.confirmAll()
        #expect(try refusal() == ["draft.state"])
        try world.lock()
        let length = try world.record.length()
        let draft = try text(of: try world.office.draftSheet(of: world.item, on: template))
        #expect(try world.record.length() == length)
        #expect(draft.contains("未发布,待签 not published, to be signed"))
        #expect(draft.contains("Ledger \(length)"))
        let hash = try #require(draft.firstMatch(of: /Result ([0-9a-f]{64})/)?.1)
        try world.cosign()
        let again = try text(of: try world.office.draftSheet(of: world.item, on: template))
        #expect(again.contains(hash))
        _ = try world.office.publish(.provisional, by: try world.ring.key("organiser"))
        #expect(try refusal() == ["draft.published"])
        let sheet = try text(of: try world.office.resultSheet(of: world.item, on: template))
        #expect(sheet.contains(hash))
        #expect(!sheet.contains("未发布"))
    }

    @Test func noNameOfABlindItemIsPrintedBeforeItIsRevealed() throws {
        var world = try TinyWorld(TinyWorld.Settings(blind: 1))
        try world.drawAll()
        try world.markAll()
        try world.confirmAll()
        try world.lock()
        let template = try Office.template(.resultSheet, file: nil)
        #expect(throws: Refusal.self) { try world.office.draftSheet(of: world.item, on: template) }
        try world.revealAll()
        #expect(try !world.office.draftSheet(of: world.item, on: template).isEmpty)
    }

    @Test func theAgreementOfAPanelIsStatedOnlyWhereTheEventLetsItAndNeverOfTwoJudges() throws {
        let two = try TinyWorld(TinyWorld.Settings(entrants: 6, showsAgreement: true))
        try two.advance(to: .provisional)
        #expect(try two.office.published()?.snapshot.items.map(\.agreement) == [nil])
        // The rehearsal's event lets it, and its items have panels of three and more.
        let (rehearsal, folder) = try Self.marked()
        let ring = try Keyring(path: folder + "/keys/keyring.json", pin: Rehearsal.pin)
        let office = rehearsal.office
        let snapshot = try office.publish(.provisional, by: try ring.key("organiser"))
        #expect(snapshot.items.count == 2)
        for item in snapshot.items {
            let id = try #require(ItemID(item.item.code))
            let diagnosis = try office.tally(of: id).diagnosis()
            let figure = try #require(item.agreement)
            #expect(figure.judges == diagnosis.judges.count)
            #expect(figure.entrants == diagnosis.entrants)
            #expect(figure.kendallsW.utf8.count == 4)
        }
        let json = snapshot.json
        #expect(ResultsSnapshot(json: json)?.json == json)
        let text = json.canonicalText
        for judge in try office.record.judges(of: rehearsal.items[0].id) {
            #expect(!text.contains(judge.id.text))
        }
    }
}
