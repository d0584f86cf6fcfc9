public import Findings
public import Competition
internal import Interchange

/// What an organiser asks of scorecard files.
public enum ScorecardDesk {
    /// Reads and checks files; all findings at once.
    public static func check(_ files: [String]) -> (cards: [Scorecard], findings: [Finding]) {
        var cards: [Scorecard] = []
        var findings: [Finding] = []
        for file in files {
            do throws(Refusal) {
                let reading = ScorecardFile.read(try TextFile.read(file), file: file)
                findings += reading.findings
                if let card = reading.card { cards.append(card) }
            } catch {
                findings += error.findings
            }
        }
        return (cards, findings.sorted())
    }
}
