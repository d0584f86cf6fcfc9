internal import Findings
internal import Foundation
internal import Glibc
internal import Ledger
internal import Seal

/// What waits to be sent, in order, sealed beside the key; and what the record refused, until somebody
/// has seen it.
struct Outbox {
    struct Refused {
        let delivery: Delivery
        let findings: [Finding]
    }

    private let path: String
    private let sealer: Sealer
    private(set) var waiting: [Delivery] = []
    private(set) var refused: [Refused] = []

    /// Reads what waits; a file that is not there holds nothing.
    ///
    /// - Throws: a `Refusal` where the file is not of this key.
    init(path: String, sealer: Sealer) throws {
        self.path = path
        self.sealer = sealer
        try load()
    }

    /// Two commands of one key must not send or keep at once.
    func alone<Value>(_ body: () throws -> Value) throws -> Value {
        let descriptor = Glibc.open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0, flock(descriptor, LOCK_EX) == 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        defer { _ = Glibc.close(descriptor) }
        return try body()
    }

    mutating func load() throws {
        waiting = []
        refused = []
        guard let sealed = FileManager.default.contents(atPath: path) else { return }
        guard let bytes = sealer.open(Array(sealed)), let value = try? JSONValue(parsing: bytes)
        else {
            throw Refusal(
                "remote.outbox",
                Text(
                    "待发送的陈述打不开:是另一把密钥封存的,或文件被改动;确认后可移走该文件",
                    "what waits can't be opened: another key sealed it, or it was changed; move it away once that is clear"
                ),
                at: Place(file: path)
            )
        }
        waiting = try (value["waiting"]?.array ?? []).map { try Delivery(json: $0) }
        refused = try (value["refused"]?.array ?? []).map { entry in
            let findings = (entry["findings"]?.array ?? []).map {
                Finding(
                    $0["code"]?.string ?? "",
                    Text($0["zh"]?.string ?? "", $0["en"]?.string ?? "")
                )
            }
            guard let delivery = entry["delivery"] else {
                throw Refusal("remote.outbox", Text("待发送的陈述不成立", "what waits is no delivery"))
            }
            return Refused(delivery: try Delivery(json: delivery), findings: findings)
        }
    }

    /// Another command of the key may have written since: add to what the file holds.
    mutating func add(_ delivery: Delivery) throws {
        try load()
        waiting.append(delivery)
        do {
            try save()
        } catch {
            waiting.removeLast()
            throw error
        }
    }

    /// The first is in the record.
    mutating func sent() throws {
        waiting.removeFirst()
        try save()
    }

    /// The first was refused: it is kept where somebody can see it.
    mutating func turnedAway(_ findings: [Finding]) throws {
        refused.append(Refused(delivery: waiting.removeFirst(), findings: findings))
        try save()
    }

    /// Forgets what was refused.
    mutating func forget() throws {
        try load()
        refused = []
        try save()
    }

    /// Lets what was refused wait once more, behind what waits.
    mutating func again() throws {
        try load()
        waiting += refused.map(\.delivery)
        refused = []
        try save()
    }

    private func save() throws {
        let value: JSONValue = [
            "refused": .array(
                refused.map { entry in
                    [
                        "delivery": entry.delivery.json,
                        "findings": .array(
                            entry.findings.map {
                                [
                                    "code": .string($0.code), "en": .string($0.message.en),
                                    "zh": .string($0.message.zh),
                                ]
                            }
                        ),
                    ]
                }
            ), "waiting": .array(waiting.map(\.json)),
        ]
        try SealedFile.write(try sealer.seal(value.canonical), to: path)
        // Nothing is left for a later key that could not open it.
        if waiting.isEmpty, refused.isEmpty { try FileManager.default.removeItem(atPath: path) }
    }
}

/// Files that stand whole or not at all, and are on the disk when they stand.
enum SealedFile {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let partial = path + ".partial"
        let descriptor = Glibc.open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        let failure = CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        guard descriptor >= 0 else { throw failure }
        defer { _ = Glibc.close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { throw failure }
            rest = rest.dropFirst(written)
        }
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw failure }
        let folder = Glibc.open((path as NSString).deletingLastPathComponent, O_RDONLY)
        if folder >= 0 {
            _ = fsync(folder)
            _ = Glibc.close(folder)
        }
    }
}
