import Competition
import Findings
import Foundation
import GRDB
import Ledger
import Scoring
import Seal
import Secretariat

/// Speed and size, each figure beside a ceiling or a peer of the same run.
///
/// `LaurelBench EVENTFOLDER SCRATCH` prints a table in Markdown; `LaurelBench tally FILE` counts one
/// record, for a profiler; `LaurelBench publishing FILE` prints and publishes a record that has
/// results; `LaurelBench desk SCRATCH` types one sheet at the judge's desk;
/// `LaurelBench eligibility SCRATCH` decides a million people by all policies;
/// `LaurelBench server SCRATCH [SECONDS]` loads a server on loopback, 60 seconds unless told;
/// `LaurelBench killed SCRATCH [TIMES]` kills it during load, 50 times unless told.
@main
struct LaurelBench {
    static func main() throws {
        let arguments = CommandLine.arguments
        guard (3...4).contains(arguments.count) else {
            print("usage: LaurelBench EVENTFOLDER SCRATCH")
            return
        }
        let number = arguments.count == 4 ? Int(arguments[3]) : nil
        if arguments[1] == "server" {
            let bench = LaurelBench(events: "", scratch: arguments[2])
            let load = ServerBench(folder: bench.scratch + "/server", seconds: number ?? 60)
            return try load.run(bench.row)
        }
        if arguments[1] == "killed" {
            let bench = LaurelBench(events: "", scratch: arguments[2])
            let kills = KilledServer(folder: bench.scratch + "/killed", times: number ?? 50)
            return try kills.run(bench.row)
        }
        if arguments[1] == "desk" {
            let bench = LaurelBench(events: "", scratch: arguments[2])
            return try DeskTrial(folder: bench.scratch + "/desk").run(bench.row)
        }
        if arguments[1] == "eligibility" {
            let bench = LaurelBench(events: "", scratch: arguments[2])
            let people = EligibilityBench(policies: "Policies", folder: bench.scratch + "/people")
            return try people.run(bench.row)
        }
        if arguments[1] == "tally" {
            print(try ProvinceBench.tallied(arguments[2]))
            return
        }
        if arguments[1] == "publishing" {
            let bench = LaurelBench(events: "", scratch: NSTemporaryDirectory())
            let office = try Office.open(arguments[2])
            return try PublishingBench().run(office, into: bench.scratch, bench.row)
        }
        let bench = LaurelBench(events: arguments[1], scratch: arguments[2])
        print("| what | figure | beside it |\n|---|---|---|")
        try TallyBench().run(into: bench.scratch, bench.row)
        try ProvinceBench(events: bench.events, folder: bench.scratch + "/sql").run(bench.row)
        try bench.doors()
        try bench.province()
        try DeskTrial(folder: bench.scratch + "/desk").run(bench.row)
        try EligibilityBench(policies: "Policies", folder: bench.scratch + "/people").run(bench.row)
    }

    let events: String
    let scratch: String

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let clock = ContinuousClock()
        let time = try clock.measure(body)
        return Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
    }

    private func row(_ what: String, _ figure: String, _ beside: String) {
        print("| \(what) | \(figure) | \(beside) |")
    }

    private func short(_ number: Double) -> String { String(format: "%.1f", number) }

    /// A rehearsal of one item whose sheets are kept back, to be handed in under the clock.
    private func doors() throws {
        let statements = try sheets(folder: scratch + "/doors-source")
        let count = min(statements.sheets.count, 2_000)
        let chosen = Array(statements.sheets.prefix(count))
        let raw = try rawDurable(chosen.prefix(500))
        let office = try statements.fresh(scratch + "/single")
        let single = try seconds {
            for sheet in chosen.prefix(500) {
                _ = try office.record.admit([sheet], at: office.now())
            }
        }
        row(
            "one signed sheet a commit, `synchronous = FULL`",
            "\(Int(500 / single)) sheets/s",
            "raw durable insert of the same bytes: \(Int(500 / raw))/s; share \(short(raw / single))"
        )
        try latency(Array(statements.sheets.suffix(400)), statements)
        let rawBatch = try rawDurable(chosen[...], batch: 100)
        let batched = try statements.fresh(scratch + "/batched")
        let batch = try seconds {
            for start in stride(from: 0, to: count, by: 100) {
                let part = Array(chosen[start..<min(start + 100, count)])
                _ = try batched.record.admit(part, at: batched.now())
            }
        }
        row(
            "signed sheets in batches of 100",
            "\(Int(Double(count) / batch)) sheets/s",
            "raw batches of 100: \(Int(Double(count) / rawBatch))/s; share \(String(format: "%.2f", rawBatch / batch))"
        )
        let verify = seconds { for sheet in chosen { _ = sheet.isGenuine } }
        row(
            "signature checks alone, one thread",
            "\(Int(Double(count) / verify))/s",
            ""
        )
    }

    /// The slowest hundredth of single admissions, beside a raw durable insert and a signature check.
    private func latency(_ sheets: [SignedStatement], _ held: Held) throws {
        let office = try held.fresh(scratch + "/latency")
        var admissions: [Double] = []
        var inserts: [Double] = []
        var checks: [Double] = []
        let path = scratch + "/latency.sqlite"
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try queue.write { try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)") }
        for sheet in sheets {
            admissions.append(
                try seconds { _ = try office.record.admit([sheet], at: office.now()) }
            )
            inserts.append(
                try seconds {
                    try queue.write { db in
                        let insert = try db.cachedStatement(sql: "INSERT INTO t (b) VALUES (?)")
                        try insert.execute(arguments: [Data(sheet.bytes)])
                    }
                }
            )
            checks.append(seconds { _ = sheet.isGenuine })
        }
        func at(_ share: Double, _ times: [Double]) -> Double {
            let sorted = times.sorted()
            return sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))] * 1_000
        }
        let floor = at(0.5, inserts) + at(0.5, checks)
        row(
            "one signed sheet admitted: median and slowest hundredth",
            "\(short(at(0.5, admissions))) ms, \(short(at(0.99, admissions))) ms",
            "raw insert and signature check: median \(short(floor)) ms, slowest hundredth \(short(at(0.99, inserts) + at(0.99, checks))) ms"
        )
    }

    /// Inserts of the same bytes into a bare table, each batch durable.
    private func rawDurable(_ sheets: ArraySlice<SignedStatement>, batch: Int = 1) throws -> Double
    {
        let path = scratch + "/raw-\(batch).sqlite"
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try queue.write { try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)") }
        return try seconds {
            var rest = sheets
            while !rest.isEmpty {
                let part = rest.prefix(batch)
                rest = rest.dropFirst(batch)
                try queue.write { db in
                    let insert = try db.cachedStatement(sql: "INSERT INTO t (b) VALUES (?)")
                    for sheet in part { try insert.execute(arguments: [Data(sheet.bytes)]) }
                }
            }
        }
    }

    private struct Held {
        let sheets: [SignedStatement]
        let source: String

        /// A copy of the record as it was before the first sheet.
        func fresh(_ path: String) throws -> Office {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
            try FileManager.default.copyItem(
                atPath: source + "/before.laurel",
                toPath: path + "/x.laurel"
            )
            return try Office.open(path + "/x.laurel")
        }
    }

    private func sheets(folder: String) throws -> Held {
        var settings = Rehearsal.Settings(eventFolder: events, folder: folder)
        settings.items = 6
        settings.vault = .rehearsal
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        try rehearsal.office.record.backup(to: folder + "/before.laurel")
        try rehearsal.mark()
        let record = rehearsal.office.record
        var sheets: [SignedStatement] = []
        for position in 1...(try record.length()) {
            if let signed = try record.statement(at: position), signed.statement.kind == .sheet {
                sheets.append(signed)
            }
        }
        return Held(sheets: sheets, source: folder)
    }

    /// The province at real size: from its closed file to the standings of all items in memory.
    private func province() throws {
        let settings = Rehearsal.Settings(eventFolder: events, folder: scratch + "/province")
        var rehearsal = try Rehearsal(settings) { _ in }
        let making = try seconds {
            try rehearsal.appoint()
            try rehearsal.register()
            try rehearsal.mark()
        }
        let size = rehearsal.size
        row(
            "the whole rehearsal: generate, sign, admit, confirm, lock",
            "\(short(making)) s",
            "\(size.entrants) entrants, \(size.sheets) sheets, \(size.marks) marks"
        )
        let path = settings.folder + "/liaoning.laurel"
        let bytes = try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
        let before = Self.peakKilobytes()
        let (tally, ranked) = try ProvinceBench.tallied(path)
        row(
            "the province tallied from its closed file to standings in memory",
            "\(Int(tally * 1000)) ms",
            "\(ranked) entrants ranked; file \(bytes >> 20) MiB; peak of the process \(Self.peakKilobytes() >> 10) MiB (\(before >> 10) before)"
        )
        let audit = try seconds {
            let report = try rehearsal.office.record.audit()
            guard report.findings.isEmpty else { throw Refusal(report.findings) }
        }
        row(
            "audit verify of the province",
            "\(short(audit)) s",
            "every hash and signature, all tables rebuilt"
        )
        _ = try rehearsal.publish()
        _ = try rehearsal.honour()
        try PublishingBench().run(rehearsal.office, into: settings.folder, row)
    }

    private static func peakKilobytes() -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") }
        return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
    }
}
