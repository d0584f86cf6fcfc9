internal import Eligibility
internal import Findings
internal import Rules

/// Whether every setting of a policy does something, and nothing contradicts one that is settled.
struct SettingUse {
    let reader: TreeReader
    let settings: [PolicySetting]

    func check(
        _ benefits: [Benefit],
        examples: [PolicyExample],
        settingPlaces: [Place],
        examplePlaces: [Place]
    ) {
        let used = Set(benefits.flatMap(Self.names))
        if settings.count == settingPlaces.count {
            for (setting, place) in zip(settings, settingPlaces) where !used.contains(setting.id) {
                reader.report(
                    "policy.setting-unused",
                    "设定 \(setting.id) 没有任何条件、期限或金额用到,定下它不会有任何作用",
                    "no condition, term or amount asks for the setting \(setting.id): settling it would change nothing",
                    at: place
                )
            }
        }
        guard examples.count == examplePlaces.count else { return }
        for (example, place) in zip(examples, examplePlaces) {
            for setting in settings {
                guard let value = setting.value, let told = example.facts[setting.id],
                    told != .truth(value)
                else { continue }
                reader.report(
                    "policy.setting-contradiction",
                    "例“\(example.name)”把 \(setting.id) 当作 \(told.text.zh),而它已定为 \(FactValue.truth(value).text.zh)",
                    "the example \"\(example.name)\" takes \(setting.id) as \(told.text.en), though it is settled as \(FactValue.truth(value).text.en)",
                    at: place
                )
            }
        }
    }

    /// The facts and settings that a benefit asks for anywhere.
    private static func names(_ benefit: Benefit) -> [String] {
        var names = benefit.when.factNames + benefit.tiers.flatMap(\.when.factNames)
        names += benefit.exclusions.flatMap(\.when.factNames)
        names += benefit.tiers.compactMap { tier in
            if case .rent(let rent) = tier.amount { rent.partedIf } else { nil }
        }
        if case .monthly(let term?) = benefit.kind, let setting = term.breaksSetting {
            names.append(setting)
        }
        if let setting = benefit.highestSetting { names.append(setting) }
        return names
    }
}
