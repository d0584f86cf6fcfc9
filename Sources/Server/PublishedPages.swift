internal import Findings
internal import Foundation
internal import HTTPTypes
internal import Ledger
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Secretariat
internal import Seal
internal import Synchronization

/// The published site, held in memory, each file as it is and packed.
final class PublishedPages: Sendable {
    /// A file in one encoding, with the head of its answer for the second in which it was last asked.
    private struct Form: Sendable {
        let body: ByteBuffer
        var head: HTTPResponse
        var second = 0

        init(_ bytes: [UInt8], _ type: String, _ tag: String, isPacked: Bool = false) {
            body = ByteBuffer(bytes: bytes)
            var fields: HTTPFields = [
                .contentType: type, .contentLength: "\(bytes.count)",
                .eTag: isPacked ? Gzip.tag(tag) : tag,
                .cacheControl: "public, max-age=60", .vary: "Accept-Encoding",
                .xContentTypeOptions: "nosniff", .server: "laurel",
            ]
            if isPacked { fields[.contentEncoding] = "gzip" }
            head = HTTPResponse(status: .ok, headerFields: fields)
        }

        /// With the date of this second in its head.
        mutating func current(_ now: Int, _ date: String) -> Form {
            if second != now {
                second = now
                head.headerFields[.date] = date
            }
            return self
        }
    }

    private struct File: Sendable {
        var plain: Form
        var packed: Form?
        let tag: String

        mutating func form(packed isPacked: Bool, _ now: Int, _ date: String) -> (Form, String) {
            if isPacked, let form = packed?.current(now, date) { return (form, tag) }
            return (plain.current(now, date), tag)
        }
    }

    /// What goes out for a page; a `HEAD` and what the caller holds already have no body.
    struct Answer: Sendable {
        var head: HTTPResponse
        var body: ByteBuffer?
    }

    private struct State {
        var files: [String: File] = [:]
        /// The time as HTTP writes it, made once a second.
        var date = ""
        var second = 0
        /// What the files show: the position of the publication, of the last honour and erasure.
        var shown: [Int] = []
        /// Whether something was said since the last building began.
        var isStale = false
        var isWorking = false
    }

    private let state = Mutex(State())
    private let office: Office
    private let pool: NIOThreadPool
    private let logger: Logger

    init(office: Office, pool: NIOThreadPool, logger: Logger) {
        self.office = office
        self.pool = pool
        self.logger = logger
    }

    /// The page that a request asks for; nil where it asks for something else.
    func answer(to request: HTTPRequest) -> Answer? {
        guard request.method == .get || request.method == .head, let target = request.path else {
            return nil
        }
        let name = Self.name(target)
        let isPacked = Gzip.isTaken(request.headerFields)
        let second = Int(time(nil))
        guard
            let (form, tag) = state.withLock({ state -> (Form, String)? in
                guard state.files[name] != nil else { return nil }
                if state.second != second {
                    state.second = second
                    state.date = Self.date(second)
                }
                return state.files[name]?.form(packed: isPacked, second, state.date)
            })
        else { return nil }
        if Reply.holds(request.headerFields[.ifNoneMatch], tag) {
            var head = form.head
            head.status = .notModified
            head.headerFields[.contentLength] = nil
            return Answer(head: head)
        }
        return Answer(head: form.head, body: request.method == .get ? form.body : nil)
    }

    /// A moment as HTTP writes it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    private static func date(_ second: Int) -> String {
        var moment = time_t(second)
        var parts = tm()
        guard gmtime_r(&moment, &parts) != nil else { return "" }
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = [
            "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
        ]
        func two(_ number: Int32) -> String { String(String(100 + number).suffix(2)) }
        let day = "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
        let hour = [parts.tm_hour, parts.tm_min, parts.tm_sec].map(two).joined(separator: ":")
        return "\(day) \(1900 + Int(parts.tm_year)) \(hour) GMT"
    }

    private static func name(_ target: String) -> String {
        let path = target.firstIndex(of: "?").map { String(target[..<$0]) } ?? target
        return path.hasSuffix("/") ? path + "index.html" : path
    }

    /// Builds the site anew where something was published, conferred or erased since.
    func refresh() throws {
        let publications = try office.record.publications()
        let honours = try office.record.honours()
        let wanted = [
            publications.last?.position ?? 0, honours.map(\.changedAt).max() ?? 0,
            try office.record.lastErasure(),
        ]
        guard !publications.isEmpty, state.withLock({ $0.shown != wanted }) else { return }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "laurel-site-" + UUID().uuidString
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try office.writeSite(into: folder.path)
        var files: [String: File] = [:]
        let names = FileManager.default.enumerator(atPath: folder.path)
        while let name = names?.nextObject() as? String {
            guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
                let type = Self.types[String(name.split(separator: ".").last ?? "")],
                let bytes = FileManager.default.contents(
                    atPath: folder.appendingPathComponent(name).path
                )
            else { continue }
            let packed = Gzip.pack(Array(bytes), level: 9)
            let tag = "\"" + Digest(of: bytes).hex.prefix(32) + "\""
            files["/" + name] = File(
                plain: Form(Array(bytes), type, tag),
                packed: packed.flatMap {
                    $0.count < bytes.count ? Form($0, type, tag, isPacked: true) : nil
                },
                tag: tag
            )
        }
        state.withLock { state in
            state.files = files
            state.shown = wanted
        }
    }

    /// Hears of what was admitted; pages follow what is published, not marks.
    func changed(_ submissions: [Delivery]) {
        let isTold = submissions.contains { submission in
            submission.statements.contains {
                [.publish, .honour, .second].contains($0.statement.kind)
            }
        }
        guard isTold else { return }
        let isFirst = state.withLock { state in
            state.isStale = true
            defer { state.isWorking = true }
            return !state.isWorking
        }
        if isFirst { pool.submit { _ in self.work() } }
    }

    /// One builds at a time, until what is shown is the latest.
    private func work() {
        while true {
            let isMore = state.withLock { state in
                defer { state.isStale = false }
                state.isWorking = state.isStale
                return state.isStale
            }
            guard isMore else { return }
            do {
                try refresh()
            } catch {
                logger.error("pages", metadata: ["error": "\(error)"])
            }
        }
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "pdf": "application/pdf", "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8", "xml": "application/atom+xml",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
