/// How text looks; colour never says what the text does not.
public struct Style: Sendable, Hashable {
    /// A colour that is legible on dark and on light grounds.
    public enum Tone: Int, Sendable, Hashable {
        /// The terminal's own.
        case plain = 0
        /// Red: refused, wanting.
        case bad
        /// Green: done.
        case good
        /// Magenta: came back.
        case back
    }

    /// Heavier.
    public var bold = false
    /// Fainter.
    public var dim = false
    /// Ground and text exchanged.
    public var reverse = false
    /// Underlined.
    public var underline = false
    /// The colour.
    public var tone = Tone.plain

    /// Makes a style.
    public init(
        bold: Bool = false,
        dim: Bool = false,
        reverse: Bool = false,
        underline: Bool = false,
        tone: Tone = .plain
    ) {
        self.bold = bold
        self.dim = dim
        self.reverse = reverse
        self.underline = underline
        self.tone = tone
    }

    /// Text as it is.
    public static let plain = Style()
    /// Heavy text.
    public static let bold = Style(bold: true)
    /// Faint text.
    public static let dim = Style(dim: true)
    /// A bar.
    public static let bar = Style(reverse: true)

    var bits: Int32 {
        Int32(
            (bold ? 1 : 0) | (dim ? 2 : 0) | (reverse ? 4 : 0) | (underline ? 8 : 0)
                | tone.rawValue << 4
        )
    }
}

/// A line of a screen: runs of text, each in its style.
public struct Line: Sendable, Hashable {
    /// The runs, from the left.
    public private(set) var runs: [Run] = []

    /// Text in one style.
    public struct Run: Sendable, Hashable {
        /// The text.
        public let text: String
        /// Its style.
        public let style: Style
    }

    /// Makes a line of one run.
    public init(_ text: String = "", _ style: Style = .plain) { add(text, style) }

    /// How many columns it takes.
    public var width: Int { runs.reduce(0) { $0 + DisplayWidth.of($1.text) } }

    /// The text without its styles.
    public var text: String { runs.map(\.text).joined() }

    /// Adds a run.
    public mutating func add(_ text: String, _ style: Style = .plain) {
        if !text.isEmpty { runs.append(Run(text: text, style: style)) }
    }

    /// Adds the runs of another line.
    public mutating func add(_ line: Line) { runs += line.runs }

    /// A line two columns from the left.
    public static func indented(_ line: Line) -> Line {
        var shown = Line("  ")
        shown.add(line)
        return shown
    }

    /// Adds a run of exactly so many columns: cut where it is longer, padded where shorter.
    public mutating func add(
        _ text: String,
        columns: Int,
        _ style: Style = .plain,
        alignedRight: Bool = false
    ) {
        let fitted = DisplayWidth.fitted(text, to: columns, alignedRight: alignedRight)
        add(fitted, style)
    }

    /// Adds blanks up to a column.
    public mutating func pad(to column: Int, _ style: Style = .plain) {
        add(String(repeating: " ", count: max(0, column - width)), style)
    }

    /// The line cut to so many columns.
    public func cut(to columns: Int) -> Line {
        var line = Line()
        var left = columns
        for run in runs {
            let width = DisplayWidth.of(run.text)
            guard width > left else {
                line.add(run.text, run.style)
                left -= width
                continue
            }
            line.add(DisplayWidth.cut(run.text, to: left), run.style)
            break
        }
        return line
    }
}

/// What a terminal shows at one moment.
public struct Frame: Sendable, Hashable {
    /// The lines from the top; those that are not there are empty.
    public var lines: [Line]
    /// Where the cursor stands, from 0; nil where there is none.
    public var cursor: Cursor?

    /// A place on the screen, from 0.
    public struct Cursor: Sendable, Hashable {
        /// The row.
        public let row: Int
        /// The column.
        public let column: Int

        /// Names a place.
        public init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    /// Makes a frame.
    public init(lines: [Line] = [], cursor: Cursor? = nil) {
        self.lines = lines
        self.cursor = cursor
    }

    /// The text without its styles, a line a row.
    public var text: String { lines.map(\.text).joined(separator: "\n") }
}

/// How large a window is.
public struct Size: Sendable, Hashable {
    /// Rows.
    public let rows: Int
    /// Columns.
    public let columns: Int

    /// Names a size.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }
}
