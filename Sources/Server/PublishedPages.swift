internal import Findings
internal import Foundation
internal import Ledger
internal import NIOCore
internal import NIOPosix
internal import Secretariat
internal import Seal
internal import Synchronization

/// The published site, held in memory, each file as it is and packed.
final class PublishedPages: Sendable {
    struct File: Sendable {
        let type: String
        let plain: ByteBuffer
        let packed: ByteBuffer?
        let tag: String
    }

    private struct State {
        var files: [String: File] = [:]
        /// What the files show: the position of the publication and of the last honour.
        var shown: [Int] = []
        var isWorking = false
    }

    private let state = Mutex(State())
    private let office: Office
    private let pool: NIOThreadPool

    init(office: Office, pool: NIOThreadPool) {
        self.office = office
        self.pool = pool
    }

    func file(_ path: String) -> File? {
        let name = path.hasSuffix("/") ? path + "index.html" : path
        return state.withLock { $0.files[name] }
    }

    /// Builds the site anew where something was published since.
    func refresh() throws {
        let publications = try office.record.publications()
        let honours = try office.record.honours()
        let wanted = [publications.last?.position ?? 0, honours.map(\.changedAt).max() ?? 0]
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
            files["/" + name] = File(
                type: type,
                plain: ByteBuffer(bytes: bytes),
                packed: packed.flatMap { $0.count < bytes.count ? ByteBuffer(bytes: $0) : nil },
                tag: "\"" + Digest(of: bytes).hex.prefix(32) + "\""
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
        pool.submit { _ in try? self.refresh() }
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "csv": "text/csv; charset=utf-8",
        "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
        "json": "application/json", "pdf": "application/pdf", "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8", "xml": "application/atom+xml",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}
