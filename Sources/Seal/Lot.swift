/// A lot (抽签) that nobody can steer and everybody can check afterwards.
///
/// One person commits to a secret; then a second person gives 16 random bytes; both together give
/// the order. The first could not foresee the second's bytes, the second did not know the secret, and
/// once the secret is published the order can be worked out again by anyone.
public struct Lot: Sendable {
    /// The 32 secret bytes.
    public let secret: [UInt8]

    /// Takes 32 bytes; nil where there are more or fewer.
    public init?(secret: [UInt8]) {
        guard secret.count == 32 else { return nil }
        self.secret = secret
    }

    /// What is published before the draw: the secret's hash, bound to what is drawn.
    ///
    /// - Parameter subject: what the lot is drawn for, such as `liaoning-2022/M05/1`.
    /// - Returns: the commitment.
    public func commitment(to subject: String) -> Digest {
        var digest = RunningDigest()
        digest.update(Array("laurel-lot-commitment/1".utf8))
        digest.update(Array(subject.utf8))
        digest.update(secret)
        return digest.digest
    }

    /// The order of so many things: a permutation of `0..<count`, each as likely as any other.
    ///
    /// - Parameters:
    ///   - count: how many things there are.
    ///   - witness: the hash of the second person's random bytes.
    /// - Returns: for each place, which thing stands there.
    public func order(of count: Int, witness: Digest) -> [Int] {
        var digest = RunningDigest()
        digest.update(Array("laurel-lot/1".utf8))
        digest.update(secret)
        digest.update(witness.bytes)
        var stream = LotStream(seed: digest.digest)
        var order = Array(0..<max(0, count))
        for last in stride(from: order.count - 1, to: 0, by: -1) {
            order.swapAt(last, stream.below(UInt64(last + 1)))
        }
        return order
    }
}

/// Whole numbers out of a seed: SHA-256 in counter mode, without the lean of a plain remainder.
private struct LotStream {
    let seed: Digest
    private var counter: UInt64 = 0

    init(seed: Digest) { self.seed = seed }

    private mutating func next() -> UInt64 {
        counter += 1
        let block = Digest(of: seed.bytes + withUnsafeBytes(of: counter.bigEndian) { Array($0) })
        return block.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func below(_ bound: UInt64) -> Int {
        let limit = UInt64.max - UInt64.max % bound
        while true {
            let number = next()
            if number < limit { return Int(number % bound) }
        }
    }
}
