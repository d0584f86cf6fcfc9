import Credentials
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Testing

/// What leaves the annex: salted hashes, and nothing that trying all ID numbers would open.
@Suite struct HolderPrivacyTests {
    private let number = "219900199001010013"

    /// Every ID number of one district and one day of birth, the true one among them: 1,000 sequences,
    /// each with its check digit, and as the tiny world writes it.
    private func plausibleNumbers() -> [String] {
        let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
        let checks = Array("10X98765432")
        let numbers = (0..<1_000).map { sequence in
            let digits = "21990019900101" + String("000\(sequence)".suffix(3))
            let sum = zip(digits, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
            return digits + String(checks[sum % 11])
        }
        return numbers + (10..<20).map { "2199001990010100\($0)" }
    }

    /// All texts inside a value that are hashes: 64 hexadecimal digits, alone or at a text's end.
    private func hashes(_ value: JSONValue) -> Set<String> {
        switch value {
        case .string(let text):
            var found: Set<String> = []
            let tail = String(text.suffix(64))
            if tail.count == 64, Digest(hex: tail) != nil { found.insert(tail) }
            if let inner = try? JSONValue(parsing: text), case .object = inner {
                found.formUnion(hashes(inner))
            }
            return found
        case .array(let list): return list.reduce(into: []) { $0.formUnion(hashes($1)) }
        case .object(let members):
            return members.reduce(into: []) { $0.formUnion(hashes($1.value)) }
        default: return []
        }
    }

    /// What somebody who knows all of the bundle and all of the log would try for each number.
    private func guesses(_ number: String, _ claim: HonourClaim) -> [Digest] {
        let content: [JSONValue] = [
            ["id_number": .string(number), "name": .string(claim.name)],
            ["id_number": .string(number)], .string(number),
        ]
        let salts = [[], claim.nonce, claim.snapshot.bytes, claim.conferral.statement.bytes]
        return salts.flatMap { salt in
            content.map { Digest(of: salt + $0.canonical) } + [
                Digest(of: salt + Array(number.utf8)), Digest(of: Array(number.utf8) + salt),
                HonourClaim.commitment(idNumber: number, salt: salt),
            ]
        }
    }

    @Test func neitherLogNorBundleHoldsANumberOrAHashThatNumbersOpen() throws {
        let world = try HonourWorld()
        try world.confer()
        let export = try world.export()
        let bundle = export.bundle
        let record = world.world.record
        let claim = try #require(world.examine(bundle, trust: try world.trust("organiser")).claim)
        var known = hashes(bundle)
        for position in 1...(try record.length()) {
            let statement = try #require(try record.statement(at: position))
            let text = String(decoding: statement.bytes, as: UTF8.self)
            #expect(!text.contains("2199001990"), "entry \(position)")
            #expect(!text.contains("虚人"), "entry \(position)")
            known.formUnion(hashes(statement.statement.body))
        }
        #expect(!bundle.canonicalText.contains("2199001990"))
        let token = try #require(bundle["credential_jwt"]?.string)
        let payload = try #require(Multibase.bytes(base64url: token.split(separator: ".")[1]))
        #expect(!String(decoding: payload, as: UTF8.self).contains("2199001990"))
        // The commitment is among what is known, and so the search below would find it.
        let identity = try #require(claim.identity)
        #expect(known.contains(identity.hex))
        let found = plausibleNumbers().filter { number in
            guesses(number, claim).contains { known.contains($0.hex) }
        }
        #expect(found == [])
    }

    @Test func theSearchFindsTheNumberOnceTheSaltIsKnown() throws {
        // Else the search above could not fail.
        let world = try HonourWorld()
        try world.confer()
        let export = try world.export()
        let opening = try #require(export.opening)
        let salt = try #require(opening["salt"]?.string.flatMap { [UInt8](hex: $0) })
        let known = hashes(export.bundle)
        let found = plausibleNumbers().filter {
            known.contains(HonourClaim.commitment(idNumber: $0, salt: salt).hex)
        }
        #expect(found == [number])
        #expect(opening["id_number"]?.string == number)
        let read = try HolderOpening(opening.canonical, file: "o")
        let claim = try #require(
            world.examine(export.bundle, trust: try world.trust("organiser")).claim
        )
        #expect(read.opens(claim))
    }
}
