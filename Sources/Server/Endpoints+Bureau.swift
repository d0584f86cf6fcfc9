internal import HTTPTypes
internal import Competition
internal import Eligibility
internal import Exact
internal import Findings
internal import Ledger
internal import Seal
internal import Secretariat

extension Endpoints {
    /// What bureaus pull by their tokens; each pull is a statement that the token's key signs.
    static let bureau: [Endpoint] = [
        Endpoint(
            method: .get,
            path: "/api/v1/winners",
            summary: "The winners of the token's city, or what changed since a cursor; a pull.",
            access: .roles([.bureau]),
            query: [
                .text(
                    "city",
                    "the city's code, GB/T 2260",
                    pattern: "^[0-9]{6}$",
                    isRequired: true
                ),
                .integer("after", "the cursor of the pull before", 0...1_000_000_000),
            ],
            gives: "Winners",
            work: .admits { call, door in
                let (city, key) = try pulling(call)
                let after = try call.number("after", in: 0...1_000_000_000, default: 0)
                let feed = try await door.aside {
                    try call.office.winnersFeed(city: city, since: after)
                }
                // Who hears that nothing changed is given nobody's data.
                let people = Set(feed.rows.map(\.winner.person)).count
                let receipt =
                    feed.rows.isEmpty
                    ? nil : try await pull("winners", city, people, call, key, door)
                return .json([
                    // Up to where the rows were read: what is published beside the pull comes next time.
                    "cursor": .int(feed.cursor), "pull": .optional(receipt?.statement.hex),
                    "unknown_city": .int(feed.unknownCity),
                    "winners": .array(feed.rows.map(json)),
                ])
            }
        ),
        Endpoint(
            method: .get,
            path: "/api/v1/decisions",
            summary: "What the served policies decide for the winners of the token's city; a pull.",
            access: .roles([.bureau]),
            query: [
                .text(
                    "city",
                    "the city's code, GB/T 2260",
                    pattern: "^[0-9]{6}$",
                    isRequired: true
                ),
                .text(
                    "on",
                    "the day, 2023-05-01",
                    pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
                    isRequired: true
                ), .text("policy", "one policy's name; all unless told"),
            ],
            gives: "Decisions",
            work: .admits { call, door in
                let (city, key) = try pulling(call)
                guard let day = call.query["on"].flatMap({ Day($0) }) else {
                    throw Problem.malformed(
                        "request.query",
                        "on 应为日期,如 2023-05-01",
                        "on must be a day such as 2023-05-01"
                    )
                }
                let (policies, people) = try await door.aside {
                    let winners = try call.office.winners(city: city).winners
                    return (try served(call), Set(winners.map(\.person)).sorted())
                }
                let receipt = try await pull("decisions", city, people.count, call, key, door)
                let terms = PolicyDesk.Terms(policies: policies, day: day, ownCity: true)
                let rows = try await door.aside {
                    try people.flatMap { person in
                        let inputs = try call.office.inputs(for: person)
                        return PolicyDesk.decide(inputs, city: city, terms).policies
                            .map(\.record.json)
                    }
                }
                return .json([
                    "decisions": .array(rows), "on": .string(day.description),
                    "pull": .string(receipt.statement.hex),
                ])
            }
        ),
    ]

    /// The city that is asked for, which the token must be of, and the key that follows from it.
    private static func pulling(_ call: Call) throws -> (city: String, key: SigningKey) {
        let caller = try call.known()
        guard let city = call.query["city"], let code = DelegationID(city),
            call.office.catalogue.event.delegation(code) != nil
        else {
            throw Problem.malformed(
                "request.query",
                "city 应为本赛事的城市代码",
                "city must be the code of a city of this event"
            )
        }
        guard caller.appointments.contains(where: { $0.role == .bureau && $0.delegation == city })
        else { throw Problem.forbidden }
        guard let key = caller.token else {
            throw Problem.unknown(
                "request.token",
                "调取须出示令牌;密钥持有人请用 laurel winners --server",
                "a pull is made with a token; a key's holder uses laurel winners --server"
            )
        }
        return (city, key)
    }

    private static func pull(
        _ what: String,
        _ city: String,
        _ count: Int,
        _ call: Call,
        _ key: SigningKey,
        _ door: GroupedDoor
    ) async throws -> Receipt {
        let signed = try call.office.statement(
            .pull,
            [
                "city": .string(city), "count": .int(count),
                "position": .int(try call.office.record.length()), "what": .string(what),
            ],
            by: key
        )
        guard let receipt = try await door.admit(Delivery([signed])).first else {
            throw Problem.inner
        }
        return receipt
    }

    private static func served(_ call: Call) throws -> [Policy] {
        guard let folder = call.policies else { throw Problem.missing }
        let policies = try PolicyDesk.policies(folder)
        guard let wanted = call.query["policy"] else { return policies }
        let named = policies.filter { $0.id == wanted }
        guard !named.isEmpty else { throw Problem.missing }
        return named
    }

    private static func json(_ row: WinnersFeed.Row) -> JSONValue {
        let winner = row.winner
        return [
            "award": .string(winner.award), "city": .string(winner.city),
            "city_basis": .string(winner.cityBasis.rawValue),
            "employer": .optional(winner.record?.content["employer"]?.string),
            "entrant": .string(winner.entrant), "gone": .bool(row.isGone),
            "honours": .array(
                winner.honours.map {
                    [
                        "id": .string($0.id), "rule": .string($0.rule), "state": .string($0.state),
                    ]
                }
            ), "id_number": .optional(winner.record?.idNumber),
            "item": .string(winner.item.id.text), "name": .optional(winner.record?.name),
            "person": .string(winner.person.hex), "position": .int(row.position),
            "publication": .string(winner.publication.hex), "rank": .int(winner.rank),
        ]
    }
}
