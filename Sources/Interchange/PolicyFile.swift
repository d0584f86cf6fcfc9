public import Eligibility
public import Findings

/// Policies as files: `Policies/*.yaml`.
public enum PolicyFile {
    /// Reads, checks, and runs the file's own examples.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: its name, for the places of findings.
    /// - Returns: the policy.
    /// - Throws: a ``Findings/Refusal`` with every error.
    public static func read(_ text: String, file: String) throws(Refusal) -> Policy {
        let reader = TreeReader()
        let found = PolicyReader(reader: reader).policy(try YAMLFile.parse(text, file: file))
        guard let found, !reader.findings.hasErrors else { throw Refusal(reader.findings) }
        let failing = found.policy.failingExamples()
        guard failing.isEmpty else {
            throw Refusal(
                failing.map { index, result in
                    let name = found.policy.examples[index].name
                    return Finding(
                        "policy.example",
                        Text(
                            "例“\(name)”不成立:得出 \(result)",
                            "the example \"\(name)\" fails: \(result) came out"
                        ),
                        at: found.examplePlaces[index]
                    )
                }
            )
        }
        return found.policy
    }
}
