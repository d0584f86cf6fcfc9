internal import Findings
internal import Snapshots

/// The medals of Liaoning's cities as a map of tiles, each city about where it lies.
///
/// A tile is a link with its figures in words; its shade only repeats them.
struct TileMap {
    /// Column and row of a delegation's tile, from 1.
    ///
    /// The cities by GB/T 2260; 省直 has no place and
    /// stands apart.
    private static let tiles: [String: (column: Int, row: Int)] = [
        "210900": (2, 1), "211200": (5, 1), "211300": (1, 2), "210700": (2, 2), "210100": (4, 2),
        "LN-SF": (5, 2), "210400": (6, 2), "211400": (1, 3), "211100": (3, 3), "211000": (4, 3),
        "210500": (5, 3), "210800": (3, 4), "210300": (4, 4), "210600": (5, 4), "210200": (3, 5),
        "LN-SZ": (6, 5),
    ]

    private let speech: Speech

    init(_ speech: Speech) { self.speech = speech }

    /// The map; nothing for an event whose delegations are not Liaoning's cities.
    var section: Markup {
        let lines = speech.edition.medals
        let known = lines.filter { Self.tiles[$0.delegation.code] != nil }
        guard known.count >= 10, let most = known.map(\.total).max(), most > 0 else { return "" }
        let tiles = known.sorted { place($0) < place($1) }.map { tile($0, most) }
        return """
            <section><h2 id="map">\(speech("获奖城市", "Medals by city"))</h2>
            <p class="prose">\(speech(
                "每格一个代表队,位置大致如地图;颜色越深奖牌越多。",
                "A tile for each delegation, about where it lies; the darker, the more medals."))</p>
            <ul class="map" aria-labelledby="map">
            \(tiles.joined())</ul></section>
            """
    }

    private func place(_ line: MedalLine) -> Int {
        let tile = Self.tiles[line.delegation.code] ?? (0, 0)
        return tile.row * 10 + tile.column
    }

    private func tile(_ line: MedalLine, _ most: Int) -> Markup {
        let tile = Self.tiles[line.delegation.code] ?? (1, 1)
        let shade = line.total == 0 ? 0 : 1 + line.total * 3 / most
        let page = speech.edition.page(ofDelegation: line.delegation.code)
        let words = speech(
            "\(line.total) 枚奖牌,其中金牌 \(line.gold)",
            "\(line.total) medals, \(line.gold) of them gold"
        )
        return """
            <li class="c\(tile.column) r\(tile.row) s\(shade)">\
            <a href="delegations/\(page).html"><span class="city">\(speech.short(line.delegation))</span>\
            <b aria-hidden="true">\(line.total)</b><span class="hidden">: \(words)</span></a></li>

            """
    }
}
