internal import Competition
public import Findings
internal import Foundation
internal import Interchange
public import Ledger
public import Seal

/// What a backup is: a file, its hash, and what an audit of it found.
public struct BackupReport: Sendable {
    /// The copy.
    public let path: String
    /// The SHA-256 of the whole file, which stands beside it in `path.sha256`.
    public let hash: Digest
    /// What the audit of the copy counted.
    public let audit: AuditReport
}

extension Office {
    /// Copies the record while others write, opens the copy, audits it, and writes the hash of the
    /// whole file beside it.
    ///
    /// - Parameter path: the new file.
    /// - Returns: what was written.
    /// - Throws: a `Refusal` where the file exists or the copy does not hold; then there is no copy.
    public func backup(to path: String) throws -> BackupReport {
        do {
            try record.backup(to: path)
        } catch RecordError.exists {
            throw Self.exists(path)
        }
        do {
            return try Self.verified(path)
        } catch {
            Record.remove(path)
            throw error
        }
    }

    private static func exists(_ path: String) -> Refusal {
        Refusal(
            "record.exists",
            Text("文件已存在,不会覆盖", "the file exists and is not written over"),
            at: Place(file: path)
        )
    }

    private static func verified(_ path: String) throws -> BackupReport {
        let copy = try Office.open(path)
        let audit = try copy.record.audit()
        try copy.record.close()
        guard audit.findings.isEmpty else { throw Refusal(audit.findings) }
        let hash = try Record.fileHash(path)
        let name = (path as NSString).lastPathComponent
        try Data("\(hash.hex)  \(name)\n".utf8).write(
            to: URL(fileURLWithPath: path + ".sha256"),
            options: .atomic
        )
        return BackupReport(path: path, hash: hash, audit: audit)
    }

    /// Puts a backup in the place of a record that is lost: checks the hash beside it, copies it, and
    /// audits the copy.
    ///
    /// - Parameters:
    ///   - backup: the backup.
    ///   - path: the new record; nothing is written over.
    /// - Returns: what was restored.
    /// - Throws: a `Refusal` where the file is not what was backed up, or does not hold.
    public static func restore(_ backup: String, into path: String) throws -> BackupReport {
        guard FileManager.default.fileExists(atPath: backup) else {
            throw Refusal(
                "file.unreadable",
                Text("没有这个备份文件", "there is no such backup"),
                at: Place(file: backup)
            )
        }
        let beside = try TextFile.read(backup + ".sha256")
        guard let stated = beside.split(separator: " ").first.flatMap({ Digest(hex: $0) }) else {
            throw Refusal(
                "backup.hash",
                Text("不是哈希文件", "this is no file of a hash"),
                at: Place(file: backup + ".sha256")
            )
        }
        guard try Record.fileHash(backup) == stated else {
            throw Refusal(
                "backup.hash",
                Text(
                    "备份文件与写入时的哈希不符:已损坏或被改动",
                    "the backup is not what was written: damaged or changed"
                ),
                at: Place(file: backup)
            )
        }
        do {
            try Record.copyFile(backup, to: path)
        } catch RecordError.exists {
            throw exists(path)
        }
        do {
            let office = try Office.open(path)
            let audit = try office.record.audit()
            try office.record.close()
            guard audit.findings.isEmpty else { throw Refusal(audit.findings) }
            return BackupReport(path: path, hash: stated, audit: audit)
        } catch {
            Record.remove(path)
            throw error
        }
    }

    /// 体检: what an organiser should look at, the worst first; an audit goes deeper.
    public func checkup(path: String) throws -> [Finding] {
        var findings: [Finding] = []
        func add(_ code: String, _ severity: Severity, _ zh: String, _ en: String) {
            findings.append(
                Finding(code, Text(zh, en), severity: severity, at: Place(file: path))
            )
        }
        let health = try record.health()
        for line in health.complaints {
            add("doctor.file", .error, "数据库文件损坏:\(line)", "the database file is damaged: \(line)")
        }
        if health.journalMode != "wal" {
            add(
                "doctor.journal",
                .error,
                "日志模式是 \(health.journalMode),应为 wal",
                "the journal mode is \(health.journalMode); expected wal"
            )
        }
        if try record.synchronousLevel() != 2 {
            add(
                "doctor.synchronous",
                .error,
                "写入没有逐条落盘",
                "writes are not put on the disk one by one"
            )
        }
        let ahead = health.lastAdmission - now()
        if ahead > 60_000 {
            add(
                "doctor.clock",
                .warning,
                "本机时钟比最后一条受理时间慢 \(ahead / 60_000) 分钟",
                "this machine's clock is \(ahead / 60_000) minutes behind the last admission"
            )
        }
        let manager = FileManager.default
        let folder = (path as NSString).deletingLastPathComponent
        let space = try? manager.attributesOfFileSystem(forPath: folder.isEmpty ? "." : folder)
        if let free = space?[.systemFreeSize] as? Int, free < 1 << 30 {
            add(
                "doctor.space",
                .warning,
                "磁盘只剩 \(free >> 20) MiB",
                "only \(free >> 20) MiB are free on the disk"
            )
        }
        let rights = (try? manager.attributesOfItem(atPath: path))?[.posixPermissions] as? Int
        if let rights, rights & 0o077 != 0 {
            add(
                "doctor.rights",
                .warning,
                "档案含个人信息,而其他用户可以读写(权限 \(String(rights, radix: 8)));建议 chmod 600",
                "the record holds personal data and others may open it (mode \(String(rights, radix: 8))); chmod 600 is advised"
            )
        }
        for row in try record.pending() {
            add(
                "doctor.pending",
                .warning,
                "第 \(row.position) 条\(row.kind.text.zh)等待附议",
                "entry \(row.position), a \(row.kind.text.en), awaits a second person"
            )
        }
        for held in try record.held() {
            add(
                "doctor.held",
                .warning,
                "转入的\(held.kind.text.zh) \(held.id.short) 待定:\(held.why.zh)",
                "a \(held.kind.text.en) from a bundle (\(held.id.short)) is held: \(held.why.en)"
            )
        }
        for item in catalogue.event.items {
            let progress = try record.progress(of: item.id)
            if progress.contested > 0 {
                add(
                    "doctor.contested",
                    .warning,
                    "\(item.id.text) 有 \(progress.contested) 项待仲裁裁定",
                    "\(item.id.text): \(progress.contested) await a ruling of the arbitration panel"
                )
            }
        }
        return findings.sorted { $0.severity == .error && $1.severity != .error }
    }
}
