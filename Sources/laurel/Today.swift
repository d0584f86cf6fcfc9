import Exact
import Findings
import Foundation

/// The day on which a command runs, where people here live.
enum Today {
    static func day() throws -> Day {
        guard let day = Day(inChinaAt: Int(Date().timeIntervalSince1970) * 1000) else {
            throw Failure(Text("系统时钟不可用", "the system's clock can't be used"))
        }
        return day
    }

    /// The day that `--on` names, else today.
    static func day(_ option: String?) throws -> Day {
        try option.map { try day($0, of: "--on") } ?? day()
    }

    /// The day that an option names.
    static func day(_ text: String, of option: String) throws -> Day {
        guard let day = Day(text) else {
            throw Refusal(
                "data.day",
                Text(
                    "“\(text)”不是日期,应如 2023-03-08",
                    "\"\(text)\" is no day; expected one such as 2023-03-08"
                ),
                at: Place(file: option)
            )
        }
        return day
    }
}
