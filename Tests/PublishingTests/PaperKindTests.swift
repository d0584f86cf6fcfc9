import Foundation
import Interchange
import Publishing
import Testing

@Suite struct PaperKindTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Templates")

    @Test(arguments: PaperKind.allCases)
    func theProgramCarriesTheTemplatesAsTheyStand(_ kind: PaperKind) throws {
        let file = Self.folder.appendingPathComponent(kind.rawValue + ".yaml")
        #expect(try String(contentsOf: file, encoding: .utf8) == kind.template)
    }

    @Test(arguments: PaperKind.allCases)
    func theTemplatesAreGood(_ kind: PaperKind) throws {
        _ = try PageTemplateFile.read(
            try YAMLFile.parse(kind.template, file: kind.rawValue),
            vocabulary: kind.vocabulary,
            folder: "."
        )
    }
}
