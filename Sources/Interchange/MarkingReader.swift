internal import Competition
internal import Exact
internal import Findings

/// Reads how an aspect is marked: one key that names the kind, with its figures below.
struct MarkingReader {
    let reader: TreeReader

    private static let kinds = [
        "score", "judgement", "full_or_zero", "options", "count", "deduct", "tolerance", "bands",
        "linear", "rate", "theory",
    ]

    func marking(_ fields: Fields) -> Marking? {
        let named = Self.kinds.filter { fields.keys.contains($0) }
        for kind in Self.kinds { _ = fields.optional(kind) }
        guard named.count == 1, let kind = named.first, let node = fields.optional(kind) else {
            let kinds = Self.kinds.joined(separator: ", ")
            reader.report(
                "scorecard.marking",
                "每个评分点应恰有一种评分方式:\(kinds)",
                "an aspect needs exactly one way of marking: \(kinds)",
                at: fields.place
            )
            return nil
        }
        guard let marking = marking(kind, node) else { return nil }
        guard (try? marking.bounds()) != nil else {
            reader.report(
                "scorecard.overflow",
                "数值过大",
                "the figures are too large",
                at: node.place
            )
            return nil
        }
        return marking
    }

    private func marking(_ kind: String, _ node: DataNode) -> Marking? {
        if kind == "options" { return options(node) }
        guard let fields = reader.fields(node) else { return nil }
        defer { fields.close() }
        switch kind {
        case "score": return range(fields, standardStep: nil).map(Marking.score)
        case "judgement": return judgement(fields)
        case "full_or_zero": return fields.rational("max").map(Marking.fullOrZero)
        case "count": return count(fields)
        case "deduct": return deduct(fields)
        case "tolerance": return tolerance(fields)
        case "bands": return bands(fields)
        case "linear": return linear(fields)
        case "rate": return proportion(fields, whole: "full")
        default: return proportion(fields, whole: "paper")
        }
    }

    /// `min`, `max` and `step`.
    private func range(
        _ fields: Fields,
        standardStep: Rational?,
        least: Rational = .zero,
        greatestKey: String = "max"
    ) -> MarkRange? {
        let low = fields.optionalRational("min") ?? least
        let step = fields.optionalRational("step") ?? standardStep ?? .one
        guard let high = fields.rational(greatestKey) else { return nil }
        guard let range = MarkRange(least: low, greatest: high, step: step) else {
            reader.report(
                "scorecard.range",
                "范围不成立:min 不大于 \(greatestKey),step 大于 0,至多 6 位小数",
                "no range: min must not pass \(greatestKey), step must be above 0, 6 decimals at most",
                at: fields.place
            )
            return nil
        }
        if step > .zero, let steps = try? high.minus(low).divided(by: step), !steps.isWhole {
            reader.report(
                "scorecard.step",
                "按步长 \(step.shortest) 从 \(low.shortest) 到不了 \(high.shortest)",
                "\(high.shortest) can't be reached from \(low.shortest) in steps of \(step.shortest)",
                at: fields.place
            )
        }
        return range
    }

    private func judgement(_ fields: Fields) -> Marking? {
        let spread = fields.optional("spread").flatMap { reader.int($0, in: 0...3) } ?? 1
        let levels = fields.optional("levels").map { reader.list($0).compactMap(reader.text) } ?? []
        if !levels.isEmpty, levels.count != 4 {
            reader.report(
                "scorecard.levels",
                "评价的标杆应为 4 条(0–3)",
                "a judgement has four benchmark texts, for 0 to 3",
                at: fields.place(of: "levels")
            )
        }
        return fields.rational("max").map {
            .judgement(max: $0, spread: spread, levels: levels)
        }
    }

    private func options(_ node: DataNode) -> Marking? {
        var options: [MarkOption] = []
        for element in reader.list(node) {
            if case .scalar = element.value {
                guard let marks = reader.rational(element) else { return nil }
                options.append(MarkOption(code: marks, marks: marks))
                continue
            }
            guard let fields = reader.fields(element) else { return nil }
            let code = fields.optionalRational("code")
            let title = fields.optionalText("title")
            let marks = fields.rational("marks")
            fields.close()
            guard let marks else { return nil }
            options.append(MarkOption(code: code ?? marks, marks: marks, title: title))
        }
        guard Set(options.map(\.code)).count == options.count, options.count > 1 else {
            reader.report(
                "scorecard.options",
                "选项至少两个,且不得重复(重复的永远选不到)",
                "options must be two or more and differ; a repeated one can never be chosen",
                at: node.place
            )
            return nil
        }
        return .options(options)
    }

    private func count(_ fields: Fields) -> Marking? {
        let of = fields.required("of").flatMap { reader.int($0, in: 1...100_000) }
        guard let max = fields.rational("max"), let of else { return nil }
        return .count(of: of, max: max)
    }

    private func deduct(_ fields: Fields) -> Marking? {
        let floor = fields.optionalRational("floor") ?? .zero
        let max = fields.rational("max")
        guard let each = fields.rational("each"), let max else { return nil }
        guard each > .zero, floor <= max else {
            reader.report(
                "scorecard.deduct",
                "each 应大于 0,floor 不大于 max",
                "each must be above 0, and floor not above max",
                at: fields.place
            )
            return nil
        }
        return .deduct(max: max, each: each, floor: floor)
    }

    private enum Units: String, CaseIterable {
        case begun
        case whole
        case proportional
    }

    private func tolerance(_ fields: Fields) -> Marking? {
        let max = fields.rational("max")
        let target = fields.optionalRational("target")
        let side = fields.optional("side").flatMap { reader.choice($0, Marking.Side.self) }
        let free = fields.optionalRational("free") ?? .zero
        let per = fields.rational("per")
        let loss = fields.rational("loss")
        let floor = fields.optionalRational("floor") ?? .zero
        let units = fields.optional("units").flatMap { reader.choice($0, Units.self) }
        let step =
            fields.optionalRational("step") ?? (try? Rational(unscaled: 1, places: 2)) ?? .one
        let limit = fields.optionalRational("limit") ?? Rational(9_999)
        guard let max, let per, let loss else { return nil }
        guard per > .zero, loss >= .zero, floor <= max, free >= .zero,
            let least = try? limit.negated(),
            let range = MarkRange(least: least, greatest: limit, step: step)
        else {
            reader.report(
                "scorecard.tolerance",
                "per、step 应大于 0,loss、free 不小于 0,floor 不大于 max",
                "per and step must be above 0, loss and free not below 0, floor not above max",
                at: fields.place
            )
            return nil
        }
        let mode: RoundingMode? =
            switch units {
            case .begun, nil: .up
            case .whole: .down
            case .proportional: nil
            }
        return .tolerance(
            Marking.Tolerance(
                target: target ?? .zero,
                side: side ?? .both,
                max: max,
                free: free,
                per: per,
                loss: loss,
                floor: floor,
                units: mode,
                range: range
            )
        )
    }

    private func bands(_ fields: Fields) -> Marking? {
        let node = fields.required("list")
        let otherwise = fields.optionalRational("otherwise") ?? .zero
        let least = fields.optionalRational("min") ?? .zero
        let step =
            fields.optionalRational("step") ?? (try? Rational(unscaled: 1, places: 2)) ?? .one
        let limit = fields.optionalRational("limit") ?? Rational(99_999)
        var bands: [MarkBand] = []
        var isFrom: Bool?
        for element in node.map(reader.list) ?? [] {
            guard let band = reader.fields(element) else { return nil }
            let from = band.optionalRational("from")
            let upTo = band.optionalRational("to")
            let marks = band.rational("marks")
            band.close()
            // A number that can't be read has been named already.
            guard band.keys.contains("from") == (from != nil),
                band.keys.contains("to") == (upTo != nil)
            else { return nil }
            guard let end = from ?? upTo, from == nil || upTo == nil,
                isFrom.map({ $0 == (from != nil) }) ?? true
            else {
                reader.report(
                    "scorecard.bands",
                    "各档都用 to(不超过)或都用 from(不低于)",
                    "bands have either all a \"to\" (up to) or all a \"from\" (at least)",
                    at: element.place
                )
                return nil
            }
            guard let marks else { return nil }
            isFrom = from != nil
            if let last = bands.last, from == nil ? end <= last.end : end >= last.end {
                reader.report(
                    "scorecard.bands",
                    from == nil ? "各档应由小到大;此档与上一档重叠" : "各档应由大到小;此档与上一档重叠",
                    from == nil
                        ? "bands must rise; this one overlaps the one before"
                        : "bands must fall; this one overlaps the one before",
                    at: element.place
                )
                return nil
            }
            if end < least || end > limit {
                reader.report(
                    "scorecard.bands",
                    "此档在可输入范围 \(least.shortest)–\(limit.shortest) 之外,永远用不到",
                    "this band lies outside what may be entered, \(least.shortest) to \(limit.shortest)",
                    at: element.place
                )
            }
            bands.append(MarkBand(end: end, marks: marks))
        }
        guard !bands.isEmpty, let range = MarkRange(least: least, greatest: limit, step: step)
        else {
            reader.report("scorecard.bands", "缺少分档", "there are no bands", at: fields.place)
            return nil
        }
        return .bands(
            Marking.Bands(
                list: bands,
                isFrom: isFrom ?? false,
                otherwise: otherwise,
                range: range
            )
        )
    }

    private func linear(_ fields: Fields) -> Marking? {
        let at = fields.optionalRational("at") ?? .zero
        let points = fields.optionalRational("points") ?? .zero
        let gain = fields.rational("per_unit")
        let floor = fields.optionalRational("floor")
        let cap = fields.optionalRational("cap")
        guard let range = range(fields, standardStep: try? Rational(unscaled: 1, places: 2)),
            let gain
        else { return nil }
        return .linear(
            Marking.Linear(
                at: at,
                points: points,
                perUnit: gain,
                floor: floor,
                cap: cap,
                range: range
            )
        )
    }

    /// A rate (`full` earns `max`) or a theory paper (`paper` marks are scaled to `max`).
    private func proportion(_ fields: Fields, whole key: String) -> Marking? {
        let whole = fields.rational(key)
        let step = fields.optionalRational("step") ?? (try? Rational(unscaled: 1, places: 2))
        guard let max = fields.rational("max"), let whole, whole > .zero,
            let gain = try? max.divided(by: whole),
            let limit = key == "paper"
                ? whole : fields.optionalRational("limit") ?? (try? whole.times(Rational(1_000))),
            limit >= whole,
            let range = MarkRange(least: .zero, greatest: limit, step: step ?? .one)
        else {
            reader.report(
                "scorecard.proportion",
                "\(key) 与 max 应大于 0,limit 不小于 \(key)",
                "\(key) and max must be above 0, limit not below \(key)",
                at: fields.place
            )
            return nil
        }
        return .linear(
            Marking.Linear(
                at: .zero,
                points: .zero,
                perUnit: gain,
                floor: .zero,
                cap: max,
                range: range
            )
        )
    }
}
