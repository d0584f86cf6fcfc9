public import Competition
public import Findings

/// Which items of an event are wanted; what is nil does not matter.
public struct ItemSearch: Sendable, Hashable {
    /// Words that must all be found: in the code, the Chinese name, its pinyin initials, the English
    /// name, or as the number of the WorldSkills skill.
    public var text: String?
    /// The track.
    public var track: String?
    /// How many persons make an entrant.
    public var teamSize: Int?
    /// Whether there is a WorldSkills skill that the item corresponds to.
    public var hasCounterpart: Bool?
    /// Whether the item's place in the event has a source.
    public var provenance: Provenance?

    /// Makes a search that finds every item.
    public init() {}

    /// Finds the items, in the event's order.
    ///
    /// - Parameter event: the event.
    /// - Returns: the items that fit.
    /// - Throws: a ``Findings/Refusal`` where the event has no such track.
    public func items(of event: Event) throws(Refusal) -> [ContestItem] {
        if let track, !event.tracks.contains(where: { $0.id == track }) {
            let known = event.tracks.map(\.id).joined(separator: ", ")
            throw Refusal(
                "event.track",
                Text(
                    "没有赛道“\(track)”;有:\(known)",
                    "there is no track \"\(track)\"; there are: \(known)"
                )
            )
        }
        let words = (text ?? "").lowercased().split { $0.isWhitespace }.map(String.init)
        return event.items.filter { item in
            (track.map { $0 == item.track } ?? true)
                && (teamSize.map { $0 == item.teamSize } ?? true)
                && (hasCounterpart.map { $0 == (item.worldSkillsNumber != nil) } ?? true)
                && (provenance.map { $0 == item.provenance } ?? true)
                && words.allSatisfy { Self.fits(item, $0) }
        }
    }

    private static func fits(_ item: ContestItem, _ word: String) -> Bool {
        let texts = [item.id.text, item.title.zh, item.title.en]
        if texts.contains(where: { $0.lowercased().contains(word) }) { return true }
        if item.worldSkillsNumber?.lowercased() == word { return true }
        return PinyinInitials.holds(PinyinInitials.choices(item.title.zh), word)
    }
}
