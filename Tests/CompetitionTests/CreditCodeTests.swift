import Competition
import Testing

@Suite struct CreditCodeTests {
    /// The first is printed in public registers' own guides, the second is made up.
    @Test(arguments: ["91350100M000100Y43", "12210000000000001D", "91350100m000100y43"])
    func aCodeWhoseCheckFitsIsRead(code: String) throws {
        #expect(try CreditCode(code).text == code.uppercased())
        #expect(CreditCode.flaw(of: code) == nil)
    }

    @Test(arguments: [
        ("91350100M000100Y44", CreditCode.Flaw.check), ("91350100M000100Y4", .form),
        ("91350100M000100Y433", .form), ("91350100I000100Y43", .form),
        ("91350100S000100Y43", .form), ("", .form), ("91350100M000100Y4３", .form),
    ])
    func anyOtherIsRefused(code: String, flaw: CreditCode.Flaw) {
        #expect(CreditCode.flaw(of: code) == flaw)
    }

    /// Every single wrong character is found: weights and modulus are prime to each other.
    @Test func everySingleWrongCharacterIsFound() {
        let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY")
        let code = Array("91350100M000100Y43")
        for place in code.indices {
            for letter in alphabet where letter != code[place] {
                var wrong = code
                wrong[place] = letter
                #expect(CreditCode.flaw(of: String(wrong)) == .check)
            }
        }
    }
}
