public import Findings
public import Seal

extension Text {
    /// The text as a member of a snapshot: `{"zh": …, "en": …}`.
    public var json: JSONValue { ["en": .string(en), "zh": .string(zh)] }

    /// Reads a text of a snapshot.
    public init?(json: JSONValue?) {
        guard let zh = json?["zh"]?.string, let en = json?["en"]?.string else { return nil }
        self.init(zh, en)
    }
}

extension NamedCode {
    var json: JSONValue { ["code": .string(code), "title": title.json] }

    init?(json: JSONValue?) {
        guard let code = json?["code"]?.string, let title = Text(json: json?["title"]) else {
            return nil
        }
        self.init(code: code, title: title)
    }
}

extension ResultRow {
    var json: JSONValue {
        [
            "award": .string(award), "delegation": .string(delegation),
            "entrant": .string(entrant), "group": .string(group),
            // A snapshot of before the commitments states the names themselves.
            people.isEmpty ? "names" : "people":
                .array(
                    people.isEmpty ? names.map(JSONValue.string) : people.map { .string($0.hex) }
                ),
            "parts": .array(parts.map(JSONValue.string)),
            "rank": rank.map(JSONValue.int) ?? .null, "status": .string(status),
            "ties": .array(ties.map(\.json)), "total": .optional(total),
        ]
    }

    init?(json: JSONValue) {
        guard let entrant = json["entrant"]?.string, let delegation = json["delegation"]?.string,
            let group = json["group"]?.string,
            let parts = json["parts"]?.array, let status = json["status"]?.string,
            let award = json["award"]?.string, let ties = json["ties"]?.array
        else { return nil }
        self.init(
            entrant: entrant,
            names: (json["names"]?.array ?? []).compactMap(\.string),
            delegation: delegation,
            group: group,
            rank: json["rank"]?.int,
            total: json["total"]?.string,
            parts: parts.compactMap(\.string),
            status: status,
            award: award,
            ties: ties.compactMap { Text(json: $0) },
            people: (json["people"]?.array ?? []).compactMap {
                $0.string.flatMap { Digest(hex: $0) }
            }
        )
    }
}

extension EarlierPublication {
    var json: JSONValue {
        [
            "computed_at": .int(computedAt), "kind": .string(kind.rawValue),
            "position": .int(position), "snapshot": .string(snapshot.hex),
        ]
    }

    init?(json: JSONValue) {
        guard let kind = json["kind"]?.string.flatMap(ResultsKind.init),
            let snapshot = json["snapshot"]?.string.flatMap({ Digest(hex: $0) }),
            let position = json["position"]?.int, let computedAt = json["computed_at"]?.int
        else { return nil }
        self.init(kind: kind, snapshot: snapshot, position: position, computedAt: computedAt)
    }
}

extension PanelFigure {
    /// `{"entrants": …, "judges": …, "kendalls_w": "0.87"}`.
    public var json: JSONValue {
        [
            "entrants": .int(entrants), "judges": .int(judges), "kendalls_w": .string(kendallsW),
        ]
    }

    init?(json: JSONValue) {
        guard let entrants = json["entrants"]?.int, let judges = json["judges"]?.int,
            let kendallsW = json["kendalls_w"]?.string
        else { return nil }
        self.init(kendallsW: kendallsW, judges: judges, entrants: entrants)
    }
}

extension ItemResult {
    var json: JSONValue {
        guard let carried, case .object(let members) = stated else { return stated }
        return .object(members + [.init("carried", carried.json)])
    }

    /// The hash of the result itself, whichever publication states it: a sheet that was signed before is
    /// known by it.
    public var hash: Digest { Digest(of: stated) }

    /// All but the publication that it is carried on from.
    private var stated: JSONValue {
        guard let agreement, case .object(let members) = plain else { return plain }
        return .object(members + [.init("agreement", agreement.json)])
    }

    private var plain: JSONValue {
        [
            "card": .string(card.hex), "card_note": cardNote?.json ?? .null, "item": item.json,
            "maximum": .string(maximum), "parts": .array(parts.map(\.json)),
            "policy": .string(policy), "provenance": .string(provenance),
            "rows": .array(rows.map(\.json)), "team_size": .int(teamSize), "track": .string(track),
        ]
    }

    init?(json: JSONValue) {
        guard let item = NamedCode(json: json["item"]), let track = json["track"]?.string,
            let teamSize = json["team_size"]?.int, let provenance = json["provenance"]?.string,
            let card = json["card"]?.string.flatMap({ Digest(hex: $0) }),
            let maximum = json["maximum"]?.string, let parts = json["parts"]?.array,
            let policy = json["policy"]?.string, let rows = json["rows"]?.array
        else { return nil }
        let carried = json["carried"].map(EarlierPublication.init)
        if case .some(.none) = carried { return nil }
        let agreement = json["agreement"].map(PanelFigure.init)
        if case .some(.none) = agreement { return nil }
        self.init(
            item: item,
            track: track,
            teamSize: teamSize,
            provenance: provenance,
            card: card,
            cardNote: Text(json: json["card_note"]),
            maximum: maximum,
            parts: parts.compactMap { NamedCode(json: $0) },
            policy: policy,
            rows: rows.compactMap(ResultRow.init),
            agreement: agreement ?? nil,
            carried: carried ?? nil
        )
    }
}

extension ResultsSnapshot {
    /// The snapshot as canonical JSON.
    public var json: JSONValue {
        [
            "computed_at": .int(computedAt), "delegations": .array(delegations.map(\.json)),
            "event": event.json, "items": .array(items.map(\.json)), "kind": .string(kind.rawValue),
            "notes": .array(notes.map(\.json)), "position": .int(position),
            "rehearsal": .bool(isRehearsal), "root": .string(root.hex),
            // Only who reads the second schema knows that an item may be carried on.
            "schema": items.contains { $0.carried != nil }
                ? "laurel-results/2" : "laurel-results/1",
            "tracks": .array(tracks.map(\.json)),
        ]
    }

    /// Reads a snapshot; nil where the value is none of this schema.
    public init?(json: JSONValue) {
        guard let schema = json["schema"]?.string,
            ["laurel-results/1", "laurel-results/2"].contains(schema),
            let kind = json["kind"]?.string.flatMap(ResultsKind.init),
            let event = NamedCode(json: json["event"]), let notes = json["notes"]?.array,
            let rehearsal = json["rehearsal"]?.bool, let position = json["position"]?.int,
            let root = json["root"]?.string.flatMap({ Digest(hex: $0) }),
            let computedAt = json["computed_at"]?.int, let tracks = json["tracks"]?.array,
            let delegations = json["delegations"]?.array, let items = json["items"]?.array
        else { return nil }
        self.init(
            kind: kind,
            event: event,
            notes: notes.compactMap { Text(json: $0) },
            isRehearsal: rehearsal,
            position: position,
            root: root,
            computedAt: computedAt,
            tracks: tracks.compactMap { NamedCode(json: $0) },
            delegations: delegations.compactMap { NamedCode(json: $0) },
            items: items.compactMap(ItemResult.init)
        )
    }
}
