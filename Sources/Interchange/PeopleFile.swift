internal import Competition
public import Findings
public import Rules

/// People's facts as a table: a row a person, a column a fact.
///
/// A column bears the fact's name or its Chinese title; `name`, `id_number`, `city` and `credit_code`
/// (of the employer) stand beside them. An empty cell is not known, which is not the same as none: `none` or `无` is that.
public enum PeopleFile {
    /// One person as the table has them.
    public struct Person: Sendable {
        /// The line of the table.
        public let line: Int
        /// The name; empty where none is given.
        public let name: String
        /// The code of the city, if given.
        public let city: String?
        /// The identity number, if given.
        public let idNumber: String?
        /// What is known.
        public let facts: Facts
    }

    /// What a file of people holds.
    public struct Reading: Sendable {
        /// The people, in the order of the table.
        public let people: [Person]
        /// What was found in the other rows.
        public let findings: [Finding]
        /// How many rows were left out.
        public let leftOut: Int
    }

    private enum Column {
        case name
        case idNumber
        case city
        case creditCode
        case fact(FactDeclaration)
    }

    /// Reads the table; a row with errors is left out, the others stand.
    ///
    /// - Parameters:
    ///   - table: the table.
    ///   - vocabulary: the facts there are.
    /// - Returns: the people, in the order of the table, and what was found in the other rows.
    /// - Throws: a ``Findings/Refusal`` where the header names what there is not.
    public static func read(
        _ table: CSVTable,
        vocabulary: Vocabulary
    ) throws(Refusal) -> (people: [Person], findings: [Finding]) {
        let columns = try columns(table, vocabulary)
        var people: [Person] = []
        var findings: [Finding] = []
        for row in table.rows {
            let reader = TreeReader()
            let person = person(row, table, columns, vocabulary, reader)
            if reader.findings.hasErrors {
                findings += reader.findings
            } else {
                people.append(person)
            }
        }
        return (people, findings.sorted())
    }

    /// Reads a table from a file: a workbook where it is one, else a table of text.
    ///
    /// - Parameters:
    ///   - path: the file.
    ///   - vocabulary: the facts there are.
    /// - Returns: the people, and what was found in the other rows.
    /// - Throws: a ``Findings/Refusal`` where it is neither, or the header names what there is not.
    public static func read(
        path: String,
        vocabulary: Vocabulary
    ) throws(Refusal) -> Reading {
        let bytes = try TextFile.bytes(path)
        guard path.lowercased().hasSuffix(".xlsx") || bytes.starts(with: [0x50, 0x4B, 3, 4]) else {
            let table = try CSVTable(try TextFile.decode(bytes, file: path), file: path)
            let (people, findings) = try read(table, vocabulary: vocabulary)
            return Reading(
                people: people,
                findings: findings,
                leftOut: table.rows.count - people.count
            )
        }
        let book = try Workbook.read(bytes, name: path)
        let (table, faults) = try CSVTable.first(of: book, file: path)
        let (people, findings) = try read(table, vocabulary: vocabulary)
        let bad = Set(faults.map(\.line))
        let good = people.filter { !bad.contains($0.line) }
        return Reading(
            people: good,
            findings: (findings + faults.map(\.finding)).sorted(),
            leftOut: table.rows.count - good.count
        )
    }

    private static func columns(
        _ table: CSVTable,
        _ vocabulary: Vocabulary
    ) throws(Refusal) -> [Column] {
        var findings: [Finding] = []
        var columns: [Column] = []
        var facts: Set<String> = []
        for name in table.header {
            let fact = vocabulary.declarations.first { $0.name == name || $0.title.zh == name }
            switch name {
            case "name", "姓名": columns.append(.name)
            case "id_number", "身份证号": columns.append(.idNumber)
            case "city", "城市", "参保地": columns.append(.city)
            case "credit_code", "统一社会信用代码": columns.append(.creditCode)
            default:
                if let fact, fact.name != "decision_date", facts.insert(fact.name).inserted {
                    columns.append(.fact(fact))
                    continue
                }
                findings.append(
                    Finding(
                        "people.column",
                        Text(
                            "不认识的列或重复的列“\(name)”",
                            "the column \"\(name)\" is not known, or stands twice"
                        ),
                        at: Place(file: table.file, line: 1)
                    )
                )
            }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return columns
    }

    private static func person(
        _ row: CSVTable.Row,
        _ table: CSVTable,
        _ columns: [Column],
        _ vocabulary: Vocabulary,
        _ reader: TreeReader
    ) -> Person {
        let conditions = ConditionReader(reader: reader, vocabulary: vocabulary, documents: [])
        var name = ""
        var city: String?
        var number: (NationalID, Place)?
        var facts = Facts()
        for (index, column) in columns.enumerated() {
            let text = row.fields[index].trimmingBlanks()
            let place = table.place(row, index)
            guard !text.isEmpty else { continue }
            switch column {
            case .name: name = text
            case .city:
                city = text
                if !isCity(text) {
                    reader.report(
                        "person.city",
                        "“\(text)”不是行政区划代码(六位,如 210100)",
                        "\"\(text)\" is no code of a city (six digits, such as 210100)",
                        at: place
                    )
                }
            case .idNumber:
                if let id = try? NationalID(text) {
                    number = (id, place)
                } else {
                    PersonFile.report(text, reader, at: place)
                }
            case .creditCode:
                if let flaw = CreditCode.flaw(of: text) {
                    reader.report(
                        "person.credit-code",
                        "统一社会信用代码不成立:\(flaw.text.zh)",
                        "no unified social credit code: \(flaw.text.en)",
                        at: place
                    )
                }
            case .fact(let fact):
                facts[fact.name] = conditions.value(cell(text, fact, place), fact)
            }
        }
        if let (id, place) = number {
            PersonFile.add(id, to: &facts, vocabulary, reader, at: place)
        }
        return Person(
            line: row.line,
            name: name,
            city: city,
            idNumber: number?.0.text,
            facts: facts
        )
    }

    /// The cell as a data file would have it: lists are parted, 是 and 否 are truths.
    private static func cell(_ text: String, _ fact: FactDeclaration, _ place: Place) -> DataNode {
        switch fact.type {
        case .words:
            let parts = text.split { ";;、,,".contains($0) }.map { String($0).trimmingBlanks() }
            let words = ["none", "无"].contains(text) ? [] : parts.filter { !$0.isEmpty }
            return DataNode(.list(words.map { DataNode(.scalar($0), at: place) }), at: place)
        case .truth:
            let truth = ["是": "true", "否": "false", "TRUE": "true", "FALSE": "false"][text] ?? text
            return DataNode(.scalar(truth), at: place)
        default: return DataNode(.scalar(text), at: place)
        }
    }

    /// Six digits of a province that there is, and within Liaoning of one of its cities.
    ///
    /// Source: GB/T 2260: the first two digits, and for Liaoning (21) the first four, 2101 to 2114.
    /// The cities of the other provinces are in no source of ours.
    static func isCity(_ text: String) -> Bool {
        let provinces = [11...15, 21...23, 31...37, 41...46, 50...54, 61...65, 71...71, 81...82]
        guard text.utf8.count == 6, text.utf8.allSatisfy({ (48...57).contains($0) }),
            let province = Int(text.prefix(2))
        else { return false }
        guard provinces.contains(where: { $0.contains(province) }) else { return false }
        let city = Int(text.dropFirst(2).prefix(2)) ?? 0
        return province != 21 || (0...14).contains(city)
    }
}
