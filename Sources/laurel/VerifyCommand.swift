import ArgumentParser
import Credentials
import Exact
import Findings
import Foundation
import Interchange
import Seal

struct VerifyCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "verify",
            abstract: tr(
                "核验荣誉凭证包:不需要档案,不需要网络",
                "verify a bundle of an honour: needs no record and no network"
            ),
            discussion: tr(
                "退出码:0 真实且未撤销;3 无法判断(不得视为真实);4 已撤销;5 伪造或被改动。",
                "Exit: 0 genuine and not revoked; 3 unknown (not to be taken as genuine); 4 revoked; 5 forged or tampered with."
            )
        )
    }

    @Argument(help: help("凭证包(- 为标准输入)", "the bundle (- is standard input)")) var bundle: String
    @Option(
        help: help(
            "受信签发者名单:每行一个 did:key:z6Mk…,其后可写名称",
            "the issuers that are trusted: a did:key:z6Mk… a line, after it a name"
        )
    )
    var trust: String?
    @Option(
        help: help(
            "截至何时:2022-11-01(当日终,北京时间)或 2022-11-01T09:00:00Z;默认此刻",
            "as of when: 2022-11-01 (its end, in China) or 2022-11-01T09:00:00Z; now by default"
        )
    )
    var at: String?
    @Option(
        help: help(
            "持证人的开启文件:核对身份证号是否为凭证所指",
            "the holder's opening: checks whether the ID number is the one that the credential means"
        )
    )
    var opening: String?
    @OptionGroup var output: Output
    @OptionGroup var common: Common

    /// What no bundle needs: one has about ten thousand bytes.
    private static let largest = 1 << 20

    func run() throws {
        let asOf = try instant()
        let keys = try trust.map {
            try TrustedKeys(String(decoding: try TextFile.bytes($0), as: UTF8.self), file: $0)
        }
        let opening = try opening.map { try HolderOpening(try TextFile.bytes($0), file: $0) }
        let bytes = try TextFile.bytes(bundle)
        guard bytes.count <= Self.largest else {
            throw Refusal(
                "bundle.size",
                Text(
                    "文件有 \(bytes.count) 字节;荣誉凭证包不超过 \(Self.largest) 字节",
                    "the file has \(bytes.count) bytes; a bundle of an honour has \(Self.largest) at most"
                ),
                at: Place(file: bundle)
            )
        }
        let found = Examiner.examine(
            bytes,
            trust: keys ?? TrustedKeys(),
            asOf: asOf
        )
        let page = VerdictPage(examination: found, opening: opening)
        switch output.format {
        case .table: try output.write(page.text(Console.language))
        case .json: try output.write(page.json.canonicalText + "\n")
        case .csv, .xlsx: try output.print(header: page.header, rows: [page.cells], json: page.json)
        }
        if page.exitCode != 0 { throw ExitCode(page.exitCode) }
    }

    private func instant() throws -> Instant {
        guard let at else { return Instant(seconds: Int(Date().timeIntervalSince1970)) }
        if let instant = Instant(at) { return instant }
        if let day = Day(at), day.year >= 1970 { return Instant(endOf: day) }
        throw Refusal(
            "data.day",
            Text("“\(at)”不是日期或时刻", "\"\(at)\" is no day and no time"),
            at: Place(file: "--at")
        )
    }
}

/// What an examination came to, for people and programs.
struct VerdictPage {
    let examination: Examination
    let opening: HolderOpening?

    /// Whether the ID number is the holder's; nil where no opening was given.
    var isHolders: Bool? { opening.map(examination.isHolders) }

    var verdict: HonourVerdict { examination.verdict(for: opening) }

    var exitCode: Int32 { verdict.rawValue }

    /// What the credential says; nothing that was forged is repeated.
    private var stated: HonourClaim? { verdict == .forged ? nil : examination.claim }

    private var doubts: [HonourDoubt] { examination.doubts }

    func text(_ language: Language) -> String {
        let asOf = examination.asOf.text
        var lines = [
            tr("结论:", "verdict: ") + verdict.text[language] + tr(",截至 ", ", as of ") + asOf
        ]
        if isHolders == false {
            lines.append("  - " + Self.otherHolder[language])
        }
        for doubt in doubts { lines.append("  - " + Self.shown(doubt.text[language])) }
        if let claim = stated {
            if claim.isRehearsal {
                lines.append(
                    tr("注意:这是演练,荣誉与人员均非真实", "note: a rehearsal; neither honour nor person is real")
                )
            }
            if verdict != .genuine, verdict != .revoked {
                lines.append(tr("凭证自称:", "the credential claims:"))
            }
            for (name, value) in facts(claim, language) {
                lines.append("  " + name[language] + tr(":", ": ") + Self.shown(value))
            }
        }
        if doubts.contains(where: { $0.code == "issuer.untrusted" }) {
            lines.append(
                tr(
                    "提示:向组委会另行核对公钥后写入名单,再用 --trust 指明",
                    "hint: confirm the key with the organiser by another way, write it to a file, and name it with --trust"
                )
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static let otherHolder = Text(
        "开启文件与凭证不符:身份证号不是持证人的",
        "the opening does not fit the credential: the ID number is not the holder's"
    )

    /// The name under which the issuer is trusted, where the file gives one, and the key.
    private var issuer: String {
        let key = examination.issuer?.text ?? ""
        let name = examination.trustedAs ?? key
        return name == key ? key : "\(name) \(key)"
    }

    private func facts(_ claim: HonourClaim, _ language: Language) -> [(Text, String)] {
        var facts: [(Text, String)] = [
            (Text("荣誉", "honour"), claim.honour.title[language]),
            (Text("姓名", "name"), claim.name),
            (Text("授予方式", "legal mode"), claim.mode.title[language]),
            (Text("赛事", "event"), claim.event.title[language]),
            (Text("项目", "item"), "\(claim.item.code) \(claim.item.title[language])"),
            (Text("选手", "entrant"), claim.entrant),
            (Text("名次", "place"), claim.rank.map(String.init) ?? "–"),
            (
                Text("依据", "rule"),
                "\(claim.document) \(claim.paragraph)「\(claim.quote)」"
            ), (Text("授予时间", "conferred at"), claim.conferredAt.text),
            (Text("登记编号", "number"), claim.number), (Text("凭证号", "credential"), claim.id),
            (
                Text("成绩快照", "results snapshot"),
                claim.snapshot.hex
            ),
            (
                Text("签发者", "issuer"),
                issuer
            ),
        ]
        if let list = examination.statusList {
            facts.append(
                (
                    Text("撤销名单有效期", "status list holds"),
                    "\(list.validFrom.text) – \(list.validUntil.text)"
                )
            )
        }
        if isHolders == true, let number = opening?.idNumber {
            let masked = number.prefix(4) + "**********" + number.suffix(2)
            facts.append((Text("身份证号相符", "ID number fits"), String(masked)))
        }
        return facts
    }

    var json: JSONValue {
        [
            "as_of": .string(examination.asOf.text),
            "claim": stated.map { claim in
                .object(facts(claim, .en).map { .init($0.0.en, .string($0.1)) })
            } ?? .null, "exit": .int(Int(exitCode)),
            "holder": isHolders.map(JSONValue.bool) ?? .null,
            "issuer": .optional(examination.issuer?.text),
            "reasons": .array(
                doubts.map {
                    [
                        "code": .string($0.code), "en": .string($0.text.en),
                        "verdict": .string($0.verdict.code), "zh": .string($0.text.zh),
                    ]
                }
            ), "rehearsal": examination.claim.map { .bool($0.isRehearsal) } ?? .null,
            "revoked_at": .optional(examination.revokedAt?.text),
            "trusted_as": .optional(examination.trustedAs),
            "verdict": .string(verdict.code),
        ]
    }

    let header = ["verdict", "as_of", "honour", "name", "number", "reasons"]

    var cells: [String] {
        let claim = stated
        return [
            verdict.code, examination.asOf.text, claim?.honour.title[Console.language] ?? "",
            claim?.name ?? "", claim?.number ?? "", doubts.map(\.code).joined(separator: " "),
        ].map(Self.shown)
    }

    /// What a file says is shown without what steers a terminal or turns the direction of writing.
    static func shown(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars.prefix(400) {
            let category = scalar.properties.generalCategory
            let isHidden = [.control, .format, .lineSeparator, .paragraphSeparator].contains(
                category
            )
            scalars.append(isHidden ? "\u{FFFD}" : scalar)
        }
        return String(scalars)
    }
}
