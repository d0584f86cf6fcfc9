internal import HummingbirdCore
internal import ServiceLifecycle
internal import Synchronization

/// Ends the streams when the server is told to stop, so that it can.
struct Housekeeping: Service {
    let house: ServerHouse

    func run() async throws {
        try? await gracefulShutdown()
        house.close()
    }
}

/// How many connections are open.
struct MaximumConnections: AvailableConnectionsDelegate {
    private let limit: Int
    private var open = 0

    init(_ limit: Int) { self.limit = limit }

    mutating func connectionOpened() { open += 1 }
    mutating func connectionClosed() { open -= 1 }
    func isAcceptingNewConnections() -> Bool { open < limit }
}
