extension WorkbookDraft {
    /// How a cell looks.
    public struct Style: Sendable, Hashable {
        /// Where a text stands in its cell, from left to right.
        public enum Side: Sendable, Hashable {
            /// Texts left, numbers right.
            case natural
            /// At the left.
            case left
            /// In the middle.
            case centre
            /// At the right.
            case right
        }

        /// Whether it is bold.
        public var isBold: Bool
        /// The size in points; nil for the workbook's own.
        public var size: Int?
        /// The colour of the text, as 0xRRGGBB.
        public var colour: UInt32?
        /// The colour behind the text, as 0xRRGGBB.
        public var shade: UInt32?
        /// Whether a long text goes over several lines.
        public var isWrapped: Bool
        /// Whether a thin line goes round.
        public var hasBorder: Bool
        /// Whether a thin line stands below, as under a signature.
        public var hasLineBelow: Bool
        /// Whether it may be changed on a sheet that is protected.
        public var isUnlocked: Bool
        /// Where the text stands.
        public var side: Side
        /// How a number is shown, as `0.00`; `@` keeps what is typed as a text.
        public var numberFormat: String?

        /// Makes a style; plain unless told otherwise, and in the middle of its height.
        public init(
            isBold: Bool = false,
            size: Int? = nil,
            colour: UInt32? = nil,
            shade: UInt32? = nil,
            isWrapped: Bool = false,
            hasBorder: Bool = false,
            hasLineBelow: Bool = false,
            isUnlocked: Bool = false,
            side: Side = .natural,
            numberFormat: String? = nil
        ) {
            self.isBold = isBold
            self.size = size
            self.colour = colour
            self.shade = shade
            self.isWrapped = isWrapped
            self.hasBorder = hasBorder
            self.hasLineBelow = hasLineBelow
            self.isUnlocked = isUnlocked
            self.side = side
            self.numberFormat = numberFormat
        }
    }
}
