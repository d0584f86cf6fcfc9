import Findings
import Foundation
import Interchange
import Paper
import Testing

/// Reads templates and papers as an organiser's machine would.
enum Desk {
    static let vocabulary = PageVocabulary(
        fields: ["name", "number", "code"],
        tables: ["people": ["name", "score"]],
        series: ["people": ["part"]],
        number: ["serial"]
    )

    static func template(_ yaml: String) throws -> PageTemplate {
        try PageTemplateFile.read(
            try YAMLFile.parse(yaml, file: "t.yaml"),
            vocabulary: vocabulary,
            folder: "/nowhere"
        )
    }

    static func pdf(_ template: PageTemplate, _ fillings: [PageFilling]) throws -> [UInt8] {
        try PaperPrinter.pdf(
            fillings,
            on: template,
            title: "测试 Test",
            created: "2022-11-01T00:00:00Z"
        )
    }

    /// What another program says of a file; `{}` in the arguments stands for it.
    static func say(_ program: String, _ arguments: [String], of bytes: [UInt8]) throws -> String {
        let path = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        return try run(program, arguments.map { $0 == "{}" ? path : $0 })
    }

    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }

    /// The text of a PDF without its blanks, which a reader sets as it likes.
    static func text(_ bytes: [UInt8]) throws -> String {
        try say("/usr/bin/pdftotext", ["-raw", "{}", "-"], of: bytes).filter { !$0.isWhitespace }
    }

    /// A page as a printer would put it on paper: grey values, line by line.
    struct Image {
        let width: Int
        let height: Int
        let values: [UInt8]

        func hasInk(x: Range<Int>, y: Range<Int>) -> Bool {
            y.contains { row in
                x.contains { column in
                    row < height && column < width && values[row * width + column] < 160
                }
            }
        }
    }

    /// The first page of a PDF, by poppler.
    static func image(_ bytes: [UInt8], dotsPerInch: Int) throws -> Image {
        let path = NSTemporaryDirectory() + "laurel-" + UUID().uuidString
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        defer {
            for end in ["", ".pgm"] { try? FileManager.default.removeItem(atPath: path + end) }
        }
        _ = try run(
            "/usr/bin/pdftoppm",
            ["-gray", "-singlefile", "-r", "\(dotsPerInch)", path, path]
        )
        let data = try Data(contentsOf: URL(fileURLWithPath: path + ".pgm"))
        // P5, width, height and 255, a blank after each, then the values.
        let parts = data.split(maxSplits: 4, omittingEmptySubsequences: true) {
            [UInt8(ascii: " "), UInt8(ascii: "\n")].contains($0)
        }
        let numbers = parts[1..<4].compactMap { Int(String(decoding: $0, as: UTF8.self)) }
        try #require(parts.count == 5 && numbers.count == 3 && numbers[2] == 255)
        return Image(width: numbers[0], height: numbers[1], values: Array(parts[4]))
    }
}
