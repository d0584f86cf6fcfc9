import Credentials
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// The tiny competition with final results and one honour for the first: all in it is invented.
struct HonourWorld {
    let world: TinyWorld
    let honour: String

    static let rules = """
        honours: 1
        sources:
          - id: invented
            title: {zh: 虚构文件, en: Invented document}
        rules:
          - id: invented-title
            title: {zh: 虚构称号, en: Invented title}
            kind: conferred
            when: {all: [{fact: rank, at_most: 1}, {fact: guest, is: false}]}
            cite: {paragraph: "一", quote: "虚构:对各项目第1名授予虚构称号"}
        """

    init() throws {
        let world = try TinyWorld(TinyWorld.Settings(honours: Self.rules))
        try world.advance(to: .final)
        _ = try world.office.proposeHonours(by: try world.ring.key("organiser"))
        honour = try #require(try world.record.honours().first?.id)
        self.world = world
    }

    func confer() throws {
        _ = try world.office.conferHonours(by: try world.ring.key("organiser-2"))
    }

    func export(by name: String = "organiser", days: Int = 30) throws -> HonourExport {
        let exports = try world.office.exportHonours(
            [honour],
            by: try world.ring.key(name),
            days: days
        )
        return try #require(exports.first)
    }

    /// Exactly the keys of these people are trusted.
    func trust(_ names: String...) throws -> TrustedKeys {
        let lines = try names.map { DidKey(try world.ring.key($0).verifying).text + " \($0)\n" }
        return try TrustedKeys(lines.joined(), file: "keys")
    }

    func examine(_ bundle: JSONValue, trust: TrustedKeys, days: Int = 0) -> Examination {
        Examiner.examine(
            bundle.canonical,
            trust: trust,
            asOf: Instant(milliseconds: world.clock.now).adding(days: days)
        )
    }
}
