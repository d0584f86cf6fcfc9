internal import Exact
internal import Snapshots

/// The distribution of an item's totals as a small drawing, and in words.
///
/// Totals are counted as whole numbers of their last place, so no bar depends on a rounding.
struct Histogram {
    /// A bar: the totals from `low` up to, not including, the next bar's.
    struct Bar: Hashable {
        let low: Int
        let count: Int
    }

    let bars: [Bar]
    let width: Int
    private let values: [Int]
    private let places: Int
    private let speech: Speech

    init(_ item: ItemResult, _ speech: Speech) {
        self.speech = speech
        let totals = item.rows.filter(\.isRanked).compactMap(\.total)
            .compactMap { try? DecimalText($0) }
        let places = totals.map(\.places).max() ?? 0
        self.places = places
        values = totals.compactMap { Self.whole($0, places) }.sorted()
        guard places <= 6, let first = values.first, let last = values.last, first < last else {
            (bars, width) = ([], 0)
            return
        }
        let width = Self.niceWidth(last - first)
        self.width = width
        let start = Self.floor(first, width)
        var counts = Array(repeating: 0, count: Self.floor(last, width) - start + 1)
        for value in values { counts[Self.floor(value, width) - start] += 1 }
        bars = counts.enumerated().map { Bar(low: (start + $0) * width, count: $1) }
    }

    /// The drawing with its words; nothing where fewer than five totals have a spread.
    var figure: Markup {
        guard values.count >= 5, let first = values.first, let last = values.last,
            let top = bars.map(\.count).max()
        else { return "" }
        let ends = (text(first), text(last), median)
        let modes = bars.filter { $0.count == top }.map {
            "\(text($0.low))–\(text($0.low + width))"
        }
        let summary = speech(
            "\(values.count) 个总分,\(ends.0) 至 \(ends.1),中位数 \(ends.2);最集中在 \(modes.joined(separator: "、"))(\(modes.count > 1 ? "各" : "共") \(top) 个)。",
            "\(values.count) totals from \(ends.0) to \(ends.1), median \(ends.2); most in \(modes.joined(separator: " and ")) (\(top)\(modes.count > 1 ? " each" : ""))."
        )
        return """
            <section><h2 id="spread">\(speech("总分分布", "Distribution of totals"))</h2>
            <figure class="spread">\(drawing(top))
            <figcaption id="spread-text">\(summary)</figcaption></figure></section>
            """
    }

    private func drawing(_ top: Int) -> Markup {
        let (step, height) = (44, 120)
        var shapes: Markup = ""
        for (index, bar) in bars.enumerated() {
            let (x, tall) = (20 + index * step, bar.count * height / top)
            let y = 20 + height - tall
            if bar.count > 0 {
                shapes += """
                    <rect x="\(x + 2)" y="\(y)" width="\(step - 4)" height="\(tall)" rx="2"/>\
                    <text class="count" x="\(x + step / 2)" y="\(y - 5)">\(bar.count)</text>
                    """
            }
            shapes += "<text x=\"\(x)\" y=\"158\">\(text(bar.low))</text>\n"
        }
        let right = 20 + bars.count * step
        return """
            <svg viewBox="0 0 \(right + 20) 166" width="\(right + 20)" height="166" role="img" \
            aria-labelledby="spread" aria-describedby="spread-text">
            \(shapes)<text x="\(right)" y="158">\(text((bars.last?.low ?? 0) + width))</text>
            <line x1="20" y1="140.5" x2="\(right)" y2="140.5"/></svg>
            """
    }

    private var median: String {
        let middle = values.count / 2
        if values.count % 2 == 1 { return text(values[middle]) }
        let sum = values[middle - 1] + values[middle]
        return sum % 2 == 0
            ? text(sum / 2) : Self.text(sum * 5, places + 1)
    }

    private func text(_ value: Int) -> String { Self.text(value, places) }

    /// A whole number of the last place as a decimal, without zeros that say nothing.
    private static func text(_ value: Int, _ places: Int) -> String {
        var digits = String(value.magnitude)
        while digits.utf8.count <= places { digits = "0" + digits }
        var fraction = String(digits.suffix(places))
        while fraction.hasSuffix("0") { fraction.removeLast() }
        let whole = digits.dropLast(places)
        return (value < 0 ? "-" : "") + whole + (fraction.isEmpty ? "" : "." + fraction)
    }

    private static func whole(_ number: DecimalText, _ places: Int) -> Int? {
        guard places <= 6 else { return nil }
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        guard let scaled = try? number.value.times(Rational(scale)), scaled.isWhole else {
            return nil
        }
        return Int(exactly: scaled.numerator)
    }

    /// The least of 1, 2 and 5 times a power of ten that needs at most 14 bars.
    private static func niceWidth(_ range: Int) -> Int {
        var unit = 1
        while true {
            for factor in [1, 2, 5] where range / (unit * factor) < 13 { return unit * factor }
            unit *= 10
        }
    }

    private static func floor(_ a: Int, _ b: Int) -> Int {
        a >= 0 ? a / b : -((-a + b - 1) / b)
    }
}
