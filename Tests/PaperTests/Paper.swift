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
}
