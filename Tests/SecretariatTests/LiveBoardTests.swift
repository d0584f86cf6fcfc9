import Competition
import Findings
import Foundation
import Ledger
import Publishing
import Secretariat
import Snapshots
import Testing

@Suite struct LiveBoardTests {
    @Test func onlyConfirmedEntrantsAreShownAndOnlyWhatChangedIsWritten() throws {
        let world = try TinyWorld(TinyWorld.Settings(live: "[S01]"))
        let folder = world.folder + "/live"
        try world.advance(to: .marked)
        let before = try world.office.live(world.item)
        #expect(before.rows.isEmpty)
        #expect(before.entrants == world.settings.entrants)
        let pages = ["live-S01.zh.html", "live-S01.en.html"]
        #expect(try LiveBoard.write(before, into: folder) == pages)
        #expect(try LiveBoard.write(try world.office.live(world.item), into: folder).isEmpty)
        try world.confirmAll()
        let after = try world.office.live(world.item)
        #expect(after.rows.count == world.settings.entrants)
        #expect(after.rows.map(\.rank) == after.rows.map(\.rank).sorted())
        #expect(after.rows.first?.rank == 1)
        #expect(try LiveBoard.write(after, into: folder) == pages)
        for (page, words) in zip(pages, ["实时 · 未完成 · 不得引用", "not to be cited"]) {
            let text = try String(contentsOfFile: folder + "/" + page, encoding: .utf8)
            #expect(text.contains(words))
            #expect(after.rows.allSatisfy { text.contains($0.entrant) && text.contains($0.total) })
            #expect(text.firstMatch(of: /[0-9a-f]{64}/) == nil)
            // The region and the birthday of everybody's ID number.
            #expect(!text.contains("219900") && !text.contains("19900101"))
        }
        // Nothing of it is in the record, and it leaves other people's folders alone.
        #expect(try world.record.publications().isEmpty)
        #expect(throws: SiteError.self) { try LiveBoard.write(after, into: world.folder) }
    }

    @Test func aPublishedItemsBoardIsClosedAndTheOthersGoOn() throws {
        let world = try TinyWorld(TinyWorld.Settings(live: "all"))
        let folder = world.folder + "/live"
        let other = try #require(ItemID("S02"))
        func page(_ item: ItemID) throws -> String {
            try String(contentsOfFile: folder + "/live-\(item.text).en.html", encoding: .utf8)
        }
        try world.advance(to: .cosigned)
        let items = [world.item, other]
        #expect(try world.office.writeLive(items, into: folder).open == items)
        #expect(try page(world.item).contains("S01-001"))
        _ = try world.office.publish(
            .provisional,
            only: [world.item],
            by: try world.ring.key("organiser")
        )
        let (pages, open) = try world.office.writeLive(items, into: folder)
        #expect(open == [other])
        #expect(pages == ["live-S01.zh.html", "live-S01.en.html"])
        #expect(try page(world.item).contains("see the published site"))
        #expect(try !page(world.item).contains("S01-001"))
        #expect(try page(other).contains("not to be cited"))
        #expect(try world.office.writeLive([world.item], into: folder).pages.isEmpty)
    }

    @Test func anItemIsShownOnlyWhereTheEventLetsItAndBeforeItIsPublished() throws {
        func refusal(_ world: TinyWorld) -> [String] {
            do {
                _ = try world.office.live(world.item)
                return []
            } catch let refusal as Refusal {
                return refusal.findings.map(\.code)
            } catch {
                return ["\(error)"]
            }
        }
        #expect(refusal(try TinyWorld()) == ["live.item"])
        let published = try TinyWorld(TinyWorld.Settings(live: "all"))
        try published.advance(to: .provisional)
        #expect(refusal(published) == ["live.published"])
        #expect(refusal(try TinyWorld(TinyWorld.Settings(blind: 1, live: "all"))) == ["live.item"])
        do {
            _ = try TinyWorld(TinyWorld.Settings(blind: 1, live: "[S01]"))
            Issue.record("a blind item on a live board")
        } catch let refusal as Refusal {
            #expect(refusal.findings.map(\.code) == ["event.live"])
        }
    }
}
