internal import Findings
internal import Foundation
internal import Seal
internal import Snapshots

/// The look-up of honours as scripts: a page opened from a file may not fetch.
///
/// Nothing in them can be read off as a list: an honour stands under the hash of its credential's
/// number, which only the certificate and the holder's bundle show, and its holder's name is a hash
/// that begins with that number. Names, codes of entrants and numbers are not in them.
struct Lookup {
    /// How many scripts the honours are shared out among; each is there, also an empty one.
    static let buckets = "0123456789abcdef".map(String.init)

    private let honours: HonoursSnapshot

    init(_ honours: HonoursSnapshot) { self.honours = honours }

    private var salt: String { "laurel-lookup/1:" + honours.event.code + ":" }

    /// What all buckets share: the salt, and what honours and items are called.
    func words(_ edition: Edition) -> String {
        let data: JSONValue = [
            "items": .object(
                Set(entries.map(\.item)).sorted().map { code in
                    let title = edition.item(code)?.item.title ?? Text(same: code)
                    return .init(code, [.string(title.zh), .string(title.en)])
                }
            ), "salt": .string(salt),
            "titles": .array(titles.map { [.string($0.zh), .string($0.en)] }),
        ]
        return "window.LAUREL_LOOKUP=" + data.canonicalText + ";\n"
    }

    /// One bucket: the hash of a number, the hash of number and name, the state, the title's index,
    /// the item and the day.
    func bucket(_ name: String) -> String {
        let rows = entries.compactMap { entry -> (String, JSONValue)? in
            guard let number = Self.number(entry.credential) else { return nil }
            let key = hash(number)
            guard key.hasPrefix(name) else { return nil }
            let row: JSONValue = [
                .string(key), .string(hash(number + ":" + Self.name(entry.name))),
                .string(state(entry)), .int(titles.firstIndex(of: entry.title) ?? 0),
                .string(entry.item), .string(entry.conferredOn ?? ""),
            ]
            return (key, row)
        }
        // By hash, so that the order says nothing of who they are.
        let sorted = rows.sorted { $0.0 < $1.0 }.map(\.1)
        return "(window.LAUREL_BUCKETS=window.LAUREL_BUCKETS||{})[\"\(name)\"]="
            + JSONValue.array(sorted).canonicalText + ";\n"
    }

    private var entries: [HonourEntry] { honours.entries.filter { $0.credential != nil } }

    private var titles: [Text] {
        var seen: [Text] = []
        for entry in entries where !seen.contains(entry.title) { seen.append(entry.title) }
        return seen
    }

    private func state(_ entry: HonourEntry) -> String {
        switch entry.state {
        case "revoked": "revoked"
        case "superseded": "reissued"
        default: entry.stands ? "valid" : "fallen"
        }
    }

    private func hash(_ text: String) -> String {
        String(Digest(of: Array((salt + text).utf8)).hex.prefix(32))
    }

    /// A credential's number as the page reads it: 32 hexadecimal digits.
    private static func number(_ credential: String?) -> String? {
        let digits = (credential ?? "").replacing("urn:uuid:", with: "").replacing("-", with: "")
        return digits.utf8.count == 32 ? digits : nil
    }

    /// A name as the page reads it: compatibility forms and letters' case made one, without blanks
    /// and dots between.
    static func name(_ name: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in name.precomposedStringWithCompatibilityMapping.lowercased().unicodeScalars
        where !scalar.properties.isWhitespace && !"·•・‧.".unicodeScalars.contains(scalar) {
            scalars.append(scalar)
        }
        return String(scalars)
    }
}
