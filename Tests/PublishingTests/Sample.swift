internal import Findings
internal import Seal
internal import Snapshots

/// A small event made by hand: ties, guests, non-results, hostile, rare and long names, names written
/// from the right, a code with a slash, items and delegations where nobody won.
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
        _ rows: [ResultRow],
        policy: String = "rank-1-2-3",
        agreement: PanelFigure? = nil
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
            policy: policy,
            rows: rows,
            agreement: agreement
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
        ],
        agreement: PanelFigure(kendallsW: "0.87", judges: 5, entrants: 6)
    )

    /// Names of sixty characters, of rare characters (extensions B and G), and from the right; a title
    /// of forty characters; nobody of it wins.
    static let strange = item(
        "S31",
        "service",
        Text(
            String(repeating: "现代服务与乡村振兴综合技能", count: 3) + "赛",
            "A Title of Many Words That Goes On Beyond Any Line of a Narrow Telephone"
        ),
        [
            row("S31-001", String(repeating: "阿卜杜热西提", count: 10), "210200", rank: 1, total: "60"),
            row("S31-002", "𠮷𡈽𰻝", "210100", rank: 2, total: "59"),
            row("S31-003", "محمد بن علي", "LN-SZ", rank: 3, total: "58"),
            row("S31-004", "+1 -2 @x", "LN-SZ", rank: 4, total: "57"),
            row("S31-005", String(repeating: "W", count: 60), "LN-SF", rank: 5, total: "56"),
        ]
    )

    /// An item to which nobody came.
    static let empty = item(
        "D01",
        "manufacturing",
        Text("无人", "Nobody"),
        [row("D01-001", "缺八", "LN-SF", rank: nil, total: nil, status: "absent")]
    )

    /// The event; more items where a larger one is wanted.
    static func snapshot(
        _ items: [ItemResult] = [empty, welding, strange, odd],
        kind: ResultsKind = .provisional,
        notes: [Text] = [Text("<代表性>数据。", "Representative <data>.")],
        isRehearsal: Bool = true
    ) -> ResultsSnapshot {
        ResultsSnapshot(
            kind: kind,
            event: NamedCode(code: "test-2022", title: Text("测试 & 大赛", "Test & Competition")),
            notes: notes,
            isRehearsal: isRehearsal,
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
                NamedCode(code: "LN-SF", title: Text("沈抚示范区", "Shenfu Demonstration Zone")),
            ],
            items: items
        )
    }

    /// Published as final while another item, carried on, is still provisional.
    static var mixed: ResultsSnapshot {
        var carried = welding
        carried.carried = EarlierPublication(
            kind: .provisional,
            snapshot: Digest(of: Array("earlier".utf8)),
            position: 1_200,
            computedAt: 1_666_940_700_000
        )
        return snapshot([carried, strange], kind: .final)
    }

    /// An item whose code no file system takes, of a track and a delegation that nobody declared.
    static let odd = item(
        "../中",
        "nowhere",
        Text("怪", "Odd"),
        [row("X-1", "某", "其他/队", rank: 1, total: "5", award: "gold")]
    )

    static let lookedUp = states.map { state, number in
        HonourEntry(
            id: "c/M05-001/" + state,
            title: Text("奖章 <\(state)>", "Medal <\(state)>"),
            kind: "conferred",
            state: ["revoked": "revoked", "reissued": "superseded"][state] ?? "conferred",
            item: "M05",
            entrant: "M05-001",
            name: "阿依古丽·买买提",
            credential: "urn:uuid:" + number,
            conferredOn: "2022-11-01",
            stands: state == "valid"
        )
    }

    /// A credential of each state that the look-up tells apart.
    static let states = [
        ("valid", "6b1f0c52-7d5c-8a1e-9c3d-0f4a5b6c7d8e"),
        ("revoked", "0a2b4c6d-8e0f-8123-8567-89abcdef0123"),
        ("fallen", "ffeeddcc-bbaa-8998-8776-655443322110"),
        ("reissued", "10325476-98ba-8dcf-8e01-23456789abcd"),
    ]

    static func honours(_ results: Digest, event: String = "test-2022") -> HonoursSnapshot {
        HonoursSnapshot(
            event: NamedCode(code: event, title: Text("测试", "Test")),
            position: 1240,
            results: results,
            settings: [Text("并列:都列入", "Ties: all count")],
            entries: lookedUp + [
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
