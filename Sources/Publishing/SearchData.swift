internal import Findings
internal import Seal
internal import Snapshots

/// What the search looks through, as a script: a page opened from a file may not fetch.
struct SearchData {
    let text: String

    init(_ speech: Speech) {
        let edition = speech.edition
        let items = edition.snapshot.items
        let places = Dictionary(
            edition.delegations.enumerated().map { ($1.code, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        var people: [JSONValue] = []
        for (number, item) in items.enumerated() {
            for row in item.rows {
                people.append([
                    .string(row.names.joined(separator: speech("、", ", "))), .string(row.entrant),
                    .int(number), .int(places[row.delegation] ?? 0),
                    .string(row.isRanked ? speech.award(row.award) : speech.status(row.status)),
                ])
            }
        }
        let data: JSONValue = [
            "delegations": .array(
                edition.delegations.map {
                    [
                        .string($0.code), .string($0.title.zh), .string($0.title.en),
                        .string(edition.page(ofDelegation: $0.code)),
                    ]
                }
            ),
            "items": .array(
                items.map {
                    [
                        .string($0.item.code), .string($0.item.title.zh),
                        .string($0.item.title.en), .string(edition.page(ofItem: $0.item.code)),
                    ]
                }
            ), "people": .array(people),
        ]
        text = "window.LAUREL=" + data.canonicalText + ";\n"
    }
}
