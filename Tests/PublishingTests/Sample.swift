internal import Findings
internal import Seal
internal import Snapshots

/// A small event made by hand: ties, guests, non-results, a hostile name, a code with a slash.
enum Sample {
    static let hostile = "<b>\"&'\u{301}<\u{301}script>alert(1)</script>"

    static func row(
        _ entrant: String,
        _ name: String,
        _ delegation: String,
        rank: Int?,
        total: String?,
        award: String = "none",
        status: String = "competing",
        ties: [Text] = []
    ) -> ResultRow {
        ResultRow(
            entrant: entrant,
            names: [name],
            delegation: delegation,
            group: "worker",
            rank: rank,
            total: total,
            parts: total.map { [$0, "0.00"] } ?? ["", ""],
            status: status,
            award: award,
            ties: ties
        )
    }

    static func item(
        _ code: String,
        _ track: String,
        _ title: Text,
        _ rows: [ResultRow]
    )
        -> ItemResult
    {
        ItemResult(
            item: NamedCode(code: code, title: title),
            track: track,
            teamSize: 1,
            provenance: "representative",
            card: Digest(of: Array(code.utf8)),
            cardNote: Text("参考评分表。", "A reference scheme."),
            maximum: "100",
            parts: [
                NamedCode(code: "A", title: Text("实操", "Practical")),
                NamedCode(code: "B", title: Text("理论", "Theory")),
            ],
            policy: "rank-1-2-3",
            rows: rows
        )
    }

    static let welding = item(
        "M05",
        "manufacturing",
        Text("焊接", "Welding"),
        [
            row("M05-001", "王一", "210100", rank: 1, total: "91.50", award: "gold"),
            row(
                "M05-002",
                hostile,
                "210200",
                rank: 2,
                total: "88.25",
                award: "silver",
                ties: [
                    Text(
                        "第1键 实操 88 > 87(先于 M05-003)",
                        "first key: Practical 88 > 87 (before M05-003)"
                    )
                ]
            ),
            row("M05-003", "李三", "210100", rank: 3, total: "88.25", award: "bronze"),
            row("M05-004", "赵四", "LN-SZ", rank: 4, total: "70.00"),
            row("M05-005", "=HYPERLINK(1)", "210200", rank: 5, total: "69.75"),
            row("M05-006", "客六", "LN-SZ", rank: nil, total: "95.00", status: "guest"),
            row("M05-007", "缺七", "LN-SZ", rank: nil, total: nil, status: "absent"),
        ]
    )

    /// The event; more items where a larger one is wanted.
    static func snapshot(_ items: [ItemResult] = [welding, odd]) -> ResultsSnapshot {
        ResultsSnapshot(
            kind: .provisional,
            event: NamedCode(code: "test-2022", title: Text("测试 & 大赛", "Test & Competition")),
            notes: [Text("<代表性>数据。", "Representative <data>.")],
            isRehearsal: true,
            position: 1234,
            root: Digest(of: Array("root".utf8)),
            computedAt: 1_666_947_900_000,
            tracks: [
                NamedCode(code: "manufacturing", title: Text("制造", "Manufacturing")),
                NamedCode(code: "service", title: Text("服务", "Service")),
            ],
            delegations: [
                NamedCode(code: "210100", title: Text("沈阳", "Shenyang")),
                NamedCode(code: "210200", title: Text("大连", "Dalian")),
                NamedCode(code: "LN-SZ", title: Text("省直", "Provincial institutions")),
            ],
            items: items
        )
    }

    /// An item whose code no file system takes, of a track and a delegation that nobody declared.
    static let odd = item(
        "../中",
        "nowhere",
        Text("怪", "Odd"),
        [row("X-1", "某", "其他/队", rank: 1, total: "5", award: "gold")]
    )

    static func honours(_ results: Digest, event: String = "test-2022") -> HonoursSnapshot {
        HonoursSnapshot(
            event: NamedCode(code: event, title: Text("测试", "Test")),
            position: 1240,
            results: results,
            settings: [Text("并列:都列入", "Ties: all count")],
            entries: [
                HonourEntry(
                    id: "a/M05-001/0",
                    title: Text("技术能手", "Skills Expert"),
                    kind: "conferred",
                    state: "proposed",
                    item: "M05",
                    entrant: "M05-001",
                    name: "王一"
                ),
                HonourEntry(
                    id: "a/M05-002/0",
                    title: Text("技术能手", "Skills Expert"),
                    kind: "conferred",
                    state: "revoked",
                    item: "M05",
                    entrant: "M05-002",
                    name: ""
                ),
                HonourEntry(
                    id: "b/M05-001/0",
                    title: Text("奖章", "Medal"),
                    kind: "nominated",
                    state: "nominated",
                    item: "M05",
                    entrant: "M05-001",
                    name: "王一"
                ),
            ]
        )
    }
}
