import Seal
import Testing

@Suite struct CanonicalJSONTests {
    @Test func membersAreSortedByUTF16AndNothingIsNormalised() {
        // RFC 8785, section 3.2.3: the sorting example, by UTF-16 code units.
        let value: JSONValue = [
            "\u{20ac}": "Euro Sign", "\r": "Carriage Return", "\u{fb33}": "Hebrew Letter Dalet",
            "1": "One", "\u{1f600}": "Emoji", "\u{80}": "Control", "\u{f6}": "Latin",
        ]
        let names = value.canonicalText.split(separator: "\":\"").dropLast().map {
            $0.split(separator: "\"").last.map(String.init) ?? ""
        }
        #expect(names == ["\\r", "1", "\u{80}", "\u{f6}", "\u{20ac}", "\u{1f600}", "\u{fb33}"])
    }

    @Test func escapesAreTheShortest() {
        let value = JSONValue.string("\u{0}\u{8}\t\n\u{c}\r\"\\/\u{1f}中")
        #expect(value.canonicalText == #""\u0000\b\t\n\f\r\"\\/\u001f中""#)
    }

    @Test(arguments: [
        (#"{"a":1,"a":2}"#, JSONError.Reason.duplicateName), ("[1,]", .unexpected),
        ("1.5", .notWhole), ("1e3", .notWhole), ("01", .notWhole), ("-0", .notWhole),
        ("9007199254740992", .notWhole), ("[1", .truncated), ("\"a", .truncated),
        ("true false", .trailing), (#""\ud800""#, .unexpected), (#""\x""#, .badText),
        ("nul", .truncated), (String(repeating: "[", count: 80), .tooDeep),
    ])
    func hostileTextIsRefusedWithItsReason(text: String, reason: JSONError.Reason) {
        #expect {
            try JSONValue(parsing: text)
        } throws: { error in
            (error as? JSONError)?.reason == reason
        }
    }

    @Test func whatIsWrittenIsReadBack() throws {
        let value: JSONValue = ["b": [1, -2, nil, true], "a": "虚 \u{1f600}", "c": ["x": 0]]
        let read = try JSONValue(parsing: value.canonical)
        #expect(read.canonical == value.canonical)
    }
}

@Suite struct MerkleTreeTests {
    /// RFC 6962, section 2.1, written down as it stands there.
    private func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard let first = leaves.first else { return Digest(of: [UInt8]()) }
        guard leaves.count > 1 else { return first }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = root(leaves.prefix(split))
        let right = root(leaves.dropFirst(split))
        return Digest(of: [0x01] + left.bytes + right.bytes)
    }

    @Test func everyProofOfEveryTreeUpTo40AgreesWithTheDefinition() throws {
        let leaves = (0..<40).map { MerkleTree.leaf([UInt8($0)]) }
        let tree = MerkleTree(leaves: leaves)
        for size in 0...40 { #expect(tree.root(size: size) == root(leaves.prefix(size))) }
        for size in 1...40 {
            let root = tree.root(size: size)
            for index in 0..<size {
                let path = try #require(tree.inclusionProof(index: index, size: size))
                func holds(_ leaf: Digest, _ at: Int) -> Bool {
                    MerkleTree.verifyInclusion(
                        of: leaf,
                        index: at,
                        size: size,
                        path: path,
                        root: root
                    )
                }
                #expect(holds(leaves[index], index))
                #expect(!holds(Digest(of: [9, 9]), index))
                if size > 1 { #expect(!holds(leaves[index], (index + 1) % size)) }
            }
            for old in 1...size {
                let path = try #require(tree.consistencyProof(from: old, to: size))
                let oldRoot = tree.root(size: old)
                #expect(
                    MerkleTree.verifyConsistency(
                        old: old,
                        oldRoot: oldRoot,
                        new: size,
                        newRoot: root,
                        path: path
                    )
                )
                #expect(
                    !MerkleTree.verifyConsistency(
                        old: old,
                        oldRoot: Digest(of: [1]),
                        new: size,
                        newRoot: root,
                        path: path
                    )
                )
            }
        }
        #expect(tree.consistencyProof(from: 0, to: 5) == nil)
    }

    @Test func theEmptyTreeIsTheHashOfNothing() {
        let hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        #expect(MerkleTree().root().hex == hash)
    }
}

@Suite struct KeyTests {
    /// RFC 8032, section 7.1, test 2.
    @Test func ed25519AgreesWithItsPublishedVector() throws {
        let seed = try #require(
            [UInt8](hex: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
        )
        let key = try #require(SigningKey(seed: seed))
        #expect(
            key.verifying.hex == "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        )
        let signature =
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
        let bytes = try #require([UInt8](hex: signature))
        #expect(key.verifying.accepts(bytes, over: [0x72]))
        #expect(!key.verifying.accepts(bytes, over: [0x73]))
    }

    @Test func aVaultOpensUnderItsPINAndNoOther() throws {
        let vault = try Vault.shut([1, 2, 3], pin: "1234", cost: .rehearsal)
        #expect(try Vault.open(vault, pin: "1234") == [1, 2, 3])
        #expect(throws: VaultError.wrongPINOrChanged) { try Vault.open(vault, pin: "1235") }
        #expect(throws: VaultError.notAVault) { try Vault.open(["vault": 2], pin: "1234") }
    }

    @Test func aSignedNoteIsReadBackAndATamperedOneFails() throws {
        let key = try #require(SigningKey(seed: [UInt8](repeating: 7, count: 32)))
        let note = try SignedNote(signing: "laurel/x\n5\nabc\n", name: "laurel/x", with: key)
        let read = try #require(SignedNote(parsing: note.rendered))
        #expect(read.verifies(with: key.verifying))
        let tampered = note.rendered.replacing("5", with: "6")
        #expect(SignedNote(parsing: tampered)?.verifies(with: key.verifying) == false)
    }
}
