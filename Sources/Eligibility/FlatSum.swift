/// What the tiers that hold, or may hold, come to for one person; in whole fen.
///
/// The same as ``TierSum``, of numbers instead of lists.
struct FlatSum {
    /// Whether nothing outside the tiers is open.
    let isCertain: Bool
    /// Whether nothing is open but what the amounts are taken of.
    var isSettled: Bool
    let isHighest: Bool
    var isBounded = true

    private var isNegotiated = false
    private var certainLow = Int.max
    private var certainHigh = Int.min
    private var openLow = Int.max
    private var openHigh = Int.min

    init(isCertain: Bool, isSettled: Bool, isHighest: Bool) {
        self.isCertain = isCertain
        self.isSettled = isSettled
        self.isHighest = isHighest
    }

    mutating func add(_ fen: Int, _ holds: Bool) {
        if holds {
            certainLow = min(certainLow, fen)
            certainHigh = max(certainHigh, fen)
        } else {
            openLow = min(openLow, fen)
            openHigh = max(openHigh, fen)
        }
    }

    mutating func negotiate(_ holds: Bool) {
        isNegotiated = isNegotiated || holds
        isBounded = false
    }

    private mutating func lacks(upTo cap: Int?) {
        isSettled = false
        add(0, false)
        if let cap { add(cap, false) } else { isBounded = false }
    }

    mutating func share(_ part: Int, _ of: Int, _ number: Int?, _ cap: Int?, _ holds: Bool) {
        guard let fen = Self.fen(number), let share = Self.share(fen, part, of) else {
            return lacks(upTo: cap)
        }
        add(cap.map { min(share, $0) } ?? share, holds)
    }

    /// What a share of the rent is taken of.
    struct Rent {
        let part: Int
        let of: Int
        let cap: Int
        let rent: Int?
        let area: Int?
        let within: Int?
        let isParted: Bool?
    }

    mutating func rent(_ rent: Rent, _ holds: Bool) {
        let whole = Self.fen(rent.rent)
        let part = whole.flatMap { Self.share($0, rent.part, rent.of) }
        guard let area = rent.area, area > 0, let whole, let part else { return lacks(upTo: part) }
        if area <= rent.cap { return add(part, holds) }
        switch rent.isParted {
        case true?:
            let (top, over) = rent.part.multipliedReportingOverflow(by: rent.cap)
            let (bottom, under) = rent.of.multipliedReportingOverflow(by: area)
            if !over, !under, let within = Self.share(whole, top, bottom) {
                return add(within, holds)
            }
            lacks(upTo: part)
        case false?:
            guard let within = Self.fen(rent.within), within <= whole,
                let share = Self.share(within, rent.part, rent.of)
            else { return lacks(upTo: part) }
            add(share, holds)
        case nil: lacks(upTo: part)
        }
    }

    /// Ten-thousandths of a yuan as fen, where there are no parts of one and it is no debt.
    private static func fen(_ number: Int?) -> Int? {
        guard let number, number >= 0, number % 100 == 0 else { return nil }
        return number / 100
    }

    /// A share, rounded half up.
    private static func share(_ fen: Int, _ part: Int, _ of: Int) -> Int? {
        let exact = 2 * Int128(fen) * Int128(part) + Int128(of)
        return Int(exactly: exact / (2 * Int128(of)))
    }

    /// The outcome and the least and the most.
    var result: (FlatDecisions.Code, Int, Int) {
        let settled = isSettled && isCertain
        if isNegotiated, settled { return (.negotiated, 0, 0) }
        let low = min(certainLow, openLow)
        let high = max(certainHigh, openHigh)
        if isCertain, isBounded, certainHigh > Int.min {
            let isOne =
                isHighest ? openHigh <= certainHigh : low == high && (settled || openHigh > .min)
            if isOne { return (.eligible, certainHigh, certainHigh) }
        }
        guard isBounded, high > Int.min else {
            return (.undetermined, 0, Int(FlatDecisions.unbounded))
        }
        let least = isCertain && certainHigh > Int.min ? (isHighest ? certainHigh : low) : 0
        return (.undetermined, least, high)
    }
}
