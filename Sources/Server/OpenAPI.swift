internal import FoundationEssentials
internal import Findings
internal import HTTPTypes
internal import Seal

/// The OpenAPI 3.1 document, made from the same table that answers requests.
enum OpenAPI {
    static func document(of endpoints: [Endpoint], title: Text) -> JSONValue {
        var paths: [String: [JSONValue.Member]] = [:]
        for endpoint in endpoints {
            paths[endpoint.path, default: []].append(
                .init(endpoint.method.rawValue.lowercased(), operation(endpoint))
            )
        }
        return [
            "components": [
                "schemas": .object(APISchemas.all.map { .init($0.key, $0.value) }),
                "securitySchemes": [
                    "signature": [
                        "description":
                            "RFC 9421 HTTP message signature by an appointed Ed25519 key; see Documentation/server.md",
                        "in": "header", "name": "Signature", "type": "apiKey",
                    ],
                    "token": ["scheme": "bearer", "type": "http"],
                ],
            ],
            "info": [
                "description": .string(
                    "Laurel's record of \(title.en) (\(title.zh)). Findings are in Chinese and English; Accept-Language chooses the message."
                ), "title": "Laurel", "version": "1",
            ], "openapi": "3.1.0",
            "paths": .object(
                paths.sorted { $0.key < $1.key }.map { .init($0.key, .object($0.value)) }
            ),
        ]
    }

    private static func operation(_ endpoint: Endpoint) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("operationId", .string(name(endpoint))),
            .init("parameters", .array(parameters(endpoint))),
            .init("responses", responses(endpoint)), .init("summary", .string(endpoint.summary)),
        ]
        if let body = endpoint.takes {
            members.append(
                .init(
                    "requestBody",
                    [
                        "content": ["application/json": ["schema": reference(body)]],
                        "required": true,
                    ]
                )
            )
        }
        if case .roles = endpoint.access {
            members.append(.init("security", [["signature": []], ["token": []]]))
        }
        return .object(members)
    }

    private static func name(_ endpoint: Endpoint) -> String {
        endpoint.method.rawValue.lowercased()
            + endpoint.parts.filter { !$0.isEmpty && $0 != "api" && $0 != "v1" }.map {
                $0.filter { $0.isLetter }.capitalized
            }.joined()
    }

    private static func parameters(_ endpoint: Endpoint) -> [JSONValue] {
        let path = endpoint.parts.filter { $0.hasPrefix("{") }.map { part -> JSONValue in
            [
                "in": "path", "name": .string(String(part.dropFirst().dropLast())),
                "required": true, "schema": ["minLength": 1, "type": "string"],
            ]
        }
        return path
            + endpoint.query.map { parameter in
                [
                    "description": .string(parameter.about), "in": "query",
                    "name": .string(parameter.name), "required": .bool(parameter.isRequired),
                    "schema": parameter.schema,
                ]
            }
    }

    private static func responses(_ endpoint: Endpoint) -> JSONValue {
        let schema: JSONValue = endpoint.gives.map(reference) ?? ["type": "string"]
        var members: [JSONValue.Member] = [
            .init(
                "200",
                [
                    "content": .object([.init(endpoint.type, ["schema": schema])]),
                    "description": "OK",
                ]
            )
        ]
        var problems = [
            ("400", "The request can't be understood"), ("404", "Not there, or not published"),
            ("422", "Not admitted: the door's findings"), ("429", "Too many requests"),
        ]
        problems += [("401", "Not authenticated"), ("403", "Not for this caller")]
        if endpoint.takes != nil { problems += [("413", "Too large")] }
        if endpoint.query.contains(where: { $0.name == "leaf" }) {
            problems += [("409", "The copy is not of this record")]
        }
        for (status, text) in problems.sorted(by: { $0.0 < $1.0 }) {
            members.append(
                .init(
                    status,
                    [
                        "content": [
                            "application/problem+json": ["schema": reference("Problem")]
                        ], "description": .string(text),
                    ]
                )
            )
        }
        return .object(members)
    }

    private static func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/" + name)]
    }
}
