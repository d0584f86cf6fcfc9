/// Numbers as spreadsheet files write them: binary ones, written with up to 17 decimal digits.
enum SheetNumber {
    /// What a person would have typed for a number of a file: `0.3` for `0.30000000000000004`.
    ///
    /// The digits before the point all stay. After it, at most 10 decimals do, and no more than
    /// 15 significant digits in all, the last one rounded half up; trailing zeros go. All of it is
    /// done on the digits, so that no binary rounding enters. Nil where the text is no number.
    ///
    /// Source: a binary64 keeps 15 decimal digits (IEEE 754), which is also what a sheet shows.
    static func decimalText(_ written: String) -> String? {
        guard var number = Digits(written) else { return nil }
        number.dropLeadingZeros()
        guard !number.digits.isEmpty else { return "0" }
        number.round(places: min(10, max(0, 15 - max(number.point, 0))))
        return number.text
    }

    /// Whether a text is a number as files write them.
    static func isNumber(_ written: String) -> Bool {
        // Most are whole.
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        if written.utf8.count <= 18, !written.isEmpty, written.utf8.allSatisfy(digits.contains) {
            return true
        }
        return Digits(written) != nil
    }

    /// Digits `d₁d₂…` that stand for `0.d₁d₂… × 10ᵖᵒⁱⁿᵗ`.
    private struct Digits {
        var negative = false
        var digits: [UInt8] = []
        var point = 0

        /// Reads a number such as `-12.5E-3`.
        ///
        /// One longer than any binary64 is taken for no number, so that `1E999999999` costs
        /// nothing.
        init?(_ text: String) {
            guard text.utf8.count <= 400 else { return nil }
            var rest = Substring(text).utf8
            if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
                negative = sign == UInt8(ascii: "-")
                rest = rest.dropFirst()
            }
            var seenPoint = false
            while let byte = rest.first {
                if byte == UInt8(ascii: "."), !seenPoint {
                    seenPoint = true
                } else if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                    digits.append(byte - UInt8(ascii: "0"))
                    if !seenPoint { point += 1 }
                } else {
                    break
                }
                rest = rest.dropFirst()
            }
            guard !digits.isEmpty else { return nil }
            if let letter = rest.first {
                guard letter == UInt8(ascii: "e") || letter == UInt8(ascii: "E"),
                    let exponent = Int(String(Substring(rest.dropFirst()))),
                    (-400...400).contains(exponent)
                else { return nil }
                point += exponent
            }
        }

        mutating func dropLeadingZeros() {
            let zeros = digits.prefix { $0 == 0 }.count
            digits.removeFirst(zeros)
            point -= zeros
        }

        mutating func round(places: Int) {
            let kept = point + places
            guard kept < digits.count else { return }
            let up = kept >= 0 && digits[kept] >= 5
            digits.removeSubrange(max(kept, 0)...)
            guard up else { return }
            var at = digits.count
            while at > 0 {
                at -= 1
                guard digits[at] == 9 else {
                    digits[at] += 1
                    return
                }
                digits[at] = 0
            }
            digits.insert(1, at: 0)
            point += 1
        }

        var text: String {
            func characters(_ digits: some Sequence<UInt8>) -> String {
                String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
            }
            var whole = Array(digits.prefix(max(point, 0)))
            whole += Array(repeating: 0, count: max(point, 0) - whole.count)
            var fraction =
                Array(repeating: 0, count: max(-point, 0)) + digits.dropFirst(whole.count)
            while fraction.last == 0 { fraction.removeLast() }
            let isZero = whole.allSatisfy { $0 == 0 } && fraction.isEmpty
            return (negative && !isZero ? "-" : "") + (whole.isEmpty ? "0" : characters(whole))
                + (fraction.isEmpty ? "" : "." + characters(fraction))
        }
    }
}
