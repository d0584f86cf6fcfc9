import Foundation
import GRDB
import Ledger
import NIOCore
import NIOPosix
import Seal
import Secretariat

/// Five hundred judges hand in sheets of forty marks while two hundred screens follow by server-sent
/// events; every receipt is held against the record afterwards.
struct ServerBench {
    let folder: String
    let seconds: Int

    static let watchers = 200
    /// Screens stand in these many halls, each an item.
    static let halls = 20

    func run(_ row: (String, String, String) -> Void) throws {
        let event = LoadEvent(folder: folder, units: max(2, seconds / 5))
        let (judges, chiefs, token) = try event.make()
        let sample = judges.prefix(100).flatMap { $0.sheets.prefix(20).map(\.request) }
        let rawBefore = try rawDurable(sample, "raw-before")
        let server = try ServedProcess(record: event.record, log: folder + "/server.log")
        // The client signs confirmations with the event's name and clock.
        let office = try Office.open(event.record)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let start = ContinuousClock.now
        let processorBefore = server.processorSeconds
        let board = LoadBoard(units: event.units, deadline: start + .seconds(seconds))
        let bootstrap = ClientBootstrap(group: group)
            .channelOption(.socketOption(.init(rawValue: TCP_NODELAY)), value: 1)
        func connect(
            _ handler: @escaping @Sendable () -> some ChannelInboundHandler
        ) throws {
            _ = try bootstrap.channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(handler())
                }
            }.connect(host: "127.0.0.1", port: server.port).wait()
        }
        for number in 0..<Self.watchers {
            try connect { WatcherHandler(number % Self.halls, token, board) }
        }
        for (item, key) in chiefs.enumerated() {
            try connect { ChiefHandler(item, key, board, office) }
        }
        for judge in judges {
            board.begins()
            try connect { JudgeHandler(judge, board) }
        }
        while !board.isDone { usleep(20_000) }
        let length = milliseconds(start.duration(to: board.lastAnswer)) / 1_000
        let processor = server.processorSeconds - processorBefore
        // The last confirmations reach the screens.
        sleep(2)
        let resident = server.residentKilobytes
        try group.syncShutdownGracefully()
        server.stop()
        let raw = (rawBefore + (try rawDurable(sample, "raw-after"))) / 2
        let checked = try Receipts(board.answers).check(office.record)
        let sheets = board.answers.count { !$0.isAgain && $0.status == 200 }
        let times = board.answers.filter { !$0.isAgain }.map { Double($0.nanoseconds) / 1e6 }
        let rate = Double(sheets) / length
        row(
            "\(judges.count) judges on loopback, sheets of \(LoadEvent.marks) marks, \(Int(length)) s, beside \(Self.watchers) watchers",
            "\(Int(rate)) sheets/s",
            String(
                format: "raw durable insert of the same bytes in the same run: %d/s; share %.2f",
                Int(raw),
                rate / raw
            )
        )
        row(
            "… from sheet sent to receipt",
            String(
                format: "p50 %.0f ms, p99 %.0f ms, slowest %.0f ms",
                percentile(0.5, times),
                percentile(0.99, times),
                times.max() ?? 0
            ),
            "each judge waits for the receipt before the next sheet"
        )
        row("… receipts against the record", checked.text, "\(board.broken) connections broken")
        let (delays, due) = board.delays { $0 < Self.halls ? Self.watchers / Self.halls : 0 }
        row(
            "… from the receipt of a confirmation to a watcher's screen",
            String(
                format: "p50 %.0f ms, p99 %.0f ms, slowest %.0f ms",
                percentile(0.5, delays),
                percentile(0.99, delays),
                delays.max() ?? 0
            ),
            "\(delays.count) of \(due) sightings"
        )
        row(
            "… what the server used",
            String(format: "%.2f of 2 cores", processor / length),
            "\(resident >> 10) MiB resident at the end"
        )
    }

    /// One durable transaction a sheet into a bare table, as the ceiling of a door without rules or
    /// groups.
    private func rawDurable(_ sheets: [[UInt8]], _ name: String) throws -> Double {
        var configuration = Configuration()
        configuration.journalMode = .wal
        let queue = try DatabaseQueue(
            path: folder + "/\(name).sqlite",
            configuration: configuration
        )
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        try queue.write { try $0.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)") }
        let clock = ContinuousClock()
        let time = try clock.measure {
            for sheet in sheets {
                try queue.write { db in
                    let insert = try db.cachedStatement(sql: "INSERT INTO t (b) VALUES (?)")
                    try insert.execute(arguments: [Data(sheet)])
                }
            }
        }
        return Double(sheets.count) / (milliseconds(time) / 1_000)
    }
}
