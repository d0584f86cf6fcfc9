internal import Foundation
internal import Seal

/// How many entries a log had, and what they came to, in the issuer's words.
private struct Checkpoint {
    let size: Int
    let root: Digest

    /// Reads a checkpoint that this key signed; nil where it is none.
    init?(_ text: String, log: String, key: VerifyingKey) {
        guard let note = SignedNote(parsing: text), note.rendered.utf8.elementsEqual(text.utf8),
            note.name.utf8.elementsEqual(log.utf8), note.verifies(with: key)
        else { return nil }
        let lines = note.text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count == 4, lines[0].utf8.elementsEqual(log.utf8), lines[3].isEmpty,
            let size = Int(lines[1]), String(size).utf8.elementsEqual(lines[1].utf8),
            let data = Data(base64Encoded: String(lines[2])),
            data.base64EncodedString().utf8.elementsEqual(lines[2].utf8),
            let root = Digest(bytes: Array(data))
        else { return nil }
        (self.size, self.root) = (size, root)
    }
}

extension Examiner {
    /// Whether the honour was proposed and conferred in the record as the credential says.
    mutating func record(_ bundle: JSONValue, issuer: DidKey) {
        guard let claim = result.claim else { return }
        guard bundle["issuer"]?.hasExactly(["did", "log"]) ?? false,
            bundle["issuer"]?["log"].isText(claim.log) ?? false,
            let checkpoint = bundle["checkpoint"]?.string.flatMap({
                Checkpoint($0, log: claim.log, key: issuer.key)
            })
        else {
            result.doubt(
                .forged,
                "log.checkpoint",
                "检查点不是签发者为此档案签署的",
                "the checkpoint is not the issuer's of this record"
            )
            return
        }
        let list = bundle["entries"]?.array ?? []
        let entries = list.compactMap(LogEntry.init)
        guard entries.count == list.count, (2...3).contains(entries.count),
            entries.allSatisfy({ Self.stands($0, in: checkpoint) })
        else {
            result.doubt(
                .forged,
                "log.proof",
                "档案条目不在检查点之下",
                "an entry of the record is not below the checkpoint"
            )
            return
        }
        guard Self.carries(claim, entries[0], entries[1]) else {
            result.doubt(
                .forged,
                "log.entry",
                "档案所记的提出与授予与凭证不符",
                "what the record says of proposing and conferring is not what the credential says"
            )
            return
        }
        if entries.count == 3 { ending(entries[2], claim) }
    }

    private static func stands(_ entry: LogEntry, in checkpoint: Checkpoint) -> Bool {
        MerkleTree.verifyInclusion(
            of: entry.leaf,
            index: entry.position - 1,
            size: checkpoint.size,
            path: entry.path,
            root: checkpoint.root
        )
    }

    /// Proposed by one and conferred by another, of this honour, on this snapshot, at that time.
    private static func carries(
        _ claim: HonourClaim,
        _ first: LogEntry,
        _ second: LogEntry
    ) -> Bool {
        guard claim.proposal.isOf(first), claim.conferral.isOf(second),
            let proposal = first.content(), let conferral = second.content(),
            let body = proposal["body"], let author = proposal["author"]?.string
        else { return false }
        return says("propose", claim, proposal) && says("confer", claim, conferral)
            && body["item"].isText(claim.item.code) && body["entrant"].isText(claim.entrant)
            && body["rule"].isText(claim.honour.code) && body["kind"].isText(claim.mode.code)
            && (conferral["body"]?["snapshot"] ?? body["snapshot"]).isText(claim.snapshot.hex)
            && !conferral["author"].isText(author)
            && Instant(milliseconds: second.admittedAt) == claim.conferredAt
    }

    private static func says(
        _ action: String,
        _ claim: HonourClaim,
        _ statement: JSONValue
    ) -> Bool {
        statement["kind"].isText("honour") && statement["event"].isText(claim.event.code)
            && statement["body"]?["action"].isText(action) ?? false
            && statement["body"]?["honour"].isText(claim.number) ?? false
    }

    /// What ended the honour: its revocation, or the conferral of another in its place.
    private mutating func ending(_ entry: LogEntry, _ claim: HonourClaim) {
        let time = Instant(milliseconds: entry.admittedAt)
        let content = entry.content()
        if let content, Self.says("revoke", claim, content) {
            result.doubt(
                .revoked,
                "log.revoked",
                "档案第 \(entry.position) 条于 \(time.text) 撤销此荣誉",
                "entry \(entry.position) of the record revokes the honour at \(time.text)"
            )
        } else if let content, let other = Self.successor(of: claim, content) {
            result.doubt(
                .revoked,
                "log.superseded",
                "档案第 \(entry.position) 条于 \(time.text) 以 \(other) 换发,此件作废",
                "entry \(entry.position) of the record confers \(other) in its place at \(time.text); this one is void"
            )
        } else {
            result.doubt(
                .forged,
                "log.entry",
                "档案中的第三个条目不是此荣誉的撤销或换发",
                "the third entry of the record neither revokes nor supersedes this honour"
            )
            return
        }
        result.revokedAt = time
    }

    private static func successor(of claim: HonourClaim, _ statement: JSONValue) -> String? {
        let body = statement["body"]
        guard statement["kind"].isText("honour"), statement["event"].isText(claim.event.code),
            body?["action"].isText("confer") ?? false,
            body?["supersedes"].isText(claim.number) ?? false
        else { return nil }
        return body?["honour"]?.string
    }
}

extension HonourClaim.Entry {
    fileprivate func isOf(_ entry: LogEntry) -> Bool {
        position == entry.position && statement == entry.id
    }
}
