/// WorldSkills' own medal rules, on whole scaled scores.
///
/// Source: domain-worldskills 3.1–3.4, checked against all official results named there.
enum WorldSkillsMedals: String, Sendable, Hashable, CaseIterable {
    /// To 2017: two points, anchored; positions shared by the same window throughout.
    case to2017 = "worldskills-to-2017"
    /// 2019 to 2024: two points, anchored; positions shared by equal scores below the medals.
    case from2019 = "worldskills-2019-2024"
    /// 2026: the three highest distinct scores.
    case from2026 = "worldskills-2026"

    /// Awards and positions, in the order given; equal scores always get equal awards.
    func awards(_ scores: [Int], centre: Int) -> [GivenAward] {
        let order = scores.indices.sorted {
            scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
        }
        let sorted = order.map { scores[$0] }
        let counts = medals(sorted)
        let positions = positions(sorted, counts)
        var awards = [GivenAward](
            repeating: GivenAward(award: .none, position: nil),
            count: scores.count
        )
        for (place, index) in order.enumerated() {
            let award: Award =
                place < counts.gold
                ? .gold
                : place < counts.gold + counts.silver
                    ? .silver
                    : place < counts.total ? .bronze : sorted[place] >= centre ? .medallion : .none
            awards[index] = GivenAward(award: award, position: positions[place])
        }
        return awards
    }

    private struct Medals {
        var gold = 0
        var silver = 0
        var bronze = 0
        var total: Int { gold + silver + bronze }
    }

    private func medals(_ sorted: [Int]) -> Medals {
        /// How many from a place on lie within a distance of an anchor.
        func within(_ distance: Int, of anchor: Int, from place: Int) -> Int {
            sorted[place...].prefix { anchor - $0 <= distance }.count
        }
        guard !sorted.isEmpty else { return Medals() }
        var medals = Medals()
        if self == .from2026 {
            medals.gold = within(0, of: sorted[0], from: 0)
            if medals.total < sorted.count {
                medals.silver = within(0, of: sorted[medals.total], from: medals.total)
            }
            if medals.total < sorted.count {
                medals.bronze = within(0, of: sorted[medals.total], from: medals.total)
            }
            return medals
        }
        medals.gold = within(2, of: sorted[0], from: 0)
        guard medals.total < sorted.count else { return medals }
        switch medals.gold {
        case 1:
            medals.silver = within(2, of: sorted[1], from: 1)
            guard medals.total < sorted.count else { return medals }
            // One silver brings a bronze; several bring one only to those close to the last silver.
            let anchor = medals.silver == 1 ? sorted[medals.total] : sorted[medals.total - 1]
            medals.bronze = within(2, of: anchor, from: medals.total)
        case 2: medals.bronze = within(2, of: sorted[2], from: 2)
        default: medals.bronze = within(2, of: sorted[medals.gold - 1], from: medals.gold)
        }
        return medals
    }

    private func positions(_ sorted: [Int], _ medals: Medals) -> [Int] {
        var positions: [Int] = []
        var anchor = 0
        let starts = [0, medals.gold, medals.gold + medals.silver, medals.total]
        for (place, score) in sorted.enumerated() {
            let isShared: Bool
            switch self {
            case .to2017: isShared = place > 0 && sorted[anchor] - score <= 2
            case .from2019 where place < medals.total: isShared = !starts.contains(place)
            default:
                isShared = place > 0 && place != medals.total && sorted[place - 1] == score
            }
            if !isShared { anchor = place }
            positions.append(anchor + 1)
        }
        return positions
    }
}
