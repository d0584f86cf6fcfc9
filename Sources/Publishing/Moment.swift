internal import Exact

/// A time as the pages show it: the day and minute in China's time, whatever machine writes them.
struct Moment {
    /// Such as `2022-10-28 17:05 (UTC+8)`.
    let text: String
    /// Such as `2022-10-28T17:05:00+08:00`.
    let iso: String

    /// Takes milliseconds since 1970.
    init(_ milliseconds: Int) {
        let minutes = milliseconds / 60_000 + 480
        let (days, minute) = minutes.quotientAndRemainder(dividingBy: 1_440)
        let day = Day(daysSince1970: days)?.description ?? ""
        let time = "\(Self.two(minute / 60)):\(Self.two(minute % 60))"
        text = "\(day) \(time) (UTC+8)"
        iso = "\(day)T\(time):00+08:00"
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
