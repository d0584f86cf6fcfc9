public import Competition

extension ScorecardFile {
    /// Writes a card as a file that reads back to the equal card.
    ///
    /// There is one way of writing: what is left out has its default, numbers are exact, and short
    /// values stand on one line.
    ///
    /// - Parameters:
    ///   - card: the card.
    ///   - head: lines that stand above it as comments.
    ///   - comments: what is said above an aspect or a node, by its name, as the cell that an import
    ///     took it from.
    /// - Returns: the text of the file.
    public static func text(
        of card: Scorecard,
        head: [String] = [],
        comments: [String: String] = [:]
    ) -> String {
        let lines = head.map {
            $0.isEmpty ? "#\n" : "# " + $0.split { $0.isNewline }.joined(separator: " ") + "\n"
        }
        let writer = YAMLText(comments: comments, blocks: ScorecardTree.levels)
        return lines.joined() + writer.text(ScorecardTree(card: card).tree)
    }
}
