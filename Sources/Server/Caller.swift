internal import Competition
internal import Ledger
internal import Seal
internal import Secretariat

/// Who asks.
struct Caller: Sendable {
    /// The key that signed the request, or that follows from the token.
    let key: VerifyingKey
    /// Its appointments in force.
    let appointments: [AppointmentRow]
    /// The key itself, where a token was shown: it signs the pulls that the token makes.
    let token: SigningKey?

    func has(_ roles: [Role], item: String? = nil) -> Bool {
        appointments.contains { row in
            roles.contains(row.role) && (item == nil || row.item == nil || row.item == item)
        }
    }
}

/// Who may read an endpoint.
enum Access: Sendable {
    /// Anybody: what is published, or proves itself.
    case anybody
    /// Whoever is appointed to one of these roles; of the item in the path where one is named there.
    case roles([Role])
    /// From this machine only, or by an auditor's token.
    case here

    static let everyRole: [Role] = Role.allCases
}
