import Competition
import Desk
import Exact
import Findings
import Foundation
import Ledger
import Scoring
import Seal
import Secretariat
import Terminal

/// A real sheet typed by script: the sub-criterion with most aspects of the EuroSkills 2023 scheme,
/// which lies beside the project.
struct DeskTrial {
    let folder: String

    static let scheme = "../shared/fixtures/euroskills_2023_web_marking_scheme.xlsx"

    func run(_ row: (String, String, String) -> Void) throws {
        guard FileManager.default.fileExists(atPath: Self.scheme) else { return }
        let office = try office()
        let item = try office.item("T01").id
        var ring = try Keyring(path: folder + "/keys.json", pin: "1", cost: .rehearsal)
        let root = try ring.key("organiser")
        let recorder = try ring.make("R-1")
        _ = try office.say(
            .appoint,
            Office.appointment(
                name: "R-1",
                key: recorder.verifying,
                role: .recorder,
                person: "P-R",
                item: "T01",
                delegation: nil
            ),
            by: root
        )
        let desk = try MarkingDesk(office: office, item: item, name: "R-1", ring: ring)
        let screen = JudgeScreen(desk: desk, language: .en)
        // Sub-criteria are parts of one sheet: the longest run of fields of one of them.
        let fields = desk.fields(in: .entrant)
        let groups = Dictionary(grouping: fields) { field in
            "\(field.task)/" + desk.slot(field).aspect.id.text.prefix { $0 != "." }
        }
        guard let longest = groups.values.max(by: { $0.count < $1.count }) else { return }
        let values = longest.compactMap { fields.firstIndex(of: $0) }
        guard let first = values.first else { return }
        for _ in 0..<first { _ = screen.press(.down) }
        var random = SeededTrial(state: 2023)
        let size = Size(rows: 24, columns: 80)
        var (keys, figures) = (0, 0)
        let clock = ContinuousClock()
        let time = clock.measure {
            for field in longest {
                let text = value(desk.slot(field).aspect, &random)
                figures += text.count
                let before = desk.progress.entered
                for key in text {
                    _ = screen.press(.character(key))
                    _ = screen.frame(size)
                    keys += 1
                }
                if desk.progress.entered == before {
                    _ = screen.press(.enter)
                    _ = screen.frame(size)
                    keys += 1
                }
            }
        }
        guard desk.progress.entered == longest.count else {
            row("the judge's desk: a real sheet by script", "failed", "not every value was taken")
            return
        }
        let milliseconds =
            Int(time.components.seconds * 1000)
            + Int(time.components.attoseconds / 1_000_000_000_000_000)
        row(
            "the judge's desk: EuroSkills 2023, the sub-criterion with most aspects, by script",
            "\(longest.count) values, \(keys) keys, \(milliseconds) ms",
            String(
                format: "%.2f keys a value beyond its figures (target 1.5); every value synced",
                Double(keys - figures) / Double(longest.count)
            )
        )
    }

    private func value(_ aspect: Aspect, _ random: inout SeededTrial) -> String {
        if case .fullOrZero = aspect.marking { return random.next(2) == 0 ? "n" : "y" }
        if case .options(let options) = aspect.marking {
            return options[random.next(options.count)].code.shortest
        }
        let range = aspect.marking.range
        let steps = try? range.greatest.minus(range.least).divided(by: range.step)
        let count = Int(steps?.numerator ?? 0) + 1
        let value = try? range.least.plus(range.step.times(Rational(random.next(count))))
        return value?.shortest ?? "0"
    }

    private func office() throws -> Office {
        let event = folder + "/event"
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true
        )
        try FileManager.default.copyItem(atPath: "Tests/Fixtures/tiny-event", toPath: event)
        guard let text = ScorecardDesk.importScheme(Self.scheme).text else {
            throw CocoaError(.fileReadCorruptFile)
        }
        try text.write(toFile: event + "/card.yaml", atomically: true, encoding: .utf8)
        var ring = try Keyring(path: folder + "/keys.json", pin: "1", cost: .rehearsal)
        let root = try ring.make("organiser")
        try ring.save()
        let office = try Office.create(
            folder: event,
            into: folder + "/trial.laurel",
            root: root,
            person: "P-organiser",
            isRehearsal: true
        )
        let entrant = RosterEntrant(
            id: "T01-001",
            item: "T01",
            delegation: "990300",
            group: "worker",
            isGuest: false,
            members: [["name": .string("虚思远"), "id_number": .string("219900199001010014")]]
        )
        _ = try office.register([entrant], by: root)
        for number in 1...3 {
            let judge = try ring.make("J-\(number)")
            _ = try office.say(
                .appoint,
                Office.appointment(
                    name: "J-\(number)",
                    key: judge.verifying,
                    role: .judge,
                    person: "P-\(number)",
                    item: "T01",
                    delegation: nil
                ),
                by: root
            )
        }
        return office
    }
}

/// Numbers from a seed.
struct SeededTrial {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int((state >> 33) % UInt64(max(1, bound)))
    }
}
