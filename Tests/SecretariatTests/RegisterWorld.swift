import Snapshots
import Competition
import Exact
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// A tiny competition whose winner is proposed for honours of every mode; all in it is invented.
enum RegisterWorld {
    static let rules = """
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
    static func world() throws -> TinyWorld {
        let world = try TinyWorld(TinyWorld.Settings(honours: Self.rules))
        try world.advance(to: .final)
        _ = try world.office.proposeHonours(by: try world.ring.key("organiser"))
        return world
    }

    static func row(
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

    static func key(_ world: TinyWorld) throws -> SigningKey { try world.ring.key("organiser-2") }
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
