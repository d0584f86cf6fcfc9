internal import CCurses
internal import Foundation

/// The terminal in full-screen mode, through ncursesw; one at a time, closed when it goes.
public final class TerminalScreen {
    /// Opens the terminal of standard input and output; nil where one of them is no terminal, or one
    /// that can't be drawn on.
    ///
    /// - Parameter hasColor: whether colours may be used; `NO_COLOR` is the caller's to ask.
    public init?(hasColor: Bool) {
        guard isatty(0) == 1, isatty(1) == 1, curses_locale(), curses_open(hasColor) else {
            return nil
        }
    }

    deinit { close() }

    private var isOpen = true

    /// Gives the terminal back as it was.
    public func close() {
        if isOpen { curses_close() }
        isOpen = false
    }

    /// The size of the window now.
    public var size: Size { Size(rows: Int(curses_rows()), columns: Int(curses_columns())) }

    /// Shows a frame; only what changed is sent.
    public func draw(_ frame: Frame) {
        let size = size
        curses_clear()
        for (row, line) in frame.lines.prefix(size.rows).enumerated() {
            var column = 0
            for run in line.cut(to: size.columns).runs {
                // A control character from a name or a title must not reach the terminal.
                let text = String(
                    String.UnicodeScalarView(
                        run.text.unicodeScalars.filter {
                            $0.properties.generalCategory != .control
                        }
                    )
                )
                curses_write(Int32(row), Int32(column), text, run.style.bits)
                column += DisplayWidth.of(text)
            }
        }
        let cursor = frame.cursor
        curses_show(Int32(cursor?.row ?? -1), Int32(cursor?.column ?? -1))
    }

    /// Shows everything anew.
    public func repaint() { curses_repaint() }

    /// Waits for a key.
    ///
    /// - Parameter milliseconds: how long at most; for ever where negative.
    /// - Returns: the key, or that there was none.
    public func key(within milliseconds: Int = -1) -> Key {
        var left = milliseconds
        while true {
            let slice = left < 0 ? Self.slice : min(left, Self.slice)
            var code: UInt32 = 0
            switch curses_key(Int32(slice), &code) {
            case 1: return Self.character(code)
            case 2: return Self.named[code] ?? .other
            case 0: break
            default: return .hangUp
            }
            if curses_resized() { return .resize }
            guard left >= 0 else { continue }
            left -= slice
            if left <= 0 { return .nothing }
        }
    }

    /// How often the window's size is asked for, in milliseconds.
    private static let slice = 150

    private static func character(_ code: UInt32) -> Key {
        switch code {
        case 10, 13: return .enter
        case 9: return .tab
        case 27: return .escape
        case 8, 127: return .backspace
        case 1...26:
            return Unicode.Scalar(code + 0x60).map { .control(Character($0)) } ?? .other
        default:
            guard let scalar = Unicode.Scalar(code), scalar.value >= 32 else { return .other }
            return .character(Character(scalar))
        }
    }

    private static let named: [UInt32: Key] = {
        let keys: [(Int, Key)] = [
            (CURSES_UP, .up), (CURSES_DOWN, .down),
            (CURSES_LEFT, .left), (CURSES_RIGHT, .right),
            (CURSES_HOME, .home), (CURSES_END, .end),
            (CURSES_PAGE_UP, .pageUp), (CURSES_PAGE_DOWN, .pageDown),
            (CURSES_BACKSPACE, .backspace), (CURSES_DELETE, .delete),
            (CURSES_BACK_TAB, .backTab), (CURSES_ENTER, .enter),
            (CURSES_RESIZE, .resize), (CURSES_F1, .help),
        ]
        return Dictionary(keys.map { (UInt32($0.0), $0.1) }) { first, _ in first }
    }()
}
