internal import Competition
internal import Findings
internal import Interchange
internal import Ledger
internal import Seal

/// Reads the organiser's table of entrants.
enum EntrantRoster {
    private static let personal = [
        "name", "id_number", "employer", "employer_city", "insured_city", "phone", "skill_level",
        "employed", "titles", "credit_code", "certificate_name", "certificate_number",
        "certificate_date", "social_security_card",
    ]

    /// What a column may hold, where it is not free.
    private static let words = [
        "skill_level": SkillLevel.words, "employed": ["yes", "no"],
    ]

    static func read(
        _ table: CSVTable,
        catalogue: Catalogue
    ) throws(Refusal) -> [RosterEntrant] {
        var findings: [Finding] = []
        for name in ["entrant", "item", "delegation", "name", "id_number"]
        where table.column(name) == nil {
            findings.append(
                Finding(
                    "csv.missing-column",
                    Text("缺少列 \(name)", "the column \(name) is missing"),
                    at: Place(file: table.file, line: 1, column: 1)
                )
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        var entrants: [String: RosterEntrant] = [:]
        for row in table.rows {
            func field(_ name: String) -> String {
                table.column(name).map { row.fields[$0].trimmingBlanks() } ?? ""
            }
            findings += faults(row, table, catalogue, field)
            var members = entrants[field("entrant")]?.members ?? []
            members.append(
                .object(
                    personal.compactMap { name in
                        // One human is one number: x and X are the same.
                        let text = name == "id_number" ? field(name).uppercased() : field(name)
                        return text.isEmpty ? nil : JSONValue.Member(name, .string(text))
                    }
                )
            )
            entrants[field("entrant")] = RosterEntrant(
                id: field("entrant"),
                item: field("item"),
                delegation: field("delegation"),
                group: field("group"),
                isGuest: ["1", "true", "yes", "是"].contains(field("guest").lowercased()),
                members: members
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return entrants.values.sorted { $0.id < $1.id }
    }

    private static func faults(
        _ row: CSVTable.Row,
        _ table: CSVTable,
        _ catalogue: Catalogue,
        _ field: (String) -> String
    ) -> [Finding] {
        func fault(_ column: String, _ code: String, _ zh: String, _ en: String) -> Finding {
            Finding(code, Text(zh, en), at: table.place(row, table.column(column) ?? 0))
        }
        var findings: [Finding] = []
        if EntrantID(field("entrant")) == nil {
            findings.append(
                fault("entrant", "entrant.code", "选手编号不成立", "this is no entrant's code")
            )
        }
        if ItemID(field("item")).flatMap(catalogue.event.item) == nil {
            findings.append(
                fault(
                    "item",
                    "item.unknown",
                    "没有比赛项目“\(field("item"))”",
                    "there is no item \"\(field("item"))\""
                )
            )
        }
        if DelegationID(field("delegation")).flatMap(catalogue.event.delegation) == nil {
            findings.append(
                fault(
                    "delegation",
                    "entrants.delegation",
                    "没有代表队“\(field("delegation"))”",
                    "there is no delegation \"\(field("delegation"))\""
                )
            )
        }
        if field("name").isEmpty {
            findings.append(fault("name", "entrant.name", "缺少姓名", "the name is missing"))
        }
        for (column, known) in words.sorted(by: { $0.key < $1.key })
        where !field(column).isEmpty && !known.contains(field(column)) {
            let list = known.joined(separator: ", ")
            findings.append(
                fault(
                    column,
                    "entrant.\(column)",
                    "“\(field(column))”应为以下之一:\(list);不知道就留空",
                    "\"\(field(column))\": expected one of \(list), or nothing where it is not known"
                )
            )
        }
        if !field("credit_code").isEmpty, let flaw = CreditCode.flaw(of: field("credit_code")) {
            findings.append(
                fault(
                    "credit_code",
                    "person.credit-code",
                    "统一社会信用代码不成立:\(flaw.text.zh)",
                    "no unified social credit code: \(flaw.text.en)"
                )
            )
        }
        do throws(NationalID.Flaw) {
            _ = try NationalID(field("id_number"))
        } catch {
            let (zh, en) =
                switch error {
                case .form: ("应为 17 位数字加 1 位数字或 X", "expected 17 digits and a digit or X")
                case .check: ("校验码不符", "the check character does not fit")
                case .birthDate: ("第 7–14 位不是日期", "digits 7 to 14 are no day")
                }
            findings.append(
                fault("id_number", "person.id-number", "身份证号不成立:\(zh)", "no identity number: \(en)")
            )
        }
        return findings
    }
}
