public import Eligibility
public import Exact
public import Findings
internal import Foundation
internal import Interchange
public import Rules

/// Policies as a bureau uses them: from files, without a record.
public enum PolicyDesk {
    /// Reads and checks a policy; runs its examples.
    public static func read(_ file: String) throws -> Policy {
        try PolicyFile.read(try TextFile.read(file), file: file)
    }

    /// Reads a person's facts: a YAML map of fact names and values, `name`, `city` and `honours`
    /// included.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - policies: the policies, which say what facts there are.
    /// - Returns: what is known, and the code of the city where it is given.
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func person(
        _ file: String,
        policies: [Policy]
    ) throws -> (inputs: DecisionInputs, city: String?) {
        let (name, city, facts) = try PersonFile.read(
            try TextFile.read(file),
            file: file,
            vocabulary: try vocabulary(of: policies)
        )
        return (DecisionInputs(name: name.isEmpty ? file : name, facts: facts), city)
    }

    /// Reads the facts that a bureau adds on the command line: `first_home_in_city=true`.
    ///
    /// - Parameters:
    ///   - pairs: the facts as they were written.
    ///   - policies: the policies, which say what facts there are.
    /// - Returns: the facts.
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func facts(_ pairs: [String], policies: [Policy]) throws -> Facts {
        let lines = pairs.map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1)
            return halves.count == 2 ? "\(halves[0]): \(halves[1])" : pair
        }
        guard !lines.isEmpty else { return Facts() }
        return try PersonFile.read(
            lines.joined(separator: "\n"),
            file: "--fact",
            vocabulary: try vocabulary(of: policies)
        ).facts
    }

    /// Reads every policy of a folder, or the one of a file, in the order of their names.
    ///
    /// - Parameter path: a folder such as `Policies`, or a file.
    /// - Returns: the policies.
    /// - Throws: a ``Findings/Refusal`` with every error of every file, or where two bear one name.
    public static func policies(_ path: String) throws -> [Policy] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return [try read(path)] }
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
            .filter { $0.hasSuffix(".yaml") }.sorted()
        var policies: [Policy] = []
        var findings: [Finding] = []
        for name in names {
            do {
                policies.append(try read(path + "/" + name))
            } catch let refusal as Refusal {
                findings += refusal.findings
            }
        }
        for (index, policy) in policies.enumerated()
        where policies[..<index].contains(where: { $0.id == policy.id }) {
            findings.append(
                Finding(
                    "policy.duplicate",
                    Text("政策 \(policy.id) 重复", "the policy \(policy.id) stands twice"),
                    at: Place(file: path)
                )
            )
        }
        if findings.isEmpty {
            findings += PolicyVersions(policies: policies, path: path).findings
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        guard !policies.isEmpty else {
            throw Refusal(
                "policy.none",
                Text("此处没有政策文件", "there is no policy here"),
                at: Place(file: path)
            )
        }
        return policies
    }

    /// The facts that any of some policies asks for.
    ///
    /// - Parameter policies: the policies.
    /// - Returns: each fact once.
    /// - Throws: a ``Findings/Refusal`` where two policies mean different things by one name.
    public static func vocabulary(of policies: [Policy]) throws -> Vocabulary {
        var declarations: [FactDeclaration] = []
        var findings: [Finding] = []
        for policy in policies {
            for fact in policy.vocabulary.declarations {
                guard let other = declarations.first(where: { $0.name == fact.name }) else {
                    declarations.append(fact)
                    continue
                }
                guard other != fact else { continue }
                findings.append(
                    Finding(
                        "policy.fact-clash",
                        Text(
                            "\(policy.id) 的事实 \(fact.name) 与另一政策的含义不同",
                            "\(policy.id) means another thing by \(fact.name) than another policy"
                        )
                    )
                )
            }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return Vocabulary(declarations)
    }

    /// The policies that speak on a day: of versions that replace each other, the one in force.
    ///
    /// - Parameters:
    ///   - policies: the policies.
    ///   - day: the day.
    /// - Returns: those that speak, in their order.
    public static func speaking(_ policies: [Policy], on day: Day) -> [Policy] {
        PolicyVersions(policies: policies, path: "").speaking(on: day)
    }

    /// What is worth saying of policies on a day: figures that nobody has compared with the text for
    /// more than a year, or that claim to have been compared later.
    ///
    /// - Parameters:
    ///   - policies: the policies.
    ///   - today: the day.
    /// - Returns: warnings.
    public static func remarks(_ policies: [Policy], on today: Day) -> [Finding] {
        policies.compactMap { policy in
            let checked = policy.checkedOn
            let age = today.daysSince1970 - checked.daysSince1970
            if age < 0 {
                return Finding(
                    "policy.checked-later",
                    Text(
                        "\(policy.id) 的 checked_on \(checked.description) 晚于今天 \(today.description)",
                        "checked_on of \(policy.id), \(checked.description), is later than today, \(today.description)"
                    ),
                    severity: .warning
                )
            }
            guard age > 366 else { return nil }
            return Finding(
                "policy.stale",
                Text(
                    "\(policy.id) 的数额自 \(checked.description) 起未与原文核对(已 \(age) 天)",
                    "nobody has compared the figures of \(policy.id) with the text since \(checked.description) (\(age) days)"
                ),
                severity: .warning
            )
        }
    }
}
