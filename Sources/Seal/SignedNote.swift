internal import Foundation

/// A text with signatures below it: how a checkpoint of the ledger travels.
///
/// Source: C2SP signed-note. The text ends in a line break; a blank line follows; each signature
/// line is `— name base64(key id ‖ signature)`.
public struct SignedNote: Sendable, Hashable {
    /// The signed text, ending in a line break.
    public let text: String
    /// The name of the signer's key.
    public let name: String
    /// The 64 bytes of the Ed25519 signature.
    public let signature: [UInt8]
    /// The four bytes that tell the key.
    public let keyID: [UInt8]

    /// Signs a text under a key name that holds neither blank nor plus.
    public init(signing text: String, name: String, with key: SigningKey) throws {
        self.text = text
        self.name = name
        signature = try key.sign(Array(text.utf8))
        keyID = Self.keyID(name: name, key: key.verifying)
    }

    /// Reads a note with one signature; nil where the text is no note.
    public init?(parsing note: String) {
        guard let range = note.range(of: "\n\n— ", options: .backwards) else { return nil }
        text = String(note[..<range.lowerBound]) + "\n"
        let line = note[range.upperBound...]
        guard line.hasSuffix("\n") else { return nil }
        let words = line.dropLast().split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, let blob = Data(base64Encoded: String(words[1])), blob.count == 68
        else { return nil }
        name = String(words[0])
        keyID = Array(blob.prefix(4))
        signature = Array(blob.dropFirst(4))
    }

    /// Whether the key of that name signed this text.
    public func verifies(with key: VerifyingKey) -> Bool {
        keyID == Self.keyID(name: name, key: key) && key.accepts(signature, over: Array(text.utf8))
    }

    /// The note as it is written.
    public var rendered: String {
        text + "\n— " + name + " " + Data(keyID + signature).base64EncodedString() + "\n"
    }

    private static func keyID(name: String, key: VerifyingKey) -> [UInt8] {
        Array(Digest(of: Array(name.utf8) + [0x0A, 0x01] + key.bytes).bytes.prefix(4))
    }
}
