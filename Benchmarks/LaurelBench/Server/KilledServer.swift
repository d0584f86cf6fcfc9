import Foundation
import Ledger
import NIOCore
import NIOPosix
import Secretariat

/// A server that is killed with SIGKILL during load, again and again, and started again each time:
/// every receipt it gave must be in the record.
struct KilledServer {
    let folder: String
    let times: Int

    func run(_ row: (String, String, String) -> Void) throws {
        let event = LoadEvent(folder: folder, units: 3)
        let judges = try event.make().judges
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        var random = SeededTrial(state: 50)
        var answers: [LoadBoard.Answer] = []
        var done = Array(repeating: 0, count: judges.count)
        var starting: [Double] = []
        for _ in 0..<times {
            let begun = ContinuousClock.now
            let server = try ServedProcess(record: event.record, log: folder + "/server.log")
            starting.append(milliseconds(begun.duration(to: .now)))
            let board = LoadBoard(units: event.units, deadline: .now + .seconds(30))
            let bootstrap = ClientBootstrap(group: group)
            for (index, judge) in judges.enumerated() {
                // Those whose answer was lost say the same sheet again, from there on.
                let rest = LoadEvent.Judge(
                    item: judge.item,
                    sheets: Array(judge.sheets.dropFirst(done[index]))
                )
                guard !rest.sheets.isEmpty else { continue }
                board.begins()
                _ = try bootstrap.channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        try channel.pipeline.syncOperations.addHandler(JudgeHandler(rest, board))
                    }
                }.connect(host: "127.0.0.1", port: server.port).wait()
            }
            usleep(UInt32(50_000 + random.next(350_000)))
            server.kill()
            while !board.isDone { usleep(5_000) }
            let given = board.answers
            answers += given
            let known = Set(given.filter { $0.status == 200 }.map(\.statement))
            for (index, judge) in judges.enumerated() {
                while done[index] < judge.sheets.count,
                    known.contains(judge.sheets[done[index]].statement)
                {
                    done[index] += 1
                }
            }
        }
        try group.syncShutdownGracefully()
        let last = try ServedProcess(record: event.record, log: folder + "/server.log")
        last.stop()
        let office = try Office.open(event.record)
        let outcome = try Receipts(answers).check(office.record)
        row(
            "the server killed with SIGKILL during load, \(times) times",
            outcome.text,
            String(
                format:
                    "%d sheets in the record; from start to answer p50 %.0f ms, slowest %.0f ms",
                outcome.sheets,
                percentile(0.5, starting),
                starting.max() ?? 0
            )
        )
        guard outcome.isClean else { throw CocoaError(.fileReadCorruptFile) }
    }
}
