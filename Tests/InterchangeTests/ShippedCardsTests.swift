import Competition
import Exact
import Findings
import Foundation
import Interchange
import Testing

@Suite("The 108 cards")
struct ShippedCardsTests {
    static let items: [ContestItem] = {
        let folder = ShippedCards.root.appendingPathComponent("Events/liaoning-2022").path
        return (try? EventFolder.read(folder))?.event.items ?? []
    }()

    static let standards: [String: [StandardSection]] = {
        let path = ShippedCards.root.appendingPathComponent("Scorecards/wsos-2026.csv").path
        guard let text = try? TextFile.read(path) else { return [:] }
        return (try? StandardsFile.read(text, file: path)) ?? [:]
    }()

    /// The card of an item, by the code that its file's name begins with.
    private static func card(_ item: ContestItem) throws -> (file: String, card: Scorecard) {
        let files = ShippedCards.items.filter { $0.key.hasPrefix(item.id.text + "-") }
        let (file, card) = try #require(files.first, "\(item.id.text)")
        #expect(files.count == 1)
        return (file, card)
    }

    @Test("there is one for each of the 108 items, under its name")
    func all() throws {
        #expect(Self.items.count == 108)
        #expect(ShippedCards.items.count == 108)
        for item in Self.items {
            let (file, card) = try Self.card(item)
            #expect(card.id == file)
            #expect(card.title == item.title)
        }
    }

    @Test("each has 30 aspects or more and a total of 100, or the trade's own")
    func size() throws {
        // 石油钻井: 30 for theory, 70 for the oral account, 100 for practical work.
        let own = ["M19": Rational(200)]
        for item in Self.items {
            let (file, card) = try Self.card(item)
            #expect(card.parts.flatMap(\.aspects).count >= 30, "\(file)")
            #expect(card.total.max == own[item.id.text] ?? Rational(100), "\(file)")
        }
    }

    @Test("each judgement has four benchmark texts that differ")
    func levels() throws {
        for (file, card) in ShippedCards.items {
            for aspect in card.parts.flatMap(\.aspects) {
                guard case .judgement(_, _, let levels) = aspect.marking else { continue }
                #expect(Set(levels.map(\.zh)).count == 4, "\(file) \(aspect.id.text)")
                #expect(Set(levels.map(\.en)).count == 4, "\(file) \(aspect.id.text)")
            }
        }
    }

    @Test("each is marked by eye somewhere, and mostly measured")
    func method() throws {
        let most = try Rational(7, over: 10)
        for (file, card) in ShippedCards.items {
            let share = try CardStatistics(card).judgementShare
            #expect(
                share > .zero && share < most,
                "\(file): \(share.shortest)"
            )
        }
    }

    @Test("every text stands in both languages")
    func languages() throws {
        func isHan(_ text: String) -> Bool {
            text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        }
        // A roughness is written alike in both.
        let alike = ["Ra 50 μm"]
        for (file, card) in ShippedCards.items {
            for text in Self.texts(card) where !alike.contains(text.zh) {
                #expect(isHan(text.zh), "\(file): \(text.zh)")
                #expect(!isHan(text.en), "\(file): \(text.en)")
            }
        }
    }

    @Test("the head says that it is Laurel's own reference and no event's, and names the standard")
    func head() throws {
        for item in Self.items {
            let (file, card) = try Self.card(item)
            let path = ShippedCards.root.appendingPathComponent("Scorecards/\(file).yaml").path
            let lines = try TextFile.read(path).split(separator: "\n").prefix { $0.hasPrefix("#") }
            let head = lines.joined(separator: "\n")
            #expect(head.contains("为 Laurel 编写的参考评分表"), "\(file)")
            #expect(head.contains("不是任何赛事的官方评分标准"), "\(file)")
            #expect(head.contains("a reference scheme written for Laurel"), "\(file)")
            #expect(head.contains("not the official scheme of any event"), "\(file)")
            let standard =
                item.worldSkillsNumber.map { "skill \($0)." } ?? "the practice of national"
            #expect(lines.contains { $0.hasPrefix("# 依据:") }, "\(file)")
            #expect(
                lines.contains { $0.hasPrefix("# Standard:") && $0.contains(standard) },
                "\(file)"
            )
            #expect(card.standard?.skill == item.worldSkillsNumber, "\(file)")
            #expect(card.standard != nil && card.note?.en.contains("reference") == true, "\(file)")
        }
    }

    @Test("the 59 with a WorldSkills counterpart are within five percent of its standard")
    func allocation() throws {
        let items = Self.items.filter { $0.worldSkillsNumber != nil }
        #expect(items.count == 59)
        for item in items {
            let (file, card) = try Self.card(item)
            let sections = try #require(
                item.worldSkillsNumber.flatMap { Self.standards[$0] },
                "\(file)"
            )
            let allocation = try StandardAllocation(card, sections: sections)
            #expect(allocation.isWithin, "\(file): \(allocation.variation.shortest)")
            for share in try card.shares() where share.marks != .zero {
                #expect(share.aspect.section != nil, "\(file) \(share.aspect.id.text)")
            }
        }
    }

    @Test("no aspect's text is shared by more than three trades, but for safety, order and time")
    func shared() throws {
        let common = ["安全", "防护", "整洁", "整理", "清洁", "收工", "用时", "safe", "tidy", "order", "time"]
        var trades: [String: Set<String>] = [:]
        for (file, card) in ShippedCards.items {
            for aspect in card.parts.flatMap(\.aspects) {
                for title in [aspect.title.zh, aspect.title.en] {
                    let plain = title.lowercased().filter { $0.isLetter || $0.isNumber }
                    trades[plain, default: []].insert(file)
                }
            }
        }
        for (title, files) in trades.sorted(by: { $0.key < $1.key }) where files.count > 3 {
            #expect(common.contains(where: title.contains), "\(title): \(files.sorted())")
        }
    }

    @Test("the table of standards has 64 skills of 100 and is that of the fixtures")
    func table() throws {
        #expect(Self.standards.count == 64)
        #expect(Self.standards.values.reduce(0) { $0 + $1.count } == 458)
        let fixture = ShippedCards.root.appendingPathComponent("../shared/fixtures/wsos-2026.csv")
            .standardizedFileURL.path
        guard FileManager.default.fileExists(atPath: fixture) else { return }
        #expect(try StandardsFile.read(TextFile.read(fixture), file: fixture) == Self.standards)
    }

    @Test("a table of standards that can't be read is refused, all rows at once")
    func brokenTable() {
        let text =
            "skill_number,section_number,section_title,weight_percent\n1,1,A,60\n1,x,B,40\n1,2,C,y\n"
        do {
            _ = try StandardsFile.read(text, file: "s.csv")
            Issue.record("was read")
        } catch {
            #expect(
                error.findings.map { $0.rendered(in: .en) } == [
                    "s.csv: error: the sections of skill 1 do not add up to 100 [standard.weights]",
                    "s.csv:3:3: error: expected a section from 1 to 99 and a weight that is a number [standard.section]",
                    "s.csv:4:3: error: expected a section from 1 to 99 and a weight that is a number [standard.section]",
                ]
            )
        }
    }

    private static func texts(_ card: Scorecard) -> [Text] {
        func texts(_ node: CardNode) -> [Text] {
            switch node.content {
            case .nodes(let nodes): [node.title] + nodes.flatMap(texts)
            case .aspects(let aspects): [node.title] + aspects.flatMap(Self.texts)
            }
        }
        let head = [card.title, card.note, card.standard?.title].compactMap(\.self)
        return head + card.parts.flatMap(texts)
    }

    private static func texts(_ aspect: Aspect) -> [Text] {
        let own = [aspect.title, aspect.description, aspect.requirement].compactMap(\.self)
        switch aspect.marking {
        case .judgement(_, _, let levels): return own + levels
        case .options(let options): return own + options.compactMap(\.title)
        default: return own
        }
    }
}
