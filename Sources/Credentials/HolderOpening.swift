public import Findings
internal import Seal

/// What a holder shows to a bureau beside the bundle: the ID number and the salt that together open the
/// credential's commitment.
///
/// It holds the ID number and is the holder's own; it never stands in a bundle.
public struct HolderOpening: Sendable, Hashable {
    /// What the file says that it is.
    public static let schema = "laurel-holder-opening/1"

    /// The ID number.
    public let idNumber: String
    private let credential: String
    private let salt: [UInt8]

    /// Reads an opening.
    ///
    /// - Parameters:
    ///   - bytes: the file's bytes.
    ///   - file: its name, for findings.
    /// - Throws: a ``Findings/Refusal`` where it is none.
    public init(_ bytes: [UInt8], file: String) throws(Refusal) {
        let value = try? JSONValue(parsing: bytes)
        guard let value, value["schema"].isText(Self.schema),
            let credential = value["credential"]?.string,
            let number = value["id_number"]?.string,
            let salt = value["salt"]?.string.flatMap({ [UInt8](hex: $0) }), salt.count == 32
        else {
            throw Refusal(
                "opening.form",
                Text("不是持证人的开启文件", "this is no holder's opening"),
                at: Place(file: file)
            )
        }
        self.credential = credential
        idNumber = number
        self.salt = salt
    }

    /// Whether it opens the commitment of that claim.
    public func opens(_ claim: HonourClaim) -> Bool {
        claim.id.utf8.elementsEqual(credential.utf8)
            && claim.identity == HonourClaim.commitment(idNumber: idNumber, salt: salt)
    }
}
