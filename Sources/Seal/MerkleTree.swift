/// A Merkle tree over entries, as Certificate Transparency has it.
///
/// Source: RFC 6962, section 2.1. A leaf is `SHA-256(0x00 ‖ entry)`, a node
/// `SHA-256(0x01 ‖ left ‖ right)`, and a tree of n splits at the largest power of two below n.
public struct MerkleTree: Sendable {
    /// The leaf hashes, in order.
    public private(set) var leaves: [Digest] = []

    /// Makes an empty tree.
    public init() {}

    /// Makes a tree of leaf hashes.
    public init(leaves: [Digest]) { self.leaves = leaves }

    /// Adds a leaf hash.
    public mutating func append(_ leaf: Digest) { leaves.append(leaf) }

    /// The hash of an entry as a leaf.
    public static func leaf(_ entry: [UInt8]) -> Digest { Digest(of: [0x00] + entry) }

    static func node(_ left: Digest, _ right: Digest) -> Digest {
        Digest(of: [0x01] + left.bytes + right.bytes)
    }

    /// The root of the first `size` leaves; of all where no size is given.
    ///
    /// - Complexity: O(size)
    public func root(size: Int? = nil) -> Digest {
        let count = min(size ?? leaves.count, leaves.count)
        guard count > 0 else { return Digest(of: []) }
        return subroot(0..<count)
    }

    private func subroot(_ range: Range<Int>) -> Digest {
        // Level by level: the last odd node of a level is carried up, which is RFC 6962's split.
        var level = Array(leaves[range])
        while level.count > 1 { level = Self.above(level) }
        return level[0]
    }

    private static func above(_ level: [Digest]) -> [Digest] {
        var next: [Digest] = []
        next.reserveCapacity(level.count / 2 + 1)
        for index in stride(from: 0, to: level.count - 1, by: 2) {
            next.append(node(level[index], level[index + 1]))
        }
        if level.count % 2 == 1 { next.append(level[level.count - 1]) }
        return next
    }

    /// The path that proves that the leaf at `index` is in the tree of the first `size` leaves; nil
    /// where there is no such leaf.
    public func inclusionProof(index: Int, size: Int) -> [Digest]? {
        guard index >= 0, index < size, size <= leaves.count else { return nil }
        return path(index, 0..<size)
    }

    private func path(_ index: Int, _ range: Range<Int>) -> [Digest] {
        guard range.count > 1 else { return [] }
        let split = range.lowerBound + Self.split(range.count)
        return index < split
            ? path(index, range.lowerBound..<split) + [subroot(split..<range.upperBound)]
            : path(index, split..<range.upperBound) + [subroot(range.lowerBound..<split)]
    }

    /// The paths of many leaves of the whole tree at once; nil where one is no leaf.
    ///
    /// - Parameter indices: which leaves.
    /// - Returns: a path for each, in their order.
    ///
    /// - Complexity: O(leaves + indices × log leaves): each node is hashed once.
    public func inclusionProofs(of indices: [Int]) -> [[Digest]]? {
        guard indices.allSatisfy(leaves.indices.contains) else { return nil }
        var paths = [[Digest]](repeating: [], count: indices.count)
        var places = indices
        var level = leaves
        while level.count > 1 {
            for (number, place) in places.enumerated() {
                // The last odd node of a level has no sibling there and is carried up.
                if level.indices.contains(place ^ 1) { paths[number].append(level[place ^ 1]) }
                places[number] = place / 2
            }
            level = Self.above(level)
        }
        return paths
    }

    /// The path that proves that the tree of `old` leaves is the beginning of the tree of `new`; nil
    /// where the sizes do not fit (an empty old tree proves nothing).
    public func consistencyProof(from old: Int, to new: Int) -> [Digest]? {
        guard old > 0, old <= new, new <= leaves.count else { return nil }
        return old == new ? [] : subproof(old, 0..<new, complete: true)
    }

    private func subproof(_ old: Int, _ range: Range<Int>, complete: Bool) -> [Digest] {
        if old == range.upperBound { return complete ? [] : [subroot(range)] }
        let split = range.lowerBound + Self.split(range.count)
        return old <= split
            ? subproof(old, range.lowerBound..<split, complete: complete)
                + [subroot(split..<range.upperBound)]
            : subproof(old, split..<range.upperBound, complete: false)
                + [subroot(range.lowerBound..<split)]
    }

    /// The largest power of two below `count`.
    static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}
