internal import Findings
internal import HTTPTypes
internal import Publishing
internal import Seal

/// The style sheet and the scripts of the hall's pages.
enum HallFiles {
    private static let files: [String: Reply] = [
        "hall.css": made("text/css", PageKit.stylesheet + HallStyle.text),
        "hall.js": made(
            "text/javascript",
            HallScript.store + HallScript.seat + HallScript.queue + HallScript.sheet
                + HallScript.signing + HallScript.start
        ), "board.js": made("text/javascript", HallBoardScript.text),
    ]

    static func file(_ parts: [String]) -> Reply? { parts.count == 1 ? files[parts[0]] : nil }

    private static func made(_ type: String, _ text: String) -> Reply {
        let body = Array(text.utf8)
        return Reply(
            status: .ok,
            type: type + "; charset=utf-8",
            body: body,
            tag: "\"" + Digest(of: body).hex.prefix(32) + "\"",
            // A server that was upgraded must not meet the script of the one before.
            cache: "no-cache"
        )
    }
}
