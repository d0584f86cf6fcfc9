import Competition
import ArgumentParser
import Exact
import Findings
import Foundation
import Interchange
import Scoring
import Seal

/// Reads one number a line from standard input.
enum NumberLines {
    struct Line {
        let number: Rational
        let place: Place
    }

    static func read() throws -> [Line] {
        let text = try TextFile.read("-")
        var numbers: [Line] = []
        var findings: [Finding] = []
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        for (index, line) in lines.enumerated() {
            let trimmed = line.trimmingBlanks()
            if trimmed.isEmpty { continue }
            let place = Place(file: "-", line: index + 1, column: 1)
            do throws(DecimalTextError) {
                numbers.append(Line(number: try DecimalText(trimmed).value, place: place))
            } catch {
                findings.append(
                    Finding(
                        "data.number",
                        error == .tooLong
                            ? Text(
                                "“\(trimmed)”位数过多,无法精确表示",
                                "\"\(trimmed)\" has more digits than can be held exactly"
                            )
                            : Text("“\(trimmed)”不是数字", "\"\(trimmed)\" is not a number"),
                        at: place
                    )
                )
            }
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

    @Option(
        help: help(
            "奖牌规则,如 worldskills-2026 或 share:gold=10%,silver=20%,bronze=30%(见 Documentation/scorecards.md)",
            "the awards policy, such as worldskills-2026 or share:gold=10%,silver=20%,bronze=30% (see Documentation/scorecards.md)"
        )
    )
    var policy: String

    @Option(help: help("量表:700 或 500", "the scale: 700 or 500"))
    var scale: Int = 700

    @OptionGroup var output: Output
    @OptionGroup var common: Common

    func validate() throws {
        guard scale == 700 || scale == 500 else {
            throw ValidationError(tr("--scale 应为 700 或 500", "--scale must be 700 or 500"))
        }
        _ = try read()
    }

    private func read() throws -> AwardPolicy {
        do throws(Refusal) {
            return try AwardPolicy(policy)
        } catch {
            let texts = error.findings.map { tr($0.message.zh, $0.message.en) }
            throw ValidationError(texts.joined(separator: "\n"))
        }
    }

    func run() throws {
        let policy = try read()
        let lines = try NumberLines.read()
        if policy.isScaled {
            let findings = lines.filter { !$0.number.isWhole }.map { line in
                Finding(
                    "medals.whole",
                    Text(
                        "量表分应为整数,得到 \(line.number.shortest)",
                        "scaled scores are whole numbers; got \(line.number.shortest)"
                    ),
                    at: line.place
                )
            }
            guard findings.isEmpty else { throw Refusal(findings) }
        }
        let scores = lines.map(\.number)
        let awards = try policy.awards(scores, centre: scale)
        let rows = zip(scores, awards).map { score, given in
            [score.shortest, given.award.rawValue, given.position.map(String.init) ?? ""]
        }
        try output.print(
            header: ["score", "award", "position"],
            rows: rows,
            json: .array(
                zip(scores, awards).map { score, given in
                    [
                        "score": score.isWhole
                            ? .int(Int(clamping: score.numerator)) : .string(score.shortest),
                        "award": .string(given.award.rawValue),
                        "position": given.position.map(JSONValue.int) ?? .null,
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
        guard let scores = try method.scale.scaled(try NumberLines.read().map(\.number)) else {
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
