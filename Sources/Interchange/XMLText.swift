/// Gathers the text of one element.
struct XMLText {
    private var bytes: [UInt8] = []
    private var isOpen = false

    /// Whether more came than a cell may hold; what is past it was dropped.
    private(set) var isTooLong = false

    /// A cell holds 32,767 characters, of 4 bytes at most; escapes take a little more.
    private static let longest = 200_000

    mutating func begin() { isOpen = true }
    mutating func end() { isOpen = false }

    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        isTooLong = false
    }

    mutating func add(_ piece: UnsafeBufferPointer<UInt8>) {
        guard isOpen, !isTooLong else { return }
        isTooLong = bytes.count + piece.count > Self.longest
        if !isTooLong { bytes.append(contentsOf: piece) }
    }

    /// What was gathered.
    var plain: String { String(decoding: bytes, as: UTF8.self) }

    /// What was gathered, with `_x000D_` read as the character it stands for.
    ///
    /// Source: ECMA-376-1, 22.9.2.19 (ST_Xstring).
    var unescaped: String {
        let plain = plain
        guard plain.utf8.contains(UInt8(ascii: "_")), plain.contains("_x") else { return plain }
        let units = Array(plain.utf16)
        var result: [UInt16] = []
        var at = 0
        while at < units.count {
            if let unit = Self.escape(units[at...].prefix(7)) {
                result.append(unit)
                at += 7
            } else {
                result.append(units[at])
                at += 1
            }
        }
        return String(decoding: result, as: UTF16.self)
    }

    private static func escape(_ units: ArraySlice<UInt16>) -> UInt16? {
        let text = String(decoding: units, as: UTF16.self)
        guard text.utf8.count == 7, text.hasPrefix("_x"), text.hasSuffix("_") else { return nil }
        let digits = text.dropFirst(2).dropLast()
        guard digits.allSatisfy(\.isHexDigit) else { return nil }
        return UInt16(digits, radix: 16)
    }
}
