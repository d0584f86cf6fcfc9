import Foundation
import Testing

/// The plain desk as a judge, a screen reader or a script meets it.
@Suite struct EnterTests {
    private let folder: String

    /// A record with one judge and two entrants of the tiny invented event, made by commands.
    init() throws {
        folder = NSTemporaryDirectory() + "laurel-enter-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "1".write(toFile: folder + "/pin", atomically: true, encoding: .utf8)
        try """
        entrant,item,delegation,group,name,id_number
        T01-001,T01,990200,worker,虚思远,219900199001010014
        T01-002,T01,990300,worker,拟明安,21990019900202002X

        """.write(toFile: folder + "/entrants.csv", atomically: true, encoding: .utf8)
        let event = Run.root.appendingPathComponent("Tests/Fixtures/tiny-event").path
        let keys = ["--keys", "keys", "--pin-file", "pin", "--lang", "en"]
        for line in [
            "init \(event) --into tiny.laurel --rehearsal", "key new J-1", "key new R-1",
            "appoint R-1 --role recorder --person P-R --item T01 --as organiser",
            "appoint J-1 --role judge --person P-1 --item T01 --delegation 990100 --as organiser",
            "entrants import entrants.csv --as organiser",
        ] {
            let run = try Run(line.split(separator: " ").map(String.init) + keys, in: folder)
            try #require(run.code == 0, "\(line): \(run.err)")
        }
    }

    private func enter(_ input: String, _ more: [String] = [], lang: String = "en") throws -> Run {
        try Run(
            ["enter", "--plain", "--as", "J-1", "--keys", "keys", "--pin-file", "pin"]
                + ["--lang", lang] + more,
            input: input,
            in: folder
        )
    }

    /// Where the desk stands when it begins: the first field that it asks for.
    private func stand(_ run: Run) -> Substring? {
        run.out.split(separator: "\n").first { $0.hasPrefix("[") }?.split(separator: "]").first
    }

    @Test func aScriptOfAnswersEntersASheetAndItStandsWhereItStoodAfterEveryLine() throws {
        // Sixteen values, with a refused one, a step back and a comment among them.
        let values = (0..<16).map { "\(Double($0 % 15) / 2)" }
        for (number, value) in values.prefix(5).enumerated() {
            let run = try enter(value + "\n")
            #expect(run.code == 0, "\(run.err)")
            #expect(stand(run) == "[\(number + 1)/16")
            #expect(run.out.contains("\(number + 1) values are kept"))
        }
        let refused = try enter("8\n3.3\n缺\n<\n#look again\n7.5\n")
        #expect(refused.out.contains("out of range"))
        #expect(refused.out.contains("off the step"))
        #expect(refused.out.contains("not a number"))
        #expect(refused.out.contains("the comment is kept"))
        let rest = values.dropFirst(5).joined(separator: "\n") + "\n"
        let review = try enter(rest + "q\n")
        #expect(review.out.contains("16/16 entered; 2 sheets are ready, 0 are not"))
        let signed = try enter("y\n")
        #expect(signed.code == 0)
        #expect(signed.out.split(separator: "\n").filter { $0.contains(": receipt ") }.count == 2)
        let after = try enter("", lang: "zh")
        #expect(after.out.contains("待交评分表 0 份"))
        let sheets = try Run(["sheet", "list", "T01", "--format", "csv"], in: folder)
        #expect(sheets.out.split(whereSeparator: \.isNewline).count == 3)
        #expect(try Run(["audit", "verify"], in: folder).code == 0)
    }

    @Test func oneAspectAcrossAllEntrantsComesInThatOrder() throws {
        let run = try enter("1\n1\n1\n", ["--order", "aspect"])
        let asked = run.out.split(separator: "\n").filter { $0.hasPrefix("[") }
        #expect(
            asked.prefix(3) == [
                "[1/16] T01-001 B.B01 J-1", "[2/16] T01-002 B.B01 J-1", "[3/16] T01-001 B.B02 J-1",
            ]
        )
    }

    @Test func whereThereIsARecorderThePanelsValuesAreAskedOfAJudgeOnlyOnRequest() throws {
        #expect(try enter("").out.contains("2 sheets to hand in, 16 values"))
        #expect(try enter("", ["--panel"]).out.contains("4 sheets to hand in, 32 values"))
    }

    @Test func whoHasNothingToMarkIsToldSo() throws {
        let run = try Run(
            [
                "enter", "T01", "--plain", "--as", "organiser", "--keys", "keys", "--pin-file",
                "pin",
            ],
            in: folder
        )
        #expect(run.code == 1)
        #expect(run.err.contains("enter.role"))
    }
}
