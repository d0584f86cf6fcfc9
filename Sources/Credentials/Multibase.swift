internal import Foundation

/// Bytes as text whose first letter says how: `z` base58btc, `u` base64url without padding.
///
/// Source: W3C Controlled Identifiers 1.0, section 2.4. Each kind has one spelling for given bytes;
/// any other is refused, so that nobody can make two texts of one signature.
public enum Multibase {
    private static let alphabet = Array(
        "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8
    )

    /// Bytes as `z` and base58btc.
    ///
    /// - Complexity: O(n²); keys and signatures are short.
    public static func base58(_ bytes: [UInt8]) -> String {
        // Base-58 digits, the lowest first.
        var digits: [UInt8] = []
        for byte in bytes {
            var carry = Int(byte)
            for index in digits.indices {
                carry += Int(digits[index]) << 8
                digits[index] = UInt8(carry % 58)
                carry /= 58
            }
            while carry > 0 {
                digits.append(UInt8(carry % 58))
                carry /= 58
            }
        }
        let zeros = [UInt8](repeating: alphabet[0], count: bytes.prefix { $0 == 0 }.count)
        let text = zeros + digits.reversed().map { alphabet[Int($0)] }
        return "z" + String(decoding: text, as: UTF8.self)
    }

    /// Reads `z` and base58btc; nil where it is anything else, or longer than keys and signatures are.
    public static func bytes(base58 text: String) -> [UInt8]? {
        let utf8 = Array(text.utf8)
        guard utf8.first == UInt8(ascii: "z"), utf8.count > 1, utf8.count <= 128 else { return nil }
        var bytes: [UInt8] = []
        for letter in utf8.dropFirst() {
            guard var carry = alphabet.firstIndex(of: letter) else { return nil }
            for index in bytes.indices {
                carry += Int(bytes[index]) * 58
                bytes[index] = UInt8(carry & 0xFF)
                carry >>= 8
            }
            while carry > 0 {
                bytes.append(UInt8(carry & 0xFF))
                carry >>= 8
            }
        }
        let zeros = utf8.dropFirst().prefix { $0 == alphabet[0] }.count
        let read = [UInt8](repeating: 0, count: zeros) + bytes.reversed()
        return base58(read).utf8.elementsEqual(text.utf8) ? read : nil
    }

    /// Bytes as base64url without padding and without a first letter, as a JWT has them.
    public static func base64url(_ bytes: [UInt8]) -> String {
        var letters: [UInt8] = []
        for letter in Data(bytes).base64EncodedString().utf8 {
            switch letter {
            case UInt8(ascii: "+"): letters.append(UInt8(ascii: "-"))
            case UInt8(ascii: "/"): letters.append(UInt8(ascii: "_"))
            case UInt8(ascii: "="): continue
            default: letters.append(letter)
            }
        }
        return String(decoding: letters, as: UTF8.self)
    }

    /// Reads base64url without padding; nil where it is anything else, or its last bits are not zero.
    public static func bytes(base64url text: some StringProtocol) -> [UInt8]? {
        var letters: [UInt8] = []
        for letter in text.utf8 {
            switch letter {
            case UInt8(ascii: "-"): letters.append(UInt8(ascii: "+"))
            case UInt8(ascii: "_"): letters.append(UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="): return nil
            default: letters.append(letter)
            }
        }
        while letters.count % 4 != 0 { letters.append(UInt8(ascii: "=")) }
        guard let data = Data(base64Encoded: Data(letters)) else { return nil }
        let bytes = Array(data)
        return base64url(bytes).utf8.elementsEqual(text.utf8) ? bytes : nil
    }
}
