internal import Paper

/// What other pages of Laurel's take from the published site, so that all look alike.
package enum PageKit {
    /// The site's style sheet.
    package static let stylesheet = Stylesheet.text

    /// The wreath beside an event's name.
    package static let wreath = Markup(stringLiteral: FrameTemplate.wreath)

    /// A QR code as an SVG picture, its quiet zone included; nil where the text is too long.
    package static func code(_ text: String) -> String? {
        guard let code = QRCode(text) else { return nil }
        let side = code.side + 2 * QRCode.quietZone
        var path = ""
        for row in 0..<code.side {
            for column in 0..<code.side where code.isDark(row, column) {
                path += "M\(column + QRCode.quietZone) \(row + QRCode.quietZone)h1v1h-1z"
            }
        }
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(side) \(side)" \
            shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path d="\(path)"/></svg>
            """
    }
}

extension PageKit {
    /// A moment as the site writes it.
    package static func moment(_ milliseconds: Int) -> String { Moment(milliseconds).text }
}
