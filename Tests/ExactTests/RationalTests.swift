import Exact
import Testing

@Suite struct RationalTests {
    @Test func numbersAreKeptInLowestTermsWithAPositiveDenominator() throws {
        let number = try Rational(6, over: -8)
        #expect(number.numerator == -3)
        #expect(number.denominator == 4)
        #expect(number.fraction == "-3/4")
    }

    @Test(arguments: [
        ("2.345", 2, RoundingMode.halfUp, "2.35"), ("2.345", 2, .halfEven, "2.34"),
        ("2.355", 2, .halfEven, "2.36"), ("-2.345", 2, .halfUp, "-2.35"),
        ("-2.345", 2, .down, "-2.34"), ("2.341", 2, .up, "2.35"), ("2.34", 2, .up, "2.34"),
        ("0.5", 0, .halfUp, "1"), ("0.5", 0, .halfEven, "0"), ("84.995", 2, .halfUp, "85.00"),
        ("84.994999", 2, .halfUp, "84.99"), ("0", 2, .up, "0.00"),
    ])
    func roundingFollowsItsMode(
        text: String,
        places: Int,
        mode: RoundingMode,
        expected: String
    ) throws {
        let number = try DecimalText(text).value
        #expect(try number.text(Rounding(places: places, mode: mode)) == expected)
    }

    @Test func aThirdIsRoundedOnceAndOnlyWhenAsked() throws {
        let third = try Rational(100, over: 3)
        #expect(try third.text(Rounding(places: 2)) == "33.33")
        #expect(try third.times(Rational(3)) == Rational(100))
    }

    @Test func overflowIsAnErrorAndNeverAWrap() throws {
        let huge = try Rational(Int128.max - 1, over: 1)
        #expect(throws: ExactError.overflow) { try huge.plus(huge) }
        #expect(throws: ExactError.overflow) { try huge.times(Rational(2)) }
        #expect(throws: ExactError.divisionByZero) { try huge.divided(by: .zero) }
        #expect(throws: ExactError.overflow) { try huge.rounded(Rounding(places: 2)) == huge }
    }

    @Test func comparisonNeitherOverflowsNorRounds() throws {
        let a = try Rational(Int128.max - 1, over: Int128.max - 2)
        let b = try Rational(Int128.max - 2, over: Int128.max - 3)
        #expect(a < b)
        #expect(!(b < a))
    }

    /// Every pair of small fractions, against cross multiplication in plain integers.
    @Test func arithmeticAgreesWithIntegersOnASmallWorld() throws {
        for a in -6...6 {
            for b in 1...6 {
                for c in -6...6 {
                    for d in 1...6 {
                        let x = try Rational(Int128(a), over: Int128(b))
                        let y = try Rational(Int128(c), over: Int128(d))
                        #expect(
                            try x.plus(y) == Rational(Int128(a * d + c * b), over: Int128(b * d))
                        )
                        #expect(try x.times(y) == Rational(Int128(a * c), over: Int128(b * d)))
                        #expect((x < y) == (a * d < c * b))
                        #expect(x.floor == Int128((Double(a) / Double(b)).rounded(.down)))
                    }
                }
            }
        }
    }
}

@Suite struct DecimalTextTests {
    @Test(arguments: [
        ("8", "8", 0), ("8.50", "8.5", 2), ("-0.25", "-0.25", 2), (".5", "0.5", 1),
        ("８．５", "8.5", 1), ("+3", "3", 0), ("−1", "-1", 0),
    ])
    func whatSpreadsheetsWriteIsRead(text: String, value: String, places: Int) throws {
        let read = try DecimalText(text)
        #expect(read.value.shortest == value)
        #expect(read.places == places)
    }

    @Test(arguments: ["", " ", "1e3", "1,000", "8.5.1", "abc", "NaN", "--1", "1 0", "０ｘ"])
    func whatIsNoDecimalNumberIsRefused(text: String) {
        #expect(throws: DecimalTextError.notANumber) { try DecimalText(text) }
    }

    @Test func moreDigitsThanFitAreRefused() {
        #expect(throws: DecimalTextError.tooLong) {
            try DecimalText(String(repeating: "9", count: 60))
        }
    }
}

@Suite struct MoneyAndDayTests {
    @Test func moneyIsWholeFen() throws {
        #expect(Money(yuan: try DecimalText("1000.50").value)?.amountFen == 100_050)
        #expect(Money(yuan: try DecimalText("0.001").value) == nil)
        #expect(Money(amountFen: 10_000_000).yuanText == "100,000")
        #expect(Money(amountFen: -105).yuanText == "-1.05")
    }

    @Test(arguments: [
        ("1967-10-27", "2022-10-27", 55), ("1967-10-28", "2022-10-27", 54),
        ("1967-10-26", "2022-10-27", 55), ("2004-02-29", "2022-02-28", 17),
        ("2004-02-29", "2022-03-01", 18), ("2004-02-29", "2024-02-29", 20),
    ])
    func ageIsReachedOnTheBirthday(birth: String, on: String, years: Int) throws {
        let birth = try #require(Day(birth))
        let on = try #require(Day(on))
        #expect(birth.fullYears(on: on) == years)
    }

    @Test(
        "A day and its number since 1970 are each other's, across leap days and centuries",
        arguments: [
            ("1970-01-01", 0), ("1969-12-31", -1), ("2000-02-29", 11_016), ("2000-03-01", 11_017),
            ("1900-03-01", -25_508), ("1900-02-28", -25_509), ("2026-11-22", 20_779),
            ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
        ]
    )
    func aDayAndItsNumber(text: String, number: Int) throws {
        let day = try #require(Day(text))
        #expect(day.daysSince1970 == number)
        #expect(Day(daysSince1970: number) == day)
    }

    @Test(
        "A number outside the years 1 to 9999 is no day",
        arguments: [-719_163, 2_932_897, .max, .min]
    )
    func aNumberOutsideTheYearsIsNoDay(number: Int) {
        #expect(Day(daysSince1970: number) == nil)
    }

    @Test(arguments: [
        "1985-02-29", "2022-13-01", "2022-00-10", "2022-4-1", "20221027", "2022-04-31",
    ])
    func whatTheCalendarDoesNotHaveIsNoDay(text: String) {
        #expect(Day(text) == nil)
    }
}
