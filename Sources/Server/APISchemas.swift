internal import Seal

/// The JSON Schemas of what the API takes and gives.
enum APISchemas {
    static let all: [(key: String, value: JSONValue)] = [
        ("Board", board), ("Checkpoint", object(["note": text])),
        ("Decisions", object(["decisions": list(anything), "on": text, "pull": digest])),
        ("Description", object(["info": anything, "openapi": text, "paths": anything])),
        ("Done", object(["done": flag])),
        (
            "Event",
            object([
                "id": text, "length": count, "record": digest, "rehearsal": flag, "time": count,
                "title": words,
            ])
        ), ("Honours", honours), ("ItemResults", itemResults), ("Live", board),
        ("Piece", piece), ("Problem", problem),
        (
            "Proof",
            object([
                "leaf": digest, "path": list(digest), "position": count, "root": digest,
                "size": count,
            ])
        ), ("Ready", object(["statements": count])), ("Receipt", receipt),
        ("Receipts", object(["receipts": list(receipt)])),
        (
            "Results",
            object([
                "items": list(itemResults), "kind": text, "position": count, "snapshot": digest,
            ])
        ), ("Snapshot", snapshot), ("Snapshots", snapshots),
        (
            "Standings",
            object([
                "item": text,
                "rows": list(
                    object([
                        "entrant": text, "rank": maybe("integer"), "status": text,
                        "total": maybe("string"),
                    ])
                ),
            ])
        ),
        (
            "Status",
            object([
                "items": list(
                    object([
                        "entered": count, "expected": count, "item": text, "state": text,
                        "unconfirmed": count,
                    ])
                )
            ])
        ), ("Delivery", submission),
        ("Tasks", object(["tasks": list(task)])), ("Winners", winners),
    ]

    private static let text: JSONValue = ["type": "string"]
    private static let flag: JSONValue = ["type": "boolean"]
    private static let count: JSONValue = ["minimum": 0, "type": "integer"]
    private static let anything: JSONValue = ["type": "object"]
    private static let digest: JSONValue = ["pattern": "^[0-9a-f]{64}$", "type": "string"]
    private static let words: JSONValue = object(["en": text, "zh": text])

    private static func list(_ items: JSONValue) -> JSONValue {
        ["items": items, "type": "array"]
    }

    private static func maybe(_ type: String) -> JSONValue {
        ["type": [.string(type), "null"]]
    }

    /// An object that has these members, and perhaps others.
    private static func object(
        _ members: KeyValuePairs<String, JSONValue>,
        optional: Set<String> = []
    ) -> JSONValue {
        [
            "properties": .object(members.map { .init($0.key, $0.value) }),
            "required": .array(
                members.map(\.key).filter { !optional.contains($0) }.map(JSONValue.string)
            ), "type": "object",
        ]
    }

    private static let receipt = object([
        "admitted_at": count, "position": count, "repeat": flag, "statement": digest,
    ])

    private static let problem = object(
        [
            "findings": list(
                object([
                    "code": text, "en": text, "message": text, "place": maybe("string"),
                    "severity": text, "zh": text,
                ])
            ), "server_time": count, "status": count, "title": text, "type": text,
        ],
        optional: ["server_time"]
    )

    private static let submission = object(
        [
            "documents": list(object(["content": text, "kind": text, "name": text])),
            "notes": list(object(["salt": text, "text": text])),
            "people": list(object(["content": anything, "salt": text])),
            "statements": [
                "items": object(["signature": text, "statement": text]), "maxItems": 10_000,
                "minItems": 1, "type": "array",
            ],
        ],
        optional: ["documents", "notes", "people"]
    )

    private static let piece = object(
        [
            "checkpoints": list(text),
            "documents": list(anything),
            "entries": list(
                object([
                    "admitted_at": count, "hash": digest, "position": count, "signature": text,
                    "statement": text,
                ])
            ), "length": count, "notes": list(anything), "people": list(anything), "reached": count,
            "whole": flag, "winners_of_no_city": count,
        ],
        optional: ["winners_of_no_city"]
    )

    private static let itemResults = object(
        [
            "agreement": object(["entrants": count, "judges": count, "kendalls_w": text]),
            "item": text, "kind": text, "parts": list(text),
            "rows": list(
                object([
                    "award": text, "delegation": text, "entrant": text, "group": text,
                    "names": list(text), "parts": list(text), "rank": maybe("integer"),
                    "status": text, "ties": list(words), "total": maybe("string"),
                ])
            ), "title": words,
        ],
        optional: ["agreement"]
    )

    /// The whole of it is `Documentation/results.schema.json`.
    private static let snapshot = object([
        "event": anything, "items": list(anything), "kind": text, "position": count,
        "schema": text,
    ])

    /// The whole of it is `Documentation/honours.schema.json`.
    private static let honours = object([
        "entries": list(
            object([
                "conferred_on": maybe("string"), "entrant": text, "id": text, "item": text,
                "kind": text, "name": text, "stands": flag, "state": text, "title": words,
            ])
        ), "event": anything, "position": count, "results": digest, "schema": text,
        "settings": list(words),
    ])

    private static let task = object(
        [
            "as": text, "entered": count, "expected": count, "item": text, "role": text,
            "state": text, "unconfirmed": count, "until": count,
        ],
        optional: ["entered", "expected", "item", "state", "unconfirmed", "until"]
    )

    private static let board = object([
        "computed_at": count, "entrants": count, "incomplete": flag, "item": text,
        "rehearsal": flag,
        "rows": list(
            object([
                "delegation": text, "delegation_en": text, "delegation_zh": text,
                "entrant": text, "names": list(text), "rank": count, "total": text,
            ])
        ),
    ])

    private static let snapshots = object([
        "next": maybe("integer"),
        "rows": list(
            object(["kind": text, "position": count, "snapshot": digest])
        ),
    ])

    private static let winners = object([
        "cursor": count, "pull": maybe("string"), "unknown_city": count,
        "winners": list(
            object([
                "award": text, "city": text, "city_basis": text, "employer": maybe("string"),
                "entrant": text, "gone": flag, "honours": list(anything),
                "id_number": maybe("string"), "item": text, "name": maybe("string"),
                "person": digest, "position": count, "publication": digest, "rank": count,
            ])
        ),
    ])
}
