internal import Findings

/// A form as a browser posts it (application/x-www-form-urlencoded).
struct HallForm: Sendable {
    private let values: [String: String]

    /// Reads a form; a field that stands twice counts once, the last one.
    ///
    /// - Throws: a ``Problem`` where it is none, or holds more than a page has.
    init(_ body: [UInt8]) throws(Problem) {
        var values: [String: String] = [:]
        let parts = body.split(separator: UInt8(ascii: "&"), omittingEmptySubsequences: true)
        guard parts.count <= 5_000 else { throw Self.malformed }
        for part in parts {
            let halves = part.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            guard let name = Self.text(halves[0]) else { throw Self.malformed }
            guard let value = halves.count > 1 ? Self.text(halves[1]) : "" else {
                throw Self.malformed
            }
            values[name] = value
        }
        self.values = values
    }

    subscript(_ name: String) -> String? { values[name] }

    /// What was typed on a sheet: values, reason, question.
    var typed: [(name: String, value: String)] {
        values.filter { name, _ in
            ["reason", "words"].contains(name)
                || ["v", "n"].contains(name.prefix(1)) && Int(name.dropFirst()) != nil
        }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    private static let malformed = Problem.malformed(
        "hall.form",
        "表单不成立",
        "the form can't be read"
    )

    private static func text(_ bytes: some Collection<UInt8>) -> String? {
        var decoded: [UInt8] = []
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): decoded.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(digit),
                    let low = iterator.next().flatMap(digit)
                else { return nil }
                decoded.append(high << 4 | low)
            default: decoded.append(byte)
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
