public import Findings
public import Competition
internal import Foundation
public import Interchange

/// What an organiser asks of scorecard files.
public enum ScorecardDesk {
    /// A card that was asked for by a file or by an item's code.
    public struct Found: Sendable {
        /// The card.
        public let card: Scorecard
        /// The file it stands in.
        public let file: String
        /// The item, where one was asked for.
        public let item: ContestItem?
        /// What is to be said of the card.
        public let findings: [Finding]
    }

    /// The event whose items are meant where nothing else is said.
    public static let standardEvent = "Events/liaoning-2022"

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

    /// Reads the card of a file, or of an item of an event.
    ///
    /// An item to which the event gives only a standard card is answered with the item's own card
    /// where one stands in the same folder, as `D28-graphic-design.yaml` for D28; a note says so.
    ///
    /// - Parameters:
    ///   - name: a file, or the code of an item.
    ///   - folder: the event's folder.
    /// - Returns: the card and where it stands.
    /// - Throws: a ``Findings/Refusal`` where there is no such file or item, or its card has errors.
    public static func find(_ name: String, eventFolder folder: String) throws(Refusal) -> Found {
        guard let id = ItemID(name), !looksLikeFile(name) else {
            let reading = ScorecardFile.read(try TextFile.read(name), file: name)
            guard let card = reading.card else { throw Refusal(reading.findings) }
            return Found(card: card, file: name, item: nil, findings: reading.findings)
        }
        let event = try self.event(folder, for: name)
        let item = try self.item(id, of: event.event, in: folder)
        var file = joined(folder, event.cards[item.id] ?? "")
        var findings: [Finding] = []
        let isShared = event.cards.values.count { $0 == event.cards[item.id] } > 1
        if isShared, let own = ownCard(of: item, beside: file) {
            findings.append(
                Finding(
                    "scorecard.not-used",
                    Text(
                        "赛事 \(event.event.id.text) 的 \(item.id.text) 用通用评分表;这里是该项目自己的评分表",
                        "the event \(event.event.id.text) gives \(item.id.text) a standard card; this is the item's own"
                    ),
                    severity: .note,
                    at: Place(file: own)
                )
            )
            file = own
        }
        let tree = try YAMLFile.parse(try TextFile.read(file), file: file)
        let reading = ScorecardFile.read(event.card(tree))
        guard let card = reading.card else { throw Refusal(reading.findings) }
        return Found(card: card, file: file, item: item, findings: findings + reading.findings)
    }

    /// The event's item of that code, which need have no card.
    ///
    /// - Throws: a ``Findings/Refusal`` where the event can't be read or has no such item.
    public static func item(
        _ name: String,
        eventFolder folder: String
    ) throws(Refusal) -> ContestItem {
        guard let id = ItemID(name) else { throw unknown(name, folder) }
        return try item(id, of: try event(folder, for: name).event, in: folder)
    }

    /// An event of a folder, and the file of each item's card.
    ///
    /// - Parameter folder: the event's folder.
    /// - Returns: the event, and the cards' file names without their ending.
    /// - Throws: a ``Findings/Refusal`` where the event can't be read.
    public static func event(
        _ folder: String
    ) throws(Refusal) -> (event: Event, cards: [ItemID: String]) {
        let reading = try EventFolder.read(folder)
        let cards = reading.cards.mapValues { file in
            let name = file.split(separator: "/").last ?? ""
            return name.hasSuffix(".yaml") ? String(name.dropLast(5)) : String(name)
        }
        return (reading.event, cards)
    }

    /// The sections of a WorldSkills standard, by the skill's number.
    ///
    /// - Parameters:
    ///   - skill: the number, such as `48`.
    ///   - file: the table of standards; nil where the one that ships is meant.
    ///   - card: a card beside which that table may stand.
    /// - Returns: the sections; empty where the table has none for the skill.
    /// - Throws: a ``Findings/Refusal`` where the table can't be read.
    public static func sections(
        skill: String,
        file: String?,
        beside card: String?
    ) throws(Refusal) -> [StandardSection] {
        let name = "wsos-2026.csv"
        let places = [card.map { folder(of: $0) + "/" + name } ?? "", "Scorecards/" + name]
        let path = file ?? places.first(where: isFile) ?? "Scorecards/" + name
        return try StandardsFile.read(try TextFile.read(path), file: path)[skill] ?? []
    }

    /// What changed from one card to another in meaning.
    public static func difference(from before: Scorecard, to after: Scorecard) -> [CardChange] {
        CardDifference(from: before, to: after).changes
    }

    /// A card to begin with.
    public static func skeleton(for item: ContestItem, sections: [StandardSection]) -> String {
        CardSkeleton.text(for: item, sections: sections)
    }

    // MARK: Folders

    private static func event(
        _ folder: String,
        for name: String
    ) throws(Refusal) -> EventFolder.Reading {
        guard isFile(folder + "/event.yaml") else {
            throw Refusal(
                "file.unreadable",
                Text(
                    "“\(name)”不是文件;作为项目编号,又没有赛事目录 \(folder)(用 --event-folder 指明)",
                    "\"\(name)\" is no file; and to look it up as an item, there is no event in \(folder) (see --event-folder)"
                ),
                at: Place(file: name)
            )
        }
        return try EventFolder.read(folder)
    }

    private static func item(
        _ id: ItemID,
        of event: Event,
        in folder: String
    ) throws(Refusal) -> ContestItem {
        if let item = event.item(id) { return item }
        if let upper = ItemID(id.text.uppercased()), let item = event.item(upper) { return item }
        throw unknown(id.text, folder)
    }

    private static func unknown(_ name: String, _ folder: String) -> Refusal {
        Refusal(
            "scorecard.item",
            Text(
                "“\(name)”既不是文件,也不是 \(folder) 的项目编号(如 M05);laurel items 列出全部项目",
                "\"\(name)\" is neither a file nor an item of \(folder) (such as M05); laurel items lists them"
            )
        )
    }

    private static func isFile(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            && !isFolder.boolValue
    }

    /// Whether a name is meant as a file's, there or not.
    private static func looksLikeFile(_ name: String) -> Bool {
        name == "-" || name.contains("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
            || isFile(name)
    }

    private static func folder(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return String(file[..<slash])
    }

    /// A path from a folder, without the steps up that it begins with where these can be taken.
    private static func joined(_ folder: String, _ path: String) -> String {
        var steps = folder.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        while steps.last == "" { steps.removeLast() }
        for step in path.split(separator: "/").map(String.init) {
            if step == "..", let last = steps.last, last != "..", last != ".", last != "" {
                steps.removeLast()
            } else {
                steps.append(step)
            }
        }
        return steps.joined(separator: "/")
    }

    private static func ownCard(of item: ContestItem, beside file: String) -> String? {
        let folder = folder(of: file)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().first { $0.hasPrefix(item.id.text + "-") && $0.hasSuffix(".yaml") }
            .map { folder + "/" + $0 }
    }
}
