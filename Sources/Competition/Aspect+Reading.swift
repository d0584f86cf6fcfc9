public import Exact
public import Findings

extension Aspect {
    /// Reads what was entered for this aspect into its stored form, or says what was wrong.
    ///
    /// Full-or-zero also reads 是/否, yes/no, and its full mark; a time may be written `mm:ss.t`;
    /// an empty text is ``StoredMark/empty``; absence words are words.
    ///
    /// - Throws: a ``Refusal`` with one finding, without a place.
    public func read(_ text: some StringProtocol) throws(Refusal) -> Int32 {
        let trimmed = text.trimmingBlanks()
        if trimmed.isEmpty { return StoredMark.empty }
        if let status = EntrantStatus(word: trimmed) { return StoredMark.word(status) }
        if ["未做", "not attempted"].contains(trimmed.lowercased()) {
            return StoredMark.notAttempted
        }
        if case .fullOrZero(let max) = marking, let yes = Self.truth(trimmed, max) {
            return yes ? 1 : 0
        }
        guard let decimal = Self.number(trimmed) else {
            if Self.isTooLong(trimmed) {
                throw Refusal(
                    "mark.decimals",
                    Text(
                        "评分点 \(id.text) 的分数 \(trimmed) 位数过多;应为 \(expectation.zh)",
                        "aspect \(id.text): mark \(trimmed) has too many digits; expected \(expectation.en)"
                    )
                )
            }
            throw Refusal(
                "mark.not-a-number",
                Text(
                    "评分点 \(id.text) 的分数“\(trimmed)”不是数字;应为 \(expectation.zh)",
                    "aspect \(id.text): \"\(trimmed)\" is not a number; expected \(expectation.en)"
                )
            )
        }
        return try store(decimal, written: trimmed)
    }

    private static func truth(_ text: String, _ max: Rational) -> Bool? {
        switch text.lowercased() {
        case "是", "yes", "y", "true", "√": return true
        case "否", "no", "n", "false", "×": return false
        default:
            guard let number = try? DecimalText(text).value else { return nil }
            if number == .zero { return false }
            return number == .one || number == max ? true : nil
        }
    }

    private static func isTooLong(_ text: String) -> Bool {
        do throws(DecimalTextError) {
            _ = try DecimalText(text)
            return false
        } catch {
            return error == .tooLong
        }
    }

    /// Reads a decimal number, or a time `mm:ss.t` / `h:mm:ss.t` as seconds.
    private static func number(_ text: String) -> DecimalText? {
        guard text.contains(":") || text.contains("：") else { return try? DecimalText(text) }
        let parts = text.split(omittingEmptySubsequences: false) { $0 == ":" || $0 == "：" }
        guard (2...3).contains(parts.count), let seconds = try? DecimalText(parts[parts.count - 1])
        else { return nil }
        var whole = 0
        for part in parts.dropLast() {
            guard let number = try? DecimalText(part), number.places == 0,
                number.value >= .zero, number.value < Rational(100_000)
            else { return nil }
            whole = whole * 60 + Int(number.value.numerator)
        }
        guard seconds.value >= .zero, seconds.value < Rational(60) else { return nil }
        guard let total = try? Rational(whole * 60).plus(seconds.value),
            let text = try? total.text(Rounding(places: seconds.places))
        else { return nil }
        return try? DecimalText(text)
    }

    private func store(_ decimal: DecimalText, written: String) throws(Refusal) -> Int32 {
        let range = marking.range
        func fault(_ code: String, _ zh: String, _ en: String) -> Refusal {
            Refusal(
                code,
                Text(
                    "评分点 \(id.text) 的分数 \(written) \(zh);应为 \(expectation.zh)",
                    "aspect \(id.text): mark \(written) \(en); expected \(expectation.en)"
                )
            )
        }
        guard decimal.value >= range.least, decimal.value <= range.greatest else {
            throw fault("mark.range", "超出范围", "is out of range")
        }
        if case .options(let options) = marking,
            !options.contains(where: { $0.code == decimal.value })
        {
            throw fault("mark.option", "不是可选值", "is none of the options")
        }
        guard
            let unscaled = try? decimal.value.unscaled(Rounding(places: range.places, mode: .down)),
            let exact = try? Rational(unscaled, over: Self.power(range.places)),
            exact == decimal.value
        else { throw fault("mark.decimals", "小数位过多", "has too many decimals") }
        guard let steps = try? decimal.value.minus(range.least).divided(by: range.step),
            steps.isWhole
        else { throw fault("mark.step", "不符合步长", "is off the step") }
        return Int32(truncatingIfNeeded: unscaled)
    }

    private static func power(_ places: Int) -> Int128 {
        (0..<places).reduce(Int128(1)) { power, _ in power * 10 }
    }

    /// What may be entered, in words.
    public var expectation: Text {
        let range = marking.range
        switch marking {
        case .fullOrZero: return Text("是/否(1/0)", "yes or no (1 or 0)")
        case .options(let options):
            let codes = options.map(\.code.shortest)
            return Text(
                "以下之一:" + codes.joined(separator: "、"),
                "one of " + codes.joined(separator: ", ")
            )
        default:
            let (low, high) = (range.least.shortest, range.greatest.shortest)
            return Text(
                "\(low)–\(high),步长 \(range.step.shortest)",
                "\(low) to \(high) in steps of \(range.step.shortest)"
            )
        }
    }

    /// The value of a stored mark, as it was entered.
    public func entered(_ stored: Int32) throws(ExactError) -> Rational {
        try Rational(unscaled: Int(stored), places: marking.range.places)
    }

    /// A stored mark as text: the number, or its word.
    public func text(stored: Int32) -> String {
        switch stored {
        case StoredMark.empty: ""
        case StoredMark.notAttempted: "未做"
        default:
            StoredMark.status(stored)?.text.zh ?? ((try? entered(stored))?.shortest ?? "")
        }
    }
}

extension StringProtocol {
    /// The text without the blanks around it, the ideographic one (U+3000) included.
    public func trimmingBlanks() -> String {
        let scalars = unicodeScalars
        guard
            let first = scalars.firstIndex(where: {
                !$0.properties.isWhitespace && $0 != "\u{FEFF}"
            })
        else { return "" }
        var last = scalars.endIndex
        while last > first {
            let before = scalars.index(before: last)
            guard scalars[before].properties.isWhitespace else { break }
            last = before
        }
        return String(String.UnicodeScalarView(scalars[first..<last]))
    }
}
