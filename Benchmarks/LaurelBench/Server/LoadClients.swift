import Foundation
import Ledger
import NIOCore
import NIOPosix
import Seal
import Secretariat

/// Reads answers off one connection, no more of HTTP than the server writes.
struct AnswerScanner {
    private var bytes: [UInt8] = []
    private static let blank = Array("\r\n\r\n".utf8)
    private static let length = Array("content-length: ".utf8)

    /// Takes what came; gives an answer once it is whole.
    mutating func take(_ buffer: ByteBuffer) -> (status: Int, body: [UInt8])? {
        bytes.append(contentsOf: buffer.readableBytesView)
        guard let end = find(Self.blank, in: bytes) else { return nil }
        let head = bytes[..<end].map { $0 >= 65 && $0 <= 90 ? $0 + 32 : $0 }
        var length = 0
        if let start = find(Self.length, in: head) {
            for byte in head[(start + Self.length.count)...] {
                guard byte >= 48, byte <= 57 else { break }
                length = length * 10 + Int(byte - 48)
            }
        }
        let whole = end + 4 + length
        guard bytes.count >= whole, head.count > 12 else { return nil }
        let status = head[9..<12].reduce(0) { $0 * 10 + Int($1) - 48 }
        let body = Array(bytes[(end + 4)..<whole])
        bytes.removeFirst(whole)
        return (status, body)
    }
}

/// Where a pattern begins; nil where it does not stand there.
func find(_ pattern: [UInt8], in bytes: [UInt8]) -> Int? {
    guard let first = pattern.first, bytes.count >= pattern.count else { return nil }
    return bytes.withUnsafeBytes { bytes -> Int? in
        guard let base = bytes.baseAddress else { return nil }
        var at = 0
        while at <= bytes.count - pattern.count,
            let found = memchr(base + at, Int32(first), bytes.count - pattern.count - at + 1)
        {
            at = UnsafeRawPointer(found) - base
            if memcmp(base + at, pattern, pattern.count) == 0 { return at }
            at += 1
        }
        return nil
    }
}

/// One judge: the next sheet goes out when the receipt of the one before has come; every fiftieth is
/// sent a second time, as a laptop does whose answer was lost.
final class JudgeHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let judge: LoadEvent.Judge
    private let board: LoadBoard
    private var scanner = AnswerScanner()
    private var next = 0
    private var isAgain = false
    private var sentAt = ContinuousClock.now
    private var answers: [LoadBoard.Answer] = []
    private var isOver = false

    init(_ judge: LoadEvent.Judge, _ board: LoadBoard) {
        self.judge = judge
        self.board = board
    }

    func channelActive(context: ChannelHandlerContext) { send(context) }

    private func send(_ context: ChannelHandlerContext) {
        guard next < judge.sheets.count, .now < board.deadline else {
            over(isBroken: false)
            return context.close(promise: nil)
        }
        sentAt = .now
        let buffer = context.channel.allocator.buffer(bytes: judge.sheets[next].request)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let (status, body) = scanner.take(unwrapInboundIn(data)) else { return }
        let sheet = judge.sheets[next]
        let time = sentAt.duration(to: .now).components
        answers.append(
            LoadBoard.Answer(
                statement: sheet.statement,
                status: status,
                nanoseconds: time.seconds * 1_000_000_000 + time.attoseconds / 1_000_000_000,
                body: body,
                isAgain: isAgain
            )
        )
        if status == 200, !isAgain { board.admitted(judge.item, sheet.entrant, sheet.statement) }
        isAgain = next % 50 == 49 && !isAgain
        if !isAgain { next += 1 }
        send(context)
    }

    func channelInactive(context: ChannelHandlerContext) { over(isBroken: true) }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        over(isBroken: true)
        context.close(promise: nil)
    }

    private func over(isBroken: Bool) {
        guard !isOver else { return }
        isOver = true
        board.ends(answers, isBroken: isBroken)
    }
}

/// A chief judge: looks four times a second whether an entrant is whole, and confirms it.
final class ChiefHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let item: Int
    private let key: SigningKey
    private let board: LoadBoard
    private let office: Office
    private var scanner = AnswerScanner()
    private var asked: Int?

    init(_ item: Int, _ key: SigningKey, _ board: LoadBoard, _ office: Office) {
        self.item = item
        self.key = key
        self.board = board
        self.office = office
    }

    func channelActive(context: ChannelHandlerContext) { look(context) }

    private func look(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        if asked == nil, let (entrant, sheets) = board.whole(item),
            let signed = try? office.statement(
                .confirm,
                [
                    "item": .string(LoadEvent.code(item)),
                    "sheets": .array(sheets.map { .string($0.hex) }),
                ],
                by: key
            )
        {
            asked = entrant
            let request = LoadEvent.request(Delivery([signed]))
            let buffer = context.channel.allocator.buffer(bytes: request)
            context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        }
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(250)) {
            self.look(context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let (status, _) = scanner.take(unwrapInboundIn(data)) else { return }
        if let asked, status == 200 { board.confirmed(item, asked) }
        asked = nil
    }
}

/// A screen in a hall: follows an item and notes when a confirmed entrant is first on it.
final class WatcherHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let item: Int
    private let token: String
    private let board: LoadBoard
    private var seen: Set<Int> = []
    private var tail: [UInt8] = []

    init(_ item: Int, _ token: String, _ board: LoadBoard) {
        self.item = item
        self.token = token
        self.board = board
    }

    func channelActive(context: ChannelHandlerContext) {
        let request =
            "GET /api/v1/items/\(LoadEvent.code(item))/live/events HTTP/1.1\r\nHost: load\r\n"
            + "Authorization: Bearer \(token)\r\n\r\n"
        let buffer = context.channel.allocator.buffer(string: request)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        // A code may be cut in two: the end of the last piece is looked at again.
        let bytes = tail + unwrapInboundIn(data).readableBytesView
        let found = board.awaited(item).filter { entrant in
            let code = "\"entrant\":\"" + LoadEvent.code(item, entrant) + "\""
            return !seen.contains(entrant) && find(Array(code.utf8), in: bytes) != nil
        }
        if !found.isEmpty {
            seen.formUnion(found)
            board.saw(item, found)
        }
        tail = Array(bytes.suffix(32))
    }
}
