internal import HummingbirdCore

/// How many connections are open.
struct MaximumConnections: AvailableConnectionsDelegate {
    private let limit: Int
    private var open = 0

    init(_ limit: Int) { self.limit = limit }

    mutating func connectionOpened() { open += 1 }
    mutating func connectionClosed() { open -= 1 }
    func isAcceptingNewConnections() -> Bool { open < limit }
}
