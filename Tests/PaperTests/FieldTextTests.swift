import Findings
import Paper
import Testing

@Suite struct FieldTextTests {
    @Test(
        arguments: [
            ("No. {number}", ["number": "7"], "No. 7"), ("{n:5}", ["n": "42"], "00042"),
            ("{n:2}", ["n": "4711"], "4711"), ("{n:5}", [:], ""), ("a{{b}}c", [:], "a{b}c"),
            ("{x.zh}/{x.en}", ["x.zh": "金", "x.en": "gold"], "金/gold"),
            ("{a}", ["a": "{b}", "b": "no"], "{b}"),
        ] as [(String, [String: String], String)]
    )
    func fieldsAreFilled(_ text: String, _ values: [String: String], _ filled: String) throws {
        #expect(try FieldText(text).filled(with: values) == filled)
    }

    @Test(
        arguments: [
            ("{", .open), ("a } b", .open), ("{}", .field("")), ("{Name}", .field("Name")),
            ("{n:0}", .field("n:0")), ("{n:x}", .field("n:x")), ("{a:1:2}", .field("a:1:2")),
        ] as [(String, FieldText.Fault)]
    )
    func brokenTextsAreRefused(_ text: String, _ fault: FieldText.Fault) {
        #expect(throws: fault) { try FieldText(text) }
    }

    @Test func aTextIsVoidWhenNoneOfItsFieldsHasAValue() throws {
        let text = try FieldText("No. {a} {b}")
        #expect(text.isVoid(in: [:]))
        #expect(text.isVoid(in: ["a": ""]))
        #expect(!text.isVoid(in: ["b": "1"]))
        #expect(try !FieldText("words").isVoid(in: [:]))
    }
}
