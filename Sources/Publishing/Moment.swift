/// A time as the pages show it: the day and minute in China's time, whatever machine writes them.
struct Moment {
    /// Such as `2022-10-28 17:05 (UTC+8)`.
    let text: String

    /// Takes milliseconds since 1970.
    ///
    /// Source: Howard Hinnant, chrono-Compatible Low-Level Date Algorithms, `civil_from_days`.
    init(_ milliseconds: Int) {
        let minutes = Self.floor(milliseconds, 60000) + 480
        let days = Self.floor(minutes, 1440)
        let minute = minutes - days * 1440
        let shifted = days + 719468
        let era = Self.floor(shifted, 146097)
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        let clock = "\(Self.two(minute / 60)):\(Self.two(minute % 60))"
        text = "\(year)-\(Self.two(month))-\(Self.two(day)) \(clock) (UTC+8)"
    }

    private static func floor(_ a: Int, _ b: Int) -> Int {
        a >= 0 ? a / b : -((-a + b - 1) / b)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
