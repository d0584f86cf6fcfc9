internal import HTTPTypes
internal import Competition
internal import Ledger
internal import Seal
internal import Secretariat

extension Endpoints {
    /// What those ask who keep the server running.
    static func upkeep(_ metrics: Metrics) -> [Endpoint] {
        [
            Endpoint(
                method: .get,
                path: "/health",
                summary: "Whether the process answers.",
                access: .anybody,
                type: "text/plain; charset=utf-8",
                work: .reads { _ in .text("ok\n") }
            ),
            Endpoint(
                method: .get,
                path: "/ready",
                summary: "Whether the record can be read.",
                access: .anybody,
                gives: "Ready",
                work: .reads { call in
                    .json(["statements": .int(try call.office.record.length())])
                }
            ),
            Endpoint(
                method: .get,
                path: "/metrics",
                summary: "Figures for Prometheus; from this machine, or by an auditor's token.",
                access: .here,
                type: "text/plain; charset=utf-8",
                work: .reads { call in
                    .text(metrics.text(length: try call.office.record.length()))
                }
            ),
            Endpoint(
                method: .get,
                path: "/api/v1/openapi.json",
                summary: "This description.",
                access: .anybody,
                gives: "Description",
                work: .reads { call in
                    let document = OpenAPI.document(
                        of: Endpoints.table + Endpoints.upkeep(metrics),
                        title: call.office.catalogue.event.title
                    )
                    return .json(document, tag: "\"\(Digest(of: document).hex)\"", cache: fresh)
                }
            ),
        ]
    }
}
