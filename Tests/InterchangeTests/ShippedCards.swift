import Competition
import Findings
import Foundation
import Interchange

/// The cards that ship with the project.
enum ShippedCards {
    /// The project's folder.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The 108 cards of items, by their file names without the ending.
    static let items: [String: Scorecard] = read(root.appendingPathComponent("Scorecards").path) {
        !$0.hasPrefix("default-")
    }

    /// Every card, the examples included.
    static let all: [String: Scorecard] = items.merging(
        read(root.appendingPathComponent("Documentation/examples").path) { _ in true }
    ) { one, _ in one }

    private static func read(
        _ folder: String,
        _ isWanted: (String) -> Bool
    ) -> [String: Scorecard] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        var cards: [String: Scorecard] = [:]
        for file in files where file.hasSuffix(".yaml") && isWanted(file) {
            let path = folder + "/" + file
            guard let text = try? TextFile.read(path) else { continue }
            cards[String(file.dropLast(5))] = ScorecardFile.read(text, file: path).card
        }
        return cards
    }
}
