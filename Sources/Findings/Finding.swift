/// How much a finding weighs.
public enum Severity: Int, Sendable, Hashable, Comparable {
    /// Refuses what it stands on.
    case error = 0
    /// Worth a person's look; refuses nothing.
    case warning = 1
    /// Said once for the record.
    case note = 2

    /// Orders the graver first.
    public static func < (a: Severity, b: Severity) -> Bool { a.rawValue < b.rawValue }

    /// What the severity is called.
    public var text: Text {
        switch self {
        case .error: Text("错误", "error")
        case .warning: Text("警告", "warning")
        case .note: Text("提示", "note")
        }
    }
}

/// Where in what a person gave us a finding stands.
public struct Place: Sendable, Hashable, Comparable {
    /// The file, or the name of the argument.
    public var file: String
    /// The line, from 1; nil where the whole file is meant.
    public var line: Int?
    /// The column, from 1, counted in characters.
    public var column: Int?
    /// The place inside the document's own structure, such as `parts[1].aspects[0].step`.
    public var path: String?

    /// Makes a place; a file (or argument) is all it needs.
    public init(file: String, line: Int? = nil, column: Int? = nil, path: String? = nil) {
        self.file = file
        self.line = line
        self.column = column
        self.path = path
    }

    /// The place as compilers print it: `file:line:column`.
    public var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if let column, line != nil { text += ":\(column)" }
        return text
    }

    /// Orders by file, then line, then column, then path; cells of a worksheet, as
    /// `form.xlsx!Sheet!D8`, as one reads them: D8 before D10.
    public static func < (a: Place, b: Place) -> Bool {
        if a.file != b.file { return (CellName(a.file), a.file) < (CellName(b.file), b.file) }
        return (a.line ?? 0, a.column ?? 0, a.path ?? "")
            < (b.line ?? 0, b.column ?? 0, b.path ?? "")
    }

    /// A file's name, with what may be the name of a cell at its end taken apart.
    private struct CellName: Comparable {
        let sheet: Substring
        let row: Int
        let letters: Substring

        init(_ file: String) {
            if let mark = file.lastIndex(of: "!") {
                let cell = file[file.index(after: mark)...]
                let letters = cell.prefix { ("A"..."Z").contains($0) }
                if !letters.isEmpty, let row = Int(cell.dropFirst(letters.count)), row > 0 {
                    (sheet, self.row, self.letters) = (file[..<mark], row, letters)
                    return
                }
            }
            (sheet, row, letters) = (file[...], 0, "")
        }

        static func < (a: CellName, b: CellName) -> Bool {
            (a.sheet, a.row, a.letters.count, a.letters)
                < (b.sheet, b.row, b.letters.count, b.letters)
        }
    }
}

/// One thing that a person got wrong, or should look at.
///
/// A finding is collected, never thrown on its own: a person who has made five mistakes is told
/// five, in the order of their places.
public struct Finding: Sendable, Hashable {
    /// A stable name that tests and scripts may rely on, such as `mark.step`.
    public var code: String
    /// How much it weighs.
    public var severity: Severity
    /// Where it stands; nil where it is of the whole.
    public var place: Place?
    /// What was wrong and what was expected.
    public var message: Text
    /// What to do about it.
    public var hint: Text?

    /// Makes a finding; an error unless said otherwise.
    public init(
        _ code: String,
        _ message: Text,
        severity: Severity = .error,
        at place: Place? = nil,
        hint: Text? = nil
    ) {
        self.code = code
        self.severity = severity
        self.place = place
        self.message = message
        self.hint = hint
    }

    /// The finding as one or two lines: place, severity, message, code, and the hint below.
    public func rendered(in language: Language) -> String {
        var line = place.map { $0.description + ": " } ?? ""
        line += severity.text[language] + ": " + message[language] + " [" + code + "]"
        if let hint { line += "\n  → " + hint[language] }
        return Self.printable(line)
    }

    /// What people gave us is repeated to them without its control characters, and not at any length.
    private static func printable(_ line: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in line.unicodeScalars.prefix(1_000) {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\n"
            scalars.append(isControl ? "\u{FFFD}" : scalar)
        }
        return String(scalars) + (line.unicodeScalars.count > 1_000 ? "…" : "")
    }
}

extension Finding: Comparable {
    /// Orders by place, then weight, then code, then wording, so that output never depends on chance.
    public static func < (a: Finding, b: Finding) -> Bool {
        let left = a.place ?? Place(file: "")
        let right = b.place ?? Place(file: "")
        if left != right { return left < right }
        return (a.severity.rawValue, a.code, a.message.en)
            < (b.severity.rawValue, b.code, b.message.en)
    }
}

extension Sequence<Finding> {
    /// Whether any finding refuses what it stands on.
    public var hasErrors: Bool { contains { $0.severity == .error } }
}

/// Thrown where findings leave nothing to go on with; holds all of them, sorted.
public struct Refusal: Error, Sendable {
    /// The findings, in the order of their places.
    public let findings: [Finding]

    /// Makes a refusal of all that was found.
    public init(_ findings: [Finding]) { self.findings = findings.sorted() }

    /// Makes a refusal of one finding.
    public init(_ finding: Finding) { findings = [finding] }

    /// Makes a refusal of one finding, from its parts.
    public init(_ code: String, _ message: Text, at place: Place? = nil, hint: Text? = nil) {
        self.init(Finding(code, message, at: place, hint: hint))
    }
}
