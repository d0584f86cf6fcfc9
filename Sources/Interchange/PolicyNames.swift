internal import Eligibility
internal import Findings

/// Whether the benefits of a policy bear names of their own and exclude what there is.
struct PolicyNames {
    let reader: TreeReader

    func check(_ benefits: [Benefit], at places: [Place]) {
        var seen: Set<String> = []
        for (benefit, place) in zip(benefits, places) {
            if !seen.insert(benefit.id).inserted {
                reader.report(
                    "policy.duplicate",
                    "待遇 \(benefit.id) 重复",
                    "the benefit \(benefit.id) stands twice",
                    at: place
                )
            }
            for exclusion in benefit.exclusions {
                for other in exclusion.benefits {
                    check(exclusion, of: benefit, other, benefits, place)
                }
            }
        }
    }

    private func check(
        _ exclusion: Exclusion,
        of benefit: Benefit,
        _ name: String,
        _ benefits: [Benefit],
        _ place: Place
    ) {
        guard name != benefit.id, let other = benefits.first(where: { $0.id == name }) else {
            let isSelf = name == benefit.id
            return reader.report(
                "policy.exclusion",
                isSelf ? "\(benefit.id) 排除了自己" : "\(benefit.id) 排除的 \(name) 不存在",
                isSelf
                    ? "\(benefit.id) excludes itself"
                    : "\(benefit.id) excludes \(name), which there is not",
                at: place
            )
        }
        if other.kind == .catalogue {
            reader.report(
                "policy.exclusion",
                "\(benefit.id) 排除的 \(name) 是目录条目,不发放",
                "\(benefit.id) excludes \(name), a catalogue entry, which nobody is paid",
                at: place
            )
        }
        let back = other.exclusions.contains {
            $0.benefits.contains(benefit.id) && $0.when == exclusion.when
        }
        if !back, !exclusion.isOneWay {
            reader.report(
                "policy.exclusion-one-way",
                "\(benefit.id) 排除 \(name),\(name) 却没有以同样条件排除它;确为单向的写 one_way: true",
                "\(benefit.id) excludes \(name), which does not exclude it under the same condition; write one_way: true where that is meant",
                at: place
            )
        }
    }
}
