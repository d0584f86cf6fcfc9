internal import Exact
public import Findings

/// The issuers that a verifier trusts: a file with one `did:key:z6Mk…` a line, after it a name.
///
/// Between key and name `not-after=2023-06-30` and `not-after-entry=4711` may stand: of a key that was
/// withdrawn or stolen, the last day and the last entry of the record for which it is trusted. Lines that
/// are empty or begin with `#` say nothing.
public struct TrustedKeys: Sendable, Hashable {
    private struct Trust: Sendable, Hashable {
        var name: String
        var lastDay: Day?
        var lastEntry: Int?
    }

    private var keys: [DidKey: Trust] = [:]

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
            let place = Place(file: file, line: index + 1)
            do throws(Refusal) {
                keys[key] = try Self.trust(words.count > 1 ? words[1] : "", at: place)
            } catch {
                findings += error.findings
            }
        }
        guard findings.isEmpty else { throw Refusal(findings) }
    }

    /// What stands behind the key: limits, then the name.
    private static func trust(_ text: Substring, at place: Place) throws(Refusal) -> Trust {
        var trust = Trust(name: "")
        var rest = text.drop(while: \.isWhitespace)
        while rest.hasPrefix("not-after") {
            let word = rest.prefix { !$0.isWhitespace }
            let parts = word.split(separator: "=", maxSplits: 1)
            let value = parts.count == 2 ? String(parts[1]) : ""
            let (day, entry) = (Day(value), Int(value))
            switch parts[0] {
            case "not-after" where day != nil: trust.lastDay = day
            case "not-after-entry" where entry ?? -1 >= 0: trust.lastEntry = entry
            default:
                throw Refusal(
                    "trust.limit",
                    Text(
                        "“\(word)”应写作 not-after=2023-06-30 或 not-after-entry=4711",
                        "\"\(word)\": expected not-after=2023-06-30 or not-after-entry=4711"
                    ),
                    at: place
                )
            }
            rest = rest.dropFirst(word.count).drop(while: \.isWhitespace)
        }
        trust.name = String(rest)
        return trust
    }

    /// The name under which a key is trusted, the key itself where the file gives none; nil where it is
    /// not trusted.
    public func name(of key: DidKey) -> String? {
        keys[key].map { $0.name.isEmpty ? key.text : $0.name }
    }

    /// Whether a key is trusted for what was conferred at a time, by an entry of the record.
    ///
    /// - Parameters:
    ///   - key: the issuer's key.
    ///   - time: when the honour was conferred.
    ///   - entry: the position of the conferral.
    /// - Returns: false beyond a limit, and where the key is not trusted at all.
    func trusts(_ key: DidKey, at time: Instant, entry: Int) -> Bool {
        guard let trust = keys[key] else { return false }
        return trust.lastDay.map { time <= Instant(endOf: $0) } ?? true
            && trust.lastEntry.map { entry <= $0 } ?? true
    }

    /// Whether nobody is trusted.
    public var isEmpty: Bool { keys.isEmpty }
}
