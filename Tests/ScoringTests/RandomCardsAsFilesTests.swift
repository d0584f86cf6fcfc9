import Competition
import Findings
import Interchange
import Testing

@Suite("Random cards as files")
struct RandomCardsAsFilesTests {
    @Test("what is written of a random card reads back to it")
    func roundTrip() throws {
        var read = 0
        for seed in 0..<400 {
            var cards = RandomCards(seed: UInt64(seed))
            let card = try cards.card(isPlain: seed % 2 == 0)
            let reading = ScorecardFile.read(ScorecardFile.text(of: card), file: "x.yaml")
            // Some of these contradict themselves, which only the reader says.
            guard let again = reading.card else {
                #expect(reading.findings.allSatisfy { $0.code.hasPrefix("scorecard.") })
                continue
            }
            read += 1
            #expect(again == card, "seed \(seed)")
        }
        #expect(read > 100)
    }
}
