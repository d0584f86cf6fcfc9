/// Why a text is not the JSON that Laurel reads, and at which byte.
public struct JSONError: Error, Sendable, Hashable {
    /// What was found.
    public enum Reason: String, Sendable, Hashable {
        /// The text ends early.
        case truncated
        /// Something follows the value.
        case trailing
        /// A byte that can't stand here.
        case unexpected
        /// A name that stands twice in one object.
        case duplicateName
        /// A number that is not whole, or past 2⁵³ − 1.
        case notWhole
        /// An escape or a surrogate that is none, or bytes that are not UTF-8.
        case badText
        /// Nested more than 64 deep.
        case tooDeep
    }
    /// What was found.
    public let reason: Reason
    /// The offset of the byte, from 0.
    public let offset: Int
}

extension JSONValue {
    /// Reads one JSON value, strictly: RFC 8259, no duplicate names, whole numbers only.
    ///
    /// - Throws: ``JSONError`` with the offset of the first byte that does not fit.
    public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
        var parser = JSONParser(bytes: Array(bytes))
        self = try parser.document()
    }

    /// Reads one JSON value from text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

private struct JSONParser {
    let bytes: [UInt8]
    var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(JSONError) -> JSONValue {
        let value = try self.value(depth: 0)
        skipBlanks()
        guard at == bytes.count else { throw error(.trailing) }
        return value
    }

    private func error(_ reason: JSONError.Reason) -> JSONError {
        JSONError(
            reason: at >= bytes.count && reason == .unexpected ? .truncated : reason,
            offset: at
        )
    }

    private mutating func skipBlanks() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func take(_ text: StaticString) throws(JSONError) {
        for index in 0..<text.utf8CodeUnitCount {
            guard at < bytes.count, bytes[at] == text.utf8Start[index] else {
                throw error(.unexpected)
            }
            at += 1
        }
    }

    private mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth < 64 else { throw error(.tooDeep) }
        skipBlanks()
        guard at < bytes.count else { throw error(.truncated) }
        switch bytes[at] {
        case UInt8(ascii: "n"):
            try take("null")
            return .null
        case UInt8(ascii: "t"):
            try take("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try take("false")
            return .bool(false)
        case UInt8(ascii: "\""): return .string(try text())
        case UInt8(ascii: "["): return .array(try list(depth: depth))
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        default: return .int(try number())
        }
    }

    private mutating func list(depth: Int) throws(JSONError) -> [JSONValue] {
        at += 1
        var values: [JSONValue] = []
        skipBlanks()
        if at < bytes.count, bytes[at] == UInt8(ascii: "]") {
            at += 1
            return values
        }
        while true {
            values.append(try value(depth: depth + 1))
            skipBlanks()
            guard at < bytes.count else { throw error(.truncated) }
            at += 1
            switch bytes[at - 1] {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "]"): return values
            default:
                at -= 1
                throw error(.unexpected)
            }
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [JSONValue.Member] {
        at += 1
        var members: [JSONValue.Member] = []
        var names: Set<[UInt8]> = []
        skipBlanks()
        if at < bytes.count, bytes[at] == UInt8(ascii: "}") {
            at += 1
            return members
        }
        while true {
            skipBlanks()
            guard at < bytes.count, bytes[at] == UInt8(ascii: "\"") else {
                throw error(.unexpected)
            }
            let start = at
            let name = try text()
            guard names.insert(Array(name.utf8)).inserted else {
                throw JSONError(reason: .duplicateName, offset: start)
            }
            skipBlanks()
            try take(":")
            members.append(JSONValue.Member(name, try value(depth: depth + 1)))
            skipBlanks()
            guard at < bytes.count else { throw error(.truncated) }
            at += 1
            switch bytes[at - 1] {
            case UInt8(ascii: ","): continue
            case UInt8(ascii: "}"): return members
            default:
                at -= 1
                throw error(.unexpected)
            }
        }
    }

    private mutating func number() throws(JSONError) -> Int {
        let start = at
        let negative = bytes[at] == UInt8(ascii: "-")
        if negative { at += 1 }
        guard at < bytes.count, (48...57).contains(bytes[at]) else { throw error(.unexpected) }
        let leadingZero = bytes[at] == 48
        var digits = 0
        var number = 0
        while at < bytes.count, (48...57).contains(bytes[at]) {
            number = number * 10 + Int(bytes[at] - 48)
            digits += 1
            at += 1
            guard digits <= 16 else { throw JSONError(reason: .notWhole, offset: start) }
        }
        let more = at < bytes.count && [0x2E, 0x65, 0x45].contains(bytes[at])
        guard !more, number <= 9_007_199_254_740_991, !(leadingZero && digits > 1),
            !(negative && number == 0)
        else { throw JSONError(reason: .notWhole, offset: start) }
        return negative ? -number : number
    }

    private mutating func text() throws(JSONError) -> String {
        let start = at
        at += 1
        var utf8: [UInt8] = []
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: utf8, as: UTF8.self) else {
                    throw JSONError(reason: .badText, offset: start)
                }
                return text
            case UInt8(ascii: "\\"): try escape(into: &utf8)
            case 0..<0x20: throw JSONError(reason: .badText, offset: at - 1)
            default: utf8.append(byte)
            }
        }
        throw error(.truncated)
    }

    private mutating func escape(into utf8: inout [UInt8]) throws(JSONError) {
        guard at < bytes.count else { throw error(.truncated) }
        at += 1
        switch bytes[at - 1] {
        case UInt8(ascii: "\""): utf8.append(0x22)
        case UInt8(ascii: "\\"): utf8.append(0x5C)
        case UInt8(ascii: "/"): utf8.append(0x2F)
        case UInt8(ascii: "b"): utf8.append(0x08)
        case UInt8(ascii: "f"): utf8.append(0x0C)
        case UInt8(ascii: "n"): utf8.append(0x0A)
        case UInt8(ascii: "r"): utf8.append(0x0D)
        case UInt8(ascii: "t"): utf8.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexUnit()
            if (0xD800..<0xDC00).contains(code) {
                try take(#"\u"#)
                let low = try hexUnit()
                guard (0xDC00..<0xE000).contains(low) else { throw error(.badText) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw error(.badText) }
            utf8.append(contentsOf: Array(String(Character(scalar)).utf8))
        default: throw JSONError(reason: .badText, offset: at - 1)
        }
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard at < bytes.count, let digit = Character(Unicode.Scalar(bytes[at])).hexDigitValue
            else { throw error(.badText) }
            unit = unit << 4 + UInt32(digit)
            at += 1
        }
        return unit
    }
}
