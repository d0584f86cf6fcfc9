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

    /// Reads a person's facts: a YAML map of fact names and values, `name` and `honours` included.
    public static func person(_ file: String, policy: Policy) throws -> (name: String, facts: Facts)
    {
        try PersonFile.read(try TextFile.read(file), file: file, vocabulary: policy.vocabulary)
    }

    /// Reads the facts that a bureau adds on the command line: `first_home_in_city=true`.
    public static func facts(_ pairs: [String], policy: Policy) throws -> Facts {
        let lines = pairs.map { pair in
            let halves = pair.split(separator: "=", maxSplits: 1)
            return halves.count == 2 ? "\(halves[0]): \(halves[1])" : pair
        }
        guard !lines.isEmpty else { return Facts() }
        return try PersonFile.read(
            lines.joined(separator: "\n"),
            file: "--fact",
            vocabulary: policy.vocabulary
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

    /// What policies come to for one row of a table of people.
    public struct Matched: Sendable {
        /// The line of the table.
        public let line: Int
        /// The name.
        public let name: String
        /// Each policy with its decisions.
        public let decisions: [(policy: Policy, decision: Decision)]
    }

    /// Decides every benefit of every policy for a table of people.
    ///
    /// - Parameters:
    ///   - file: the table.
    ///   - policies: the policies.
    ///   - day: the day of decision.
    ///   - ownCity: whether only policies of a person's own city or province are tried.
    /// - Returns: the people who could be decided, and what was found in the other rows.
    /// - Throws: a ``Findings/Refusal`` where the table as a whole can't be read.
    public static func match(
        _ file: String,
        policies: [Policy],
        on day: Day,
        ownCity: Bool
    ) throws -> (matched: [Matched], findings: [Finding]) {
        let table = try CSVTable(try TextFile.read(file), file: file)
        let (people, findings) = try PeopleFile.read(
            table,
            vocabulary: try vocabulary(of: policies)
        )
        let matched = people.map { person in
            let tried = policies.filter { policy in
                guard ownCity, let city = person.city else { return !ownCity }
                let isProvince = policy.region.hasSuffix("0000")
                return isProvince
                    ? policy.region.prefix(2) == city.prefix(2) : policy.region == city
            }
            return Matched(
                line: person.line,
                name: person.name,
                decisions: tried.flatMap { policy in
                    policy.decide(person.facts, on: day).map { (policy, $0) }
                }
            )
        }
        return (matched, findings)
    }
}
