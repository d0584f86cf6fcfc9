internal import Competition
public import Findings
public import Rules

/// A person's facts as a file: a map of fact names and values, with a name and an ID number.
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
    ) throws(Refusal) -> (name: String, facts: Facts) {
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
        var number: (NationalID, Place)?
        var rest: [DataNode.Entry] = []
        for entry in entries {
            switch entry.key {
            case "name": name = reader.string(entry.value) ?? ""
            case "id_number":
                guard let text = reader.string(entry.value) else { continue }
                guard let id = try? NationalID(text) else {
                    reader.report(
                        "person.id-number",
                        "身份证号不成立",
                        "this is no identity number",
                        at: entry.value.place
                    )
                    continue
                }
                number = (id, entry.value.place)
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
        return (name, facts)
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
