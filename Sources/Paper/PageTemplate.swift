public import Findings

/// How a printed page looks: what stands where, and what flows over pages.
///
/// Lengths are millimetres from the page's upper left corner, sizes of letters are points. Nothing
/// here is counted or compared for a result, so lengths are binary numbers.
public struct PageTemplate: Sendable, Hashable {
    /// The page's width and height.
    public var size: Extent
    /// What stands at a fixed place on each page.
    public var elements: [Element]
    /// What flows over as many pages as it takes; nil where a page is all there is.
    public var flow: Flow?
    /// The organiser's own scheme of numbers, where the template has one.
    public var number: FieldText?
    /// Fields of the organiser's own, filled from a table.
    public var ownFields: [String]

    /// Makes a template.
    public init(
        size: Extent,
        elements: [Element],
        flow: Flow? = nil,
        number: FieldText? = nil,
        ownFields: [String] = []
    ) {
        self.size = size
        self.elements = elements
        self.flow = flow
        self.number = number
        self.ownFields = ownFields
    }

    /// A width and a height.
    public struct Extent: Sendable, Hashable {
        /// The width.
        public var width: Double
        /// The height.
        public var height: Double

        /// Makes an extent.
        public init(width: Double, height: Double) {
            self.width = width
            self.height = height
        }
    }

    /// A place on the page.
    public struct Box: Sendable, Hashable {
        /// From the left edge.
        public var x: Double
        /// From the upper edge.
        public var y: Double
        /// The width.
        public var width: Double
        /// The height.
        public var height: Double

        /// Makes a box.
        public init(x: Double, y: Double, width: Double, height: Double = 0) {
            self.x = x
            self.y = y
            self.width = width
            self.height = height
        }
    }

    /// How letters look.
    public struct Style: Sendable, Hashable {
        /// Where lines stand.
        public enum Side: String, Sendable, Hashable, CaseIterable {
            /// At the left.
            case left
            /// In the middle.
            case centre
            /// At the right.
            case right
        }

        /// The family of the letters.
        public var family: String
        /// The size, in points.
        public var size: Double
        /// The least size to which a text may shrink so that it fits.
        public var smallest: Double
        /// Whether it is bold.
        public var isBold: Bool
        /// The colour, as 0xRRGGBB.
        public var colour: UInt32
        /// Where lines stand.
        public var side: Side
        /// How far letters stand apart, in points.
        public var tracking: Double

        /// Makes a style; black and at the left unless told otherwise.
        public init(
            family: String,
            size: Double,
            smallest: Double? = nil,
            isBold: Bool = false,
            colour: UInt32 = 0x000000,
            side: Side = .left,
            tracking: Double = 0
        ) {
            self.family = family
            self.size = size
            self.smallest = smallest ?? size
            self.isBold = isBold
            self.colour = colour
            self.side = side
            self.tracking = tracking
        }
    }

    /// Something at a fixed place.
    public struct Element: Sendable, Hashable {
        /// Where the template says so.
        public var place: Place
        /// What it is.
        public var shape: Shape

        /// Makes an element.
        public init(place: Place, shape: Shape) {
            self.place = place
            self.shape = shape
        }
    }

    /// What can stand at a fixed place.
    public enum Shape: Sendable, Hashable {
        /// A text of at most so many lines.
        case text(FieldText, Box, Style, lines: Int)
        /// A line from the box's upper left to its lower right corner.
        case line(Box, thickness: Double, colour: UInt32)
        /// A frame along the box's edges.
        case frame(Box, thickness: Double, colour: UInt32)
        /// A QR code of the box's width, the quiet zone around it included.
        case code(FieldText, Box)
        /// A picture (PNG) that fits into the box.
        case picture(path: String, Box)
    }

    /// What flows over pages, and between which margins.
    public struct Flow: Sendable, Hashable {
        /// The place between the margins.
        public var area: Box
        /// What follows one another.
        public var blocks: [Block]

        /// Makes a flow.
        public init(area: Box, blocks: [Block]) {
            self.area = area
            self.blocks = blocks
        }
    }

    /// One piece of a flow.
    public struct Block: Sendable, Hashable {
        /// Where the template says so.
        public var place: Place
        /// How much is left free above it.
        public var space: Double
        /// What it is.
        public var content: Content

        /// Makes a block.
        public init(place: Place, space: Double, content: Content) {
            self.place = place
            self.space = space
            self.content = content
        }
    }

    /// What can flow.
    public enum Content: Sendable, Hashable {
        /// A text of as many lines as it takes.
        case paragraph(FieldText, Style)
        /// A table; its head stands again on each page.
        case table(Table)
        /// Lines to be signed on, side by side, each under its label; never torn apart.
        case signatures([FieldText], Style, height: Double)
    }

    /// A table of a filling's rows.
    public struct Table: Sendable, Hashable {
        /// The name of the rows.
        public var rows: String
        /// What stands above it; left out with the table where there are no rows.
        public var title: FieldText?
        /// The style of the title.
        public var titleStyle: Style
        /// The columns, from the left.
        public var columns: [Column]
        /// The style of the head.
        public var headStyle: Style
        /// The style of the cells.
        public var style: Style

        /// Makes a table.
        public init(
            rows: String,
            title: FieldText?,
            titleStyle: Style,
            columns: [Column],
            headStyle: Style,
            style: Style
        ) {
            self.rows = rows
            self.title = title
            self.titleStyle = titleStyle
            self.columns = columns
            self.headStyle = headStyle
            self.style = style
        }
    }

    /// A column.
    public struct Column: Sendable, Hashable {
        /// What its head says.
        public var title: FieldText
        /// What a cell says.
        public var cell: FieldText
        /// The series of which the column stands once for each value; nil for one column.
        public var series: String?
        /// The least width; nil where the column takes its share of what is left.
        public var width: Double?
        /// Where its cells stand.
        public var side: Style.Side

        /// Makes a column.
        public init(
            title: FieldText,
            cell: FieldText,
            series: String? = nil,
            width: Double?,
            side: Style.Side
        ) {
            self.title = title
            self.cell = cell
            self.series = series
            self.width = width
            self.side = side
        }
    }
}

/// What the fields of a template may be called.
public struct PageVocabulary: Sendable, Hashable {
    /// The fields of the page.
    public var fields: [String]
    /// The fields of each table's rows.
    public var tables: [String: [String]]
    /// The series of each table, whose fields are called as they are.
    public var series: [String: [String]]
    /// The fields of the scheme of numbers; none where there is no scheme.
    public var number: [String]

    /// Makes a vocabulary.
    public init(
        fields: [String],
        tables: [String: [String]] = [:],
        series: [String: [String]] = [:],
        number: [String] = []
    ) {
        self.fields = fields
        self.tables = tables
        self.series = series
        self.number = number
    }
}

/// What one document says in the fields of a template.
public struct PageFilling: Sendable, Hashable {
    /// What findings call it, such as the number of an honour.
    public var name: String
    /// The page's fields.
    public var fields: [String: String]
    /// The rows of the tables.
    public var rows: [String: [[String: String]]]
    /// The titles of the series.
    public var series: [String: [String]]
    /// What is written across the page whatever the template says; empty where nothing is.
    public var stamp: String

    /// Makes a filling.
    public init(
        name: String,
        fields: [String: String],
        rows: [String: [[String: String]]] = [:],
        series: [String: [String]] = [:],
        stamp: String = ""
    ) {
        self.name = name
        self.fields = fields
        self.rows = rows
        self.series = series
        self.stamp = stamp
    }
}
