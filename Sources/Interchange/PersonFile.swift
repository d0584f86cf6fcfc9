internal import Competition
public import Findings
public import Rules

/// A person's facts as a file: a map of fact names and values, with a name, an ID number, the code of
/// a city and the credit code of the employer.
public enum PersonFile {
    /// Reads the facts.
    ///
    /// Birth date and sex are read from `id_number`; where the file states others, that is a
    /// finding.
    ///
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(
        _ text: String,
        file: String,
        vocabulary: Vocabulary
    ) throws(Refusal) -> (name: String, city: String?, facts: Facts) {
        let tree = try YAMLFile.parse(text, file: file)
        let reader = TreeReader()
        guard case .map(let entries) = tree.value else {
            throw Refusal(
                "data.shape",
                Text("此处应为键和值", "expected keys with values"),
                at: tree.place
            )
        }
        var name = ""
        var city: String?
        var number: (NationalID, Place)?
        var rest: [DataNode.Entry] = []
        for entry in entries {
            switch entry.key {
            case "name": name = reader.string(entry.value) ?? ""
            case "id_number":
                guard let text = reader.string(entry.value) else { continue }
                guard let id = try? NationalID(text) else {
                    report(text, reader, at: entry.value.place)
                    continue
                }
                number = (id, entry.value.place)
            case "city":
                city = reader.string(entry.value)
                if let text = city, !PeopleFile.isCity(text) {
                    reader.report(
                        "person.city",
                        "“\(text)”不是行政区划代码(六位,如 210100)",
                        "\"\(text)\" is no code of a city (six digits, such as 210100)",
                        at: entry.value.place
                    )
                }
            case "credit_code":
                if let text = reader.string(entry.value), let flaw = CreditCode.flaw(of: text) {
                    reader.report(
                        "person.credit-code",
                        "统一社会信用代码不成立:\(flaw.text.zh)",
                        "no unified social credit code: \(flaw.text.en)",
                        at: entry.value.place
                    )
                }
            default: rest.append(entry)
            }
        }
        let conditions = ConditionReader(reader: reader, vocabulary: vocabulary, documents: [])
        var facts =
            FactsReader(reader: reader, conditions: conditions).facts(
                DataNode(.map(rest), at: tree.place)
            ) ?? Facts()
        if let (id, place) = number {
            add(id, to: &facts, vocabulary, reader, at: place)
        }
        guard !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        return (name, city, facts)
    }

    /// Says why a text is no identity number; the number itself is not repeated.
    static func report(_ text: String, _ reader: TreeReader, at place: Place) {
        var reason = Text("应为 17 位数字加 1 位数字或 X", "expected 17 digits and a digit or X")
        do throws(NationalID.Flaw) {
            _ = try NationalID(text)
        } catch .check {
            reason = Text("校验码不符", "the check character does not fit")
        } catch .birthDate {
            reason = Text("第 7–14 位不是日期", "digits 7 to 14 are no day")
        } catch {}
        reader.report(
            "person.id-number",
            "身份证号不成立:\(reason.zh)",
            "this is no identity number: \(reason.en)",
            at: place
        )
    }

    /// Adds what an identity number states; what the file states otherwise is a finding.
    static func add(
        _ id: NationalID,
        to facts: inout Facts,
        _ vocabulary: Vocabulary,
        _ reader: TreeReader,
        at place: Place
    ) {
        let read: [(String, FactValue)] = [
            ("birth_date", .day(id.birthDate)), ("sex", .word(id.isFemale ? "female" : "male")),
        ]
        for (fact, value) in read where vocabulary[fact] != nil {
            if let stated = facts[fact], stated != value {
                reader.report(
                    "person.contradiction",
                    "\(fact) 与身份证号所示(\(value.text.zh))不符",
                    "\(fact) contradicts the identity number (\(value.text.en))",
                    at: place
                )
            }
            facts[fact] = value
        }
    }
}
