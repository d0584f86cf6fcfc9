internal import Exact
internal import Snapshots

/// How far the panel of an item agrees, as a small drawing and in words; nothing where the event does
/// not state it.
struct AgreementFigure {
    private let figure: PanelFigure?
    private let speech: Speech

    init(_ item: ItemResult, _ speech: Speech) {
        figure = item.agreement
        self.speech = speech
    }

    var section: Markup {
        guard let figure else { return "" }
        let summary = speech(
            "\(figure.judges) 名裁判给 \(figure.entrants) 名(队)选手排出的先后有多一致:1 为完全相同,0 为毫无共同之处。",
            "How alike the orders are in which \(figure.judges) judges put \(figure.entrants) entrants: 1 is the same order by all, 0 is nothing in common."
        )
        let definition = speech(
            "Kendall W(和谐系数),并列有校正,四舍五入到两位小数。每名裁判的先后由其分数得出:各评分点按所占分值范围折算后相加;全组商定的评分点不计,只算每名裁判都评完的选手。这是全组的一个数,不说明任何一名裁判;少于 3 名裁判或 5 名(队)选手时不公布。",
            "Kendall's W, corrected for ties, rounded half up to two places. A judge's order is that of the sum of their marks, each as a share of its aspect's range; aspects that the panel agrees on are left out, and only entrants whom every judge marked whole count. It is one figure of the whole panel and says nothing of any judge; with fewer than 3 judges or 5 entrants none is stated."
        )
        return """
            <section><h2 id="agreement">\(speech("裁判组一致程度", "Agreement of the panel"))</h2>
            <figure class="agreement"><p class="score">\(figure.kendallsW)</p>\(drawing(figure))
            <figcaption id="agreement-text">\(summary) <small>\(definition)</small></figcaption>\
            </figure></section>
            """
    }

    /// A scale from 0 to 1; nothing where the figure is no number.
    private func drawing(_ figure: PanelFigure) -> Markup {
        guard let value = try? DecimalText(figure.kendallsW).value,
            let length = try? value.times(Rational(300)).unscaled(Rounding(places: 0)),
            (0...300).contains(length)
        else { return "" }
        return """
            <svg viewBox="0 0 340 44" width="340" height="44" role="img" \
            aria-labelledby="agreement" aria-describedby="agreement-text">
            <rect class="whole" x="20" y="8" width="300" height="12" rx="2"/>\
            <rect x="20" y="8" width="\(Int(length))" height="12" rx="2"/>
            <text x="20" y="38">0</text><text x="170" y="38">0.5</text>\
            <text x="320" y="38">1</text></svg>
            """
    }
}
