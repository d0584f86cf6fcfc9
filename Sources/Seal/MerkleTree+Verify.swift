extension MerkleTree {
    /// Whether the path proves that the leaf stands at `index` in the tree of that size and root.
    ///
    /// Source: RFC 9162, section 2.1.3.2.
    public static func verifyInclusion(
        of leaf: Digest,
        index: Int,
        size: Int,
        path: [Digest],
        root: Digest
    ) -> Bool {
        guard index >= 0, index < size else { return false }
        var (fn, sn) = (index, size - 1)
        var hash = leaf
        for sibling in path {
            guard sn != 0 else { return false }
            if fn & 1 == 1 || fn == sn {
                hash = node(sibling, hash)
                while fn & 1 == 0, fn != 0 {
                    fn >>= 1
                    sn >>= 1
                }
            } else {
                hash = node(hash, sibling)
            }
            fn >>= 1
            sn >>= 1
        }
        return sn == 0 && hash == root
    }

    /// Whether the path proves that the tree of `old` leaves is the beginning of the tree of `new`.
    ///
    /// Source: RFC 9162, section 2.1.4.2. An empty old tree is refused: it proves nothing.
    public static func verifyConsistency(
        old: Int,
        oldRoot: Digest,
        new: Int,
        newRoot: Digest,
        path: [Digest]
    ) -> Bool {
        guard old > 0, old <= new else { return false }
        if old == new { return path.isEmpty && oldRoot == newRoot }
        // A complete old tree is itself the first node of the path.
        var rest = path[...]
        let first: Digest
        if old & (old - 1) == 0 {
            first = oldRoot
        } else {
            guard let head = rest.popFirst() else { return false }
            first = head
        }
        var (fn, sn) = (old - 1, new - 1)
        while fn & 1 == 1 {
            fn >>= 1
            sn >>= 1
        }
        var (oldHash, newHash) = (first, first)
        for sibling in rest {
            guard sn != 0 else { return false }
            if fn & 1 == 1 || fn == sn {
                oldHash = node(sibling, oldHash)
                newHash = node(sibling, newHash)
                while fn & 1 == 0, fn != 0 {
                    fn >>= 1
                    sn >>= 1
                }
            } else {
                newHash = node(newHash, sibling)
            }
            fn >>= 1
            sn >>= 1
        }
        return sn == 0 && oldHash == oldRoot && newHash == newRoot
    }
}
