import ArgumentParser
import Exact
import Findings
import Foundation
import Interchange
import Scoring
import Seal

/// Reads one number a line from standard input.
enum NumberLines {
    static func read() throws -> [Rational] {
        let text = try TextFile.read("-")
        var numbers: [Rational] = []
        var findings: [Finding] = []
        for (index, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        )
        .enumerated() {
            let trimmed = line.trimmingCharacters(in: .whitespaces)
            if trimmed.isEmpty { continue }
            guard let number = try? DecimalText(trimmed) else {
                findings.append(
                    Finding(
                        "data.number",
                        Text("“\(trimmed)”不是数字", "\"\(trimmed)\" is not a number"),
                        at: Place(file: "-", line: index + 1, column: 1)
                    )
                )
                continue
            }
            numbers.append(number.value)
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return numbers
    }
}

struct MedalsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "medals",
            abstract: tr(
                "按奖牌规则给量表分定奖(每行一个分数)",
                "awards for scaled scores, one a line on standard input"
            )
        )
    }

    @Option(help: help("奖牌规则", "the awards policy"))
    var policy: PolicyName

    @Option(help: help("量表:700 或 500", "the scale: 700 or 500"))
    var scale: Int = 700

    @OptionGroup var output: Output
    @OptionGroup var common: Common

    struct PolicyName: ExpressibleByArgument {
        let policy: AwardPolicy
        init?(argument: String) {
            guard let policy = AwardPolicy(rawValue: argument) else { return nil }
            self.policy = policy
        }
        static var allValueStrings: [String] { AwardPolicy.allCases.map(\.rawValue) }
    }

    func validate() throws {
        guard scale == 700 || scale == 500 else {
            throw ValidationError(tr("--scale 应为 700 或 500", "--scale must be 700 or 500"))
        }
    }

    func run() throws {
        let numbers = try NumberLines.read()
        let scores = numbers.compactMap { $0.isWhole ? Int(exactly: $0.numerator) : nil }
        guard scores.count == numbers.count else {
            throw Refusal(
                "medals.whole",
                Text("量表分应为整数", "scaled scores are whole numbers"),
                at: Place(file: "-")
            )
        }
        let awards = policy.policy.awards(scores, centre: scale)
        let rows = zip(scores, awards).map { ["\($0)", $1.award.rawValue, "\($1.position)"] }
        try output.print(
            header: ["score", "award", "position"],
            rows: rows,
            json: .array(
                zip(scores, awards).map {
                    [
                        "score": .int($0), "award": .string($1.award.rawValue),
                        "position": .int($1.position),
                    ]
                }
            )
        )
    }
}

struct ScaleCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "scale",
            abstract: tr(
                "把总分换算为世赛量表分(每行一个总分)",
                "WorldSkills scale of totals, one a line on standard input"
            )
        )
    }

    @Option(
        help: help(
            "方法:worldskills-2017 或 worldskills-2015",
            "the method: worldskills-2017 or worldskills-2015"
        )
    )
    var method: Method

    @OptionGroup var common: Common

    struct Method: ExpressibleByArgument {
        let scale: WorldSkillsScale
        init?(argument: String) {
            guard let scale = WorldSkillsScale(rawValue: argument) else { return nil }
            self.scale = scale
        }
        static var allValueStrings: [String] { WorldSkillsScale.allCases.map(\.rawValue) }
    }

    func run() throws {
        guard let scores = try method.scale.scaled(try NumberLines.read()) else {
            throw Refusal(
                "scale.undefined",
                Text(
                    "半数以上总分相同,离差为 0,此量表没有定义",
                    "the spread is 0 while totals differ: the scale is not defined"
                ),
                at: Place(file: "-")
            )
        }
        for score in scores { Console.say("\(score)") }
    }
}
