import Foundation
import Ledger
import Seal

/// Somebody who has the file and knows its layout: writes entries past the door, hashes and all.
struct Forger {
    let path: String

    init(_ path: String) { self.path = path }

    /// Appends a statement with the right hashes and its row of the table of sheets.
    func append(_ signed: SignedStatement) throws {
        let last = try query(
            "SELECT position, admitted_at, hex(hash) FROM entry ORDER BY 1 DESC LIMIT 1"
        )
        .split(separator: "|").map(String.init)
        let position = (Int(last[0]) ?? 0) + 1
        let time = Int(last[1]) ?? 0
        let previous = [UInt8](hex: last[2]) ?? []
        var leaf = previous
        for number in [position, time] {
            leaf += withUnsafeBytes(of: Int64(number).bigEndian) { Array($0) }
        }
        let hash = MerkleTree.leaf(leaf + signed.id.bytes + signed.signature)
        let statement = signed.statement
        let body = statement.body
        let marks = (body["marks"]?.array ?? []).compactMap { $0.int.map(Int32.init) }
        _ = try query(
            """
            INSERT INTO entry VALUES (\(position), '\(statement.kind.rawValue)', x'\(signed.id.hex)',
                x'\(statement.author.hex)', x'\(statement.nonce.hex)', x'\(signed.bytes.hex)',
                x'\(signed.signature.hex)', \(time), x'\(hash.hex)');
            INSERT INTO sheet VALUES (\(position), '\(body["item"]?.string ?? "")',
                '\(body["unit"]?.string ?? "")', '\(body["entrant"]?.string ?? "")',
                '\(body["judge"]?.string ?? "")', 1, x'\(SheetContent.packed(marks).hex)',
                'P-J-S01-01', NULL, NULL, 0, NULL);
            """
        )
    }

    private func query(_ sql: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["sqlite3", path, sql]
        let out = Pipe()
        process.standardOutput = out
        try process.run()
        let text = out.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
