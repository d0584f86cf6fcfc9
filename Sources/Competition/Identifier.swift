/// A short stable name of one kind of thing; names of different kinds can't be mixed up.
///
/// It is 1 to 64 characters with no blank, control character, comma or quotation mark, and no
/// sign of a formula at its beginning, so that it survives a
/// spreadsheet.
public struct Identifier<Kind>: Sendable, Hashable, Comparable {
    /// The name.
    public let text: String

    /// Takes a name; nil where it is no identifier.
    public init?(_ text: some StringProtocol) {
        if let isFine = Self.check(ascii: text) {
            guard isFine else { return nil }
            self.text = String(text)
            return
        }
        // A spreadsheet would take a name that begins so for a formula.
        guard let first = text.first, !"=+-@".contains(first), text.unicodeScalars.count <= 64,
            text.unicodeScalars.allSatisfy({
                !$0.properties.isWhitespace && !",\"'".contains(Character($0)) && $0.value >= 0x20
            })
        else { return nil }
        self.text = String(text)
    }

    /// The same check for a name of ASCII, which nearly all are; nil for any other.
    private static func check(ascii text: some StringProtocol) -> Bool? {
        var count = 0
        for byte in text.utf8 {
            guard byte < 0x80 else { return nil }
            count += 1
            switch byte {
            case 0x00...0x20, 0x7F, UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "'"):
                return false
            case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"):
                if count == 1 { return false }
            default: break
            }
        }
        return count >= 1 && count <= 64
    }

    /// Orders by the bytes of the name.
    public static func < (a: Identifier, b: Identifier) -> Bool { a.text < b.text }
}

/// The event (大赛): `liaoning-2022`.
public typealias EventID = Identifier<Event>
/// A contest item (比赛项目): `D01`…`D36`, `M01`…`M41`, `S01`…`S31`.
public typealias ItemID = Identifier<ContestItem>
/// A delegation (代表队): a GB/T 2260 code, or a local one.
public typealias DelegationID = Identifier<Delegation>
/// An entrant (参赛选手 / 参赛队): `M05-017`.
public typealias EntrantID = Identifier<Entrant>
/// A judge of an item (裁判员): `J-M05-03`.
public typealias JudgeID = Identifier<Judge>
/// A node of a scorecard: a part, criterion or sub-criterion.
public typealias NodeID = Identifier<CardNode>
/// An aspect of a scorecard (评分点), stable whatever its position.
public typealias AspectID = Identifier<Aspect>
