internal import Synchronization

/// What the server has done, in Prometheus's text format.
final class Metrics: Sendable {
    private struct State {
        var requests: [String: Int] = [:]
        var seconds: [Int] = Array(repeating: 0, count: Metrics.bounds.count + 1)
        var sum = 0
        var admitted = 0
        var refused = 0
        var watchers = 0
    }

    /// Upper bounds of the buckets, in microseconds.
    private static let bounds = [
        500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000, 5_000_000,
    ]

    private let state = Mutex(State())

    func count(_ endpoint: String, _ status: Int, microseconds: Int) {
        state.withLock { state in
            state.requests["endpoint=\"\(endpoint)\",status=\"\(status)\"", default: 0] += 1
            let index = Self.bounds.firstIndex { microseconds <= $0 } ?? Self.bounds.count
            state.seconds[index] += 1
            state.sum += microseconds
        }
    }

    func admitted(_ count: Int) { state.withLock { $0.admitted += count } }
    func refused() { state.withLock { $0.refused += 1 } }
    func watching(_ change: Int) { state.withLock { $0.watchers += change } }

    /// The page, with how many statements the record holds.
    func text(length: Int) -> String {
        state.withLock { state in
            var lines = [
                "# HELP laurel_requests_total Requests, by endpoint and status.",
                "# TYPE laurel_requests_total counter",
            ]
            lines += state.requests.sorted { $0.key < $1.key }.map {
                "laurel_requests_total{\($0.key)} \($0.value)"
            }
            lines += [
                "# HELP laurel_request_duration_seconds Time to answer.",
                "# TYPE laurel_request_duration_seconds histogram",
            ]
            var total = 0
            for (bound, count) in zip(Self.bounds, state.seconds) {
                total += count
                let name = Self.seconds(bound)
                lines.append("laurel_request_duration_seconds_bucket{le=\"\(name)\"} \(total)")
            }
            total += state.seconds[Self.bounds.count]
            lines += [
                "laurel_request_duration_seconds_bucket{le=\"+Inf\"} \(total)",
                "laurel_request_duration_seconds_sum \(Self.seconds(state.sum))",
                "laurel_request_duration_seconds_count \(total)",
                "# HELP laurel_statements_admitted_total Statements that came in by the network.",
                "# TYPE laurel_statements_admitted_total counter",
                "laurel_statements_admitted_total \(state.admitted)",
                "# HELP laurel_submissions_refused_total Submissions that the door refused.",
                "# TYPE laurel_submissions_refused_total counter",
                "laurel_submissions_refused_total \(state.refused)",
                "# HELP laurel_watchers Streams that follow an item.",
                "# TYPE laurel_watchers gauge", "laurel_watchers \(state.watchers)",
                "# HELP laurel_statements Statements in the record.",
                "# TYPE laurel_statements gauge", "laurel_statements \(length)",
            ]
            return lines.joined(separator: "\n") + "\n"
        }
    }

    private static func seconds(_ microseconds: Int) -> String {
        let fraction = String(microseconds % 1_000_000 + 1_000_000).dropFirst()
        return "\(microseconds / 1_000_000).\(fraction)"
    }
}
