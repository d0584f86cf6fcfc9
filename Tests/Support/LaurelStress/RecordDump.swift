import Competition
import Findings
import Foundation
import GRDB
import Honours
import Ledger
import Seal
import Scoring
import Secretariat
import Snapshots

/// All that can be read of a record, by name: through every call of the office and the record that
/// reads, and from every table by its rows and by each of its indexes.
struct RecordDump {
    private(set) var values: [String: String] = [:]
    private var names: [String] = []

    init(_ path: String) throws {
        let office = try Office.open(path)
        try event(office)
        for item in office.catalogue.event.items { try self.item(item.id, office) }
        try chain(office.record)
        try results(office)
        try tables(path)
    }

    /// The names of what differs from another dump, in the order of the reading.
    func differences(from other: RecordDump) -> [String] {
        var seen: Set<String> = []
        return (other.names + names).filter {
            values[$0] != other.values[$0] && seen.insert($0).inserted
        }
    }

    private mutating func add(_ name: String, _ value: Any) {
        values[name] = "\(value)"
        names.append(name)
    }

    private mutating func event(_ office: Office) throws {
        let catalogue = office.catalogue
        let event = catalogue.event
        // One by one: a dictionary prints in another order each time.
        add("event", [event.id.text, "\(event.title)", "\(event.days)", "\(event.tracks)"])
        add("event items", event.items)
        add("event delegations", event.delegations)
        add("event notes", "\(event.notes) \(event.appealMinutes)")
        add("event roles", event.roles.map { "\($0.key) \($0.value)" }.sorted())
        for (item, card) in catalogue.cards.sorted(by: { $0.key < $1.key }) {
            add("card \(item.text)", card)
            add("card hash \(item.text)", catalogue.cardHashes[item]?.hex ?? "")
        }
        add("honour rules", office.honourRules.rules)
        add("honour settings", office.honourRules.settings)
        add("rehearsal", office.isRehearsal)
    }

    private mutating func item(_ item: ItemID, _ office: Office) throws {
        let record = office.record
        add("judges \(item.text)", try record.judges(of: item))
        add("entrants \(item.text)", try record.entrants(of: item))
        add("sheets \(item.text)", try record.sheets(of: item))
        add("replaced \(item.text)", try record.replacedSheets(of: item))
        add("unconfirmed \(item.text)", try record.unconfirmedSheets(of: item))
        add("subjects \(item.text)", try record.subjects(of: item).map { "\($0) \($1.sorted())" })
        add("contested \(item.text)", try record.contested(of: item))
        add("draws \(item.text)", try record.draws(of: item).map { "\($0.layer) \($0.numbers)" })
        add("progress \(item.text)", try record.progress(of: item))
        add("template \(item.text)", try office.template(item))
        for row in try office.standings(of: item).rows {
            add("standing \(row.entrant.id.text)", row)
        }
        let read = try record.reading(item) { reader in
            var sheets: [String] = []
            try reader.eachSheet { sheet in
                sheets.append("\(sheet.unit) \(sheet.entrant) \(sheet.judge) \(Array(sheet.marks))")
            }
            return [
                "\(reader.judges)", "\(try reader.competitors())", "\(try reader.penalties())",
                "\(try reader.orderings().sorted { $0.key < $1.key })",
                "\(try reader.sheetJudges().sorted())", "\(sheets.sorted())",
            ]
        }
        add("reader \(item.text)", read)
    }

    private mutating func chain(_ record: Ledger.Record) throws {
        let length = try record.length()
        add("length", length)
        for position in 0..<length {
            let statement = try record.statement(at: position + 1)
            add("statement \(position + 1)", statement?.bytes.hex ?? "")
            add("signature \(position + 1)", statement?.signature.hex ?? "")
        }
        add("root", try record.leaves().root().hex)
        for kind in ["event", "scorecard", "honours", "snapshot"] {
            for document in try record.documents(kind: kind) {
                add("document \(kind) \(document.name)", document.content.hex)
                let found = try record.document(document.hash)
                add("document by hash \(kind) \(document.name)", found?.content.hex ?? "")
            }
        }
    }

    private mutating func results(_ office: Office) throws {
        let record = office.record
        add("appointments", try record.appointments())
        add("violations", try record.violations())
        add("pending", try record.pending())
        add("publications", try record.publications())
        add("honours", try record.honours())
        add("appeals", try record.appeals())
        if let (hash, snapshot) = try office.published() {
            add("published", hash.hex + snapshot.json.canonicalText)
            add("register", try office.honoursSnapshot())
            add("winners", try office.winners(city: "990100"))
        }
        var members: [Digest] = []
        for item in office.catalogue.event.items {
            members += try record.entrants(of: item.id).flatMap(\.members)
        }
        for member in members {
            add("person \(member.hex)", try record.people([member])[member]?.content ?? .null)
            add("payments \(member.hex)", try record.payments(to: member))
        }
    }

    // MARK: Tables

    private mutating func tables(_ path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        let rows = try DatabaseQueue(path: path, configuration: configuration).read { db in
            var rows: [(String, String)] = []
            let tables = try strings(
                db,
                "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
            )
            for table in tables {
                rows += try all(db, "SELECT * FROM \(table) NOT INDEXED", "table \(table)")
                let indexes = try strings(
                    db,
                    "SELECT name FROM pragma_index_list('\(table)') WHERE origin <> 'pk' ORDER BY 1"
                )
                for index in indexes {
                    let columns = try strings(db, "SELECT name FROM pragma_index_info('\(index)')")
                        .joined(separator: ", ")
                    let condition = try strings(
                        db,
                        """
                        SELECT substr(sql, instr(sql, 'WHERE')) FROM sqlite_master
                        WHERE name = '\(index)' AND instr(sql, 'WHERE') > 0
                        """
                    ).joined()
                    rows += try all(
                        db,
                        """
                        SELECT \(columns) FROM \(table) INDEXED BY \(index) \(condition)
                        ORDER BY \(columns)
                        """,
                        "index \(index)"
                    )
                }
            }
            rows += try all(db, "SELECT type, name, tbl_name, sql FROM sqlite_master", "schema")
            return rows
        }
        for (name, value) in rows { add(name, value) }
    }

    private func strings(_ db: Database, _ sql: String) throws -> [String] {
        try Row.fetchAll(db, sql: sql).compactMap { row in
            row.databaseValues.first.flatMap { String.fromDatabaseValue($0) }
        }
    }

    private func all(
        _ db: Database,
        _ sql: String,
        _ name: String
    ) throws -> [(String, String)] {
        try Row.fetchAll(db, sql: sql).enumerated().flatMap { number, row in
            zip(row.columnNames, row.databaseValues).map { column, value in
                ("\(name) row \(number) column \(column)", Self.text(value))
            }
        }
    }

    private static func text(_ value: DatabaseValue) -> String {
        switch value.storage {
        case .blob(let data): data.hex
        case .string(let text): "'\(text)'"
        default: "\(value)"
        }
    }
}
