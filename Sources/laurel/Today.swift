import Exact
import Findings
import Foundation

/// The day on which a command runs, where people here live.
enum Today {
    static func day() throws -> Day {
        let seconds = Int(Date().timeIntervalSince1970) + 8 * 3600
        guard let day = Day(daysSince1970: seconds / 86_400) else {
            throw Failure(Text("系统时钟不可用", "the system's clock can't be used"))
        }
        return day
    }

    /// The day that an option names, else today.
    static func day(_ option: String?) throws -> Day {
        guard let option else { return try day() }
        guard let day = Day(option) else {
            throw Refusal(
                "data.day",
                Text(
                    "“\(option)”不是日期,应如 2023-03-08",
                    "\"\(option)\" is no day; expected one such as 2023-03-08"
                ),
                at: Place(file: "--on")
            )
        }
        return day
    }
}
