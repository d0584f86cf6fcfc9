public import Findings

/// The issuers that a verifier trusts: a file with one `did:key:z6Mk…` a line, after it a name.
///
/// Lines that are empty or begin with `#` say nothing.
public struct TrustedKeys: Sendable, Hashable {
    private var names: [DidKey: String] = [:]

    /// Trusts nobody.
    public init() {}

    /// Reads a file of keys.
    ///
    /// - Parameters:
    ///   - text: the file's text.
    ///   - file: its name, for findings.
    /// - Throws: a ``Findings/Refusal`` with every line that names no key.
    public init(_ text: String, file: String) throws(Refusal) {
        var findings: [Finding] = []
        for (index, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        ).enumerated() {
            let words = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            guard let word = words.first, !word.hasPrefix("#") else { continue }
            guard let key = DidKey(String(word)) else {
                findings.append(
                    Finding(
                        "trust.key",
                        Text(
                            "“\(word)”不是 did:key:z6Mk… 形式的 Ed25519 公钥",
                            "\"\(word)\" is no Ed25519 key in the form did:key:z6Mk…"
                        ),
                        at: Place(file: file, line: index + 1)
                    )
                )
                continue
            }
            let rest = words.count > 1 ? words[1].drop(while: \.isWhitespace) : ""
            names[key] = rest.isEmpty ? key.text : String(rest)
        }
        guard findings.isEmpty else { throw Refusal(findings) }
    }

    /// The name under which a key is trusted; nil where it is not.
    public func name(of key: DidKey) -> String? { names[key] }

    /// Whether nobody is trusted.
    public var isEmpty: Bool { names.isEmpty }
}
