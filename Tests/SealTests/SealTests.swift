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

/// RFC 6962, section 2.1, written down as it stands there.
private struct PlainTree {
    let leaves: [Digest]
    /// The same subtrees come again and again: each is hashed once.
    private var known: [Range<Int>: Digest] = [:]

    init(_ leaves: [Digest]) { self.leaves = leaves }

    /// The largest power of two smaller than n.
    private func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }

    /// MTH(D[n]).
    mutating func root(_ range: Range<Int>) -> Digest {
        if let hash = known[range] { return hash }
        guard range.count > 1 else {
            return range.isEmpty ? Digest(of: [UInt8]()) : leaves[range.lowerBound]
        }
        let middle = range.lowerBound + split(range.count)
        let left = root(range.lowerBound..<middle)
        let right = root(middle..<range.upperBound)
        let hash = Digest(of: [0x01] + left.bytes + right.bytes)
        known[range] = hash
        return hash
    }

    /// PATH(m, D[n]), section 2.1.1.
    mutating func path(_ m: Int, _ range: Range<Int>) -> [Digest] {
        guard range.count > 1 else { return [] }
        let k = split(range.count)
        let middle = range.lowerBound + k
        return m < k
            ? path(m, range.lowerBound..<middle) + [root(middle..<range.upperBound)]
            : path(m - k, middle..<range.upperBound) + [root(range.lowerBound..<middle)]
    }

    /// SUBPROOF(m, D[n], b), section 2.1.2; PROOF(m, D[n]) is SUBPROOF(m, D[n], true).
    mutating func subproof(_ m: Int, _ range: Range<Int>, _ isWhole: Bool) -> [Digest] {
        if m == range.count { return isWhole ? [] : [root(range)] }
        let k = split(range.count)
        let middle = range.lowerBound + k
        return m <= k
            ? subproof(m, range.lowerBound..<middle, isWhole) + [root(middle..<range.upperBound)]
            : subproof(m - k, middle..<range.upperBound, false)
                + [root(range.lowerBound..<middle)]
    }
}

/// What a forger makes of a path: shorter, longer, in another order, with another hash in it.
private func hostilePaths(_ path: [Digest]) -> [[Digest]] {
    let other = Digest(of: [0xBA, 0xD])
    var paths = [path + [other], [other] + path]
    if let last = path.last { paths.append(path + [last]) }
    for index in path.indices {
        var shorter = path
        shorter.remove(at: index)
        paths.append(shorter)
        var changed = path
        changed[index] = other
        paths.append(changed)
        guard index > 0 else { continue }
        var swapped = path
        swapped.swapAt(index - 1, index)
        paths.append(swapped)
    }
    return paths
}

@Suite struct MerkleTreeTests {
    private static let greatest = 130
    private static let leaves = (0..<greatest).map { MerkleTree.leaf([UInt8($0)]) }
    private let tree = MerkleTree(leaves: leaves)

    /// Sizes of which every hostile proof is tried: all small ones, and those about powers of two.
    private static let hostileSizes = Array(1...20) + [31, 32, 33, 63, 64, 65, 127, 128, 129, 130]

    /// Two halves of the work, to be done at once.
    @Test(arguments: [1...103, 104...greatest])
    func everyRootAndProofOfEveryTreeUpTo130IsThatOfTheDefinition(
        sizes: ClosedRange<Int>
    ) throws {
        var plain = PlainTree(Self.leaves)
        #expect(tree.root(size: 0) == plain.root(0..<0))
        for size in sizes {
            let root = plain.root(0..<size)
            #expect(tree.root(size: size) == root)
            for index in 0..<size {
                let path = try #require(tree.inclusionProof(index: index, size: size))
                let isRight = path == plain.path(index, 0..<size)
                let holds = MerkleTree.verifyInclusion(
                    of: Self.leaves[index],
                    index: index,
                    size: size,
                    path: path,
                    root: root
                )
                #expect(isRight && holds, "leaf \(index) of \(size)")
            }
            for old in 1...size {
                let path = try #require(tree.consistencyProof(from: old, to: size))
                let isRight = path == plain.subproof(old, 0..<size, true)
                let holds = MerkleTree.verifyConsistency(
                    old: old,
                    oldRoot: plain.root(0..<old),
                    new: size,
                    newRoot: root,
                    path: path
                )
                #expect(isRight && holds, "from \(old) to \(size)")
            }
        }
        #expect(tree.consistencyProof(from: 0, to: 5) == nil)
        #expect(tree.inclusionProof(index: 5, size: 5) == nil)
        #expect(tree.inclusionProof(index: 0, size: Self.greatest + 1) == nil)
    }

    @Test(arguments: hostileSizes)
    func aHostileProofOfInclusionIsRefused(size: Int) throws {
        var plain = PlainTree(Self.leaves)
        let root = plain.root(0..<size)
        for index in 0..<size {
            let path = plain.path(index, 0..<size)
            func holds(
                _ leaf: Digest? = nil,
                at place: Int? = nil,
                of count: Int? = nil,
                by path: [Digest],
                under root: Digest
            ) -> Bool {
                MerkleTree.verifyInclusion(
                    of: leaf ?? Self.leaves[index],
                    index: place ?? index,
                    size: count ?? size,
                    path: path,
                    root: root
                )
            }
            #expect(holds(by: path, under: root))
            for hostile in hostilePaths(path) {
                #expect(!holds(by: hostile, under: root), "leaf \(index) of \(size)")
            }
            for other in [-1, index - 1, index + 1, size - 1 - index, size] where other != index {
                #expect(!holds(at: other, by: path, under: root), "\(index) as \(other) of \(size)")
            }
            // A root of another size: what is signed is size and root together.
            for other in [size - 1, size + 1] where (1...Self.greatest).contains(other) {
                let otherRoot = plain.root(0..<other)
                #expect(!holds(of: other, by: path, under: otherRoot), "\(index) of \(other)")
                #expect(!holds(by: path, under: otherRoot), "\(index) of \(size)")
            }
            #expect(!holds(of: 0, by: path, under: root))
            #expect(!holds(Digest(of: [9, 9]), by: path, under: root))
            #expect(!holds(by: path, under: Digest(of: [1])))
        }
    }

    @Test(arguments: hostileSizes)
    func aHostileProofOfConsistencyIsRefused(size: Int) throws {
        var plain = PlainTree(Self.leaves)
        let root = plain.root(0..<size)
        for old in 1...size {
            let path = plain.subproof(old, 0..<size, true)
            let oldRoot = plain.root(0..<old)
            func holds(
                from count: Int? = nil,
                _ oldRoot: Digest,
                to new: Int? = nil,
                _ newRoot: Digest,
                by path: [Digest]
            ) -> Bool {
                MerkleTree.verifyConsistency(
                    old: count ?? old,
                    oldRoot: oldRoot,
                    new: new ?? size,
                    newRoot: newRoot,
                    path: path
                )
            }
            #expect(holds(oldRoot, root, by: path))
            for hostile in hostilePaths(path) {
                #expect(!holds(oldRoot, root, by: hostile), "from \(old) to \(size)")
            }
            #expect(!holds(Digest(of: [1]), root, by: path))
            #expect(!holds(oldRoot, Digest(of: [1]), by: path))
            #expect(!holds(from: 0, oldRoot, root, by: path))
            #expect(!holds(oldRoot, to: old - 1, root, by: path))
            for other in [old - 1, old + 1] where (1...size).contains(other) {
                let otherRoot = plain.root(0..<other)
                #expect(!holds(otherRoot, root, by: path), "\(old) to \(size)")
                #expect(!holds(from: other, otherRoot, root, by: path), "\(other) to \(size)")
            }
        }
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

/// RFC 8785, section 3.2.2: its example, but for its numbers, which Laurel never writes.
@Suite struct CanonicalExampleTests {
    @Test func textsAndLiteralsAreWrittenAsInTheExample() throws {
        let text = #"""
            {"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
             "literals": [null, true, false]}
            """#
        // The bytes of section 3.2.4, without those of `numbers`.
        let bytes =
            "7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c22737472696e67223a22e282ac245c75"
            + "303030665c6e4127425c225c5c5c5c5c222f227d"
        #expect(try JSONValue(parsing: text).canonical.hex == bytes)
    }

    @Test(arguments: [
        "333333333.33333329", "1E30", "4.50", "2e-3", "0.000000000000000000000000001",
    ])
    func theNumbersOfTheExampleAreRefused(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }
}

@Suite struct ManyPathsTests {
    @Test func manyPathsAtOnceAreThoseOneByOne() {
        for size in 0...40 {
            let tree = MerkleTree(leaves: (0..<size).map { MerkleTree.leaf([UInt8($0)]) })
            let single = (0..<size).map { tree.inclusionProof(index: $0, size: size) }
            #expect(tree.inclusionProofs(of: Array(0..<size)) == single)
            #expect(tree.inclusionProofs(of: [size]) == nil)
            #expect(tree.inclusionProofs(of: [-1]) == nil)
        }
    }
}
