internal import Eligibility
internal import Exact
internal import Findings

/// Whether the versions of a policy follow each other day by day.
struct PolicyVersions {
    let policies: [Policy]
    let path: String

    /// Overlaps, gaps without a reason, and versions without dates.
    var findings: [Finding] {
        var findings: [Finding] = []
        for policy in policies {
            let earlier = policies.filter { policy.replaces.contains($0.id) }
            guard !earlier.isEmpty else { continue }
            guard let range = policy.inForce, earlier.allSatisfy({ $0.inForce != nil }) else {
                findings.append(
                    fault(
                        "policy.versions-undated",
                        "\(policy.id) 与它取代的版本都应写 in_force",
                        "\(policy.id) and what it replaces all need in_force"
                    )
                )
                continue
            }
            for other in earlier {
                guard let before = other.inForce, before.overlaps(range) else { continue }
                findings.append(
                    fault(
                        "policy.versions-overlap",
                        "\(other.id)(至 \(before.upperBound.description))与 \(policy.id)(自 \(range.lowerBound.description))的有效期重叠",
                        "\(other.id) (to \(before.upperBound.description)) and \(policy.id) (from \(range.lowerBound.description)) are in force together"
                    )
                )
            }
            let last = earlier.compactMap(\.inForce).map(\.upperBound).max()
            if let last, last.daysSince1970 + 1 < range.lowerBound.daysSince1970,
                policy.gapReason == nil
            {
                findings.append(
                    fault(
                        "policy.versions-gap",
                        "\(last.description) 之后到 \(policy.id) 的 \(range.lowerBound.description) 之间没有版本有效;确实如此的写 gap_reason",
                        "no version is in force between \(last.description) and \(range.lowerBound.description), when \(policy.id) begins; give gap_reason where that is so"
                    )
                )
            }
        }
        return findings
    }

    private func fault(_ code: String, _ zh: String, _ en: String) -> Finding {
        Finding(code, Text(zh, en), at: Place(file: path))
    }

    /// The policies that speak on a day: of versions that replace each other, the one in force; where
    /// none is, the latest, which then says so.
    func speaking(on day: Day) -> [Policy] {
        let inForce = policies.filter { $0.inForce?.contains(day) ?? true }
        return policies.filter { policy in
            if inForce.contains(policy) { return true }
            let family = policies.filter { isOneFamily($0, policy) }
            if family.contains(where: { inForce.contains($0) }) { return false }
            return !family.contains { $0.replaces.contains(policy.id) }
        }
    }

    private func isOneFamily(_ a: Policy, _ b: Policy) -> Bool {
        a.id != b.id
            && (a.replaces.contains(b.id) || b.replaces.contains(a.id)
                || !Set(a.replaces).isDisjoint(with: b.replaces))
    }
}
