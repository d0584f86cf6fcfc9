public import Competition
public import Exact
public import Findings

/// An entrants table: `entrant,name,group,delegation,status` and one column for each outside tie
/// key.
public enum EntrantsFile {
    /// One entrant as the table has it.
    public struct Row: Sendable {
        /// The entrant's code.
        public let id: EntrantID
        /// The name, if given.
        public let name: String
        /// The group; `worker` where none is given.
        public let group: String
        /// The delegation's code, if given.
        public let delegation: String
        /// How the entrant stands.
        public let status: EntrantStatus
        /// Whether the entrant is a guest.
        public let isGuest: Bool
        /// The session (场次), if given.
        public let session: String
        /// The team, if given.
        public let team: String
        /// The chief judge's order within a tie, if given.
        public let ruling: Int?
        /// The other columns that hold numbers.
        public let external: [String: Rational]
    }

    /// Reads the table.
    ///
    /// - Parameters:
    ///   - table: the table.
    ///   - names: the columns that the card's tie keys look at.
    /// - Returns: the rows that were understood, and what was found.
    public static func read(
        _ table: CSVTable,
        external names: [String] = []
    ) -> (rows: [Row], findings: [Finding]) {
        var findings: [Finding] = []
        var rows: [Row] = []
        guard let entrant = table.column("entrant", "选手", "选手编号") else {
            return (
                [],
                [
                    Finding(
                        "csv.missing-column",
                        Text("缺少列 entrant", "the column entrant is missing"),
                        at: Place(file: table.file, line: 1, column: 1)
                    )
                ]
            )
        }
        let name = table.column("name", "姓名")
        let group = table.column("group", "组别")
        let delegation = table.column("delegation", "代表队")
        let status = table.column("status", "状态")
        let session = table.column("session", "场次")
        let team = table.column("team", "团队")
        let ruling = table.column("ruling", "裁定")
        let known = [entrant, name, group, delegation, status, session, team, ruling]
            .compactMap { $0 }
        let others = table.header.indices.filter { !known.contains($0) }
        var seen: Set<EntrantID> = []
        for row in table.rows {
            func field(_ column: Int?) -> String {
                column.map { row.fields[$0].trimmingBlanks() } ?? ""
            }
            guard let id = EntrantID(field(entrant)) else {
                findings.append(
                    Finding(
                        "entrant.code",
                        Text(
                            "选手编号“\(field(entrant))”不成立",
                            "\"\(field(entrant))\" is no entrant's code"
                        ),
                        at: table.place(row, entrant)
                    )
                )
                continue
            }
            guard seen.insert(id).inserted else {
                findings.append(
                    Finding(
                        "entrant.duplicate",
                        Text("选手编号 \(id.text) 重复", "the entrant's code \(id.text) stands twice"),
                        at: table.place(row, entrant)
                    )
                )
                continue
            }
            let word = field(status)
            let isGuest = ["guest", "邀请", "表演"].contains(word.lowercased())
            let plain = word.isEmpty || isGuest || ["competing", "参赛"].contains(word.lowercased())
            guard let stands = plain ? .competing : EntrantStatus(word: word) else {
                findings.append(
                    Finding(
                        "entrant.status",
                        Text(
                            "状态“\(word)”应为 参赛、邀请、缺考、弃权、取消成绩",
                            "status \"\(word)\": expected competing, guest, absent, withdrew or disqualified"
                        ),
                        at: table.place(row, status ?? 0)
                    )
                )
                continue
            }
            if !field(ruling).isEmpty, Int(field(ruling)) == nil {
                findings.append(
                    Finding(
                        "entrant.ruling",
                        Text(
                            "裁定“\(field(ruling))”应为同分者中的次序 1、2……",
                            "ruling \"\(field(ruling))\": expected the order among those level, 1, 2 …"
                        ),
                        at: table.place(row, ruling ?? 0)
                    )
                )
            }
            var external: [String: Rational] = [:]
            for column in others {
                if let value = try? DecimalText(field(column)).value {
                    external[table.header[column]] = value
                } else if names.contains(table.header[column]), !field(column).isEmpty {
                    findings.append(
                        Finding(
                            "entrant.external",
                            Text(
                                "并列判定用的值“\(field(column))”不是数字",
                                "\"\(field(column))\", which a tie key looks at, is not a number"
                            ),
                            at: table.place(row, column)
                        )
                    )
                }
            }
            rows.append(
                Row(
                    id: id,
                    name: field(name),
                    group: field(group).isEmpty ? "worker" : field(group),
                    delegation: field(delegation),
                    status: stands,
                    isGuest: isGuest,
                    session: field(session),
                    team: field(team),
                    ruling: Int(field(ruling)),
                    external: external
                )
            )
        }
        return (rows, findings)
    }
}
