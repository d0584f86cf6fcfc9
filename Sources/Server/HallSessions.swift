internal import Findings
internal import HTTPTypes
internal import Ledger
internal import Seal
internal import Secretariat
internal import Synchronization

/// Somebody who is signed in at a hall's page.
struct HallSession: Sendable {
    /// Whose requests these are.
    let key: VerifyingKey
    /// What every form of the session carries.
    let csrf: String
    /// The judge's keyring, where the server holds the key; it signs what the judge says.
    let ring: Keyring?
    /// The seat's name, where the server holds the key.
    let name: String?
    /// When it ends whatever happens, in seconds since 1970.
    let until: Int
    /// When something last came of it.
    var seen: Int
}

/// Who is signed in: in memory only, so that a restart signs everybody out.
final class HallSessions: Sendable {
    /// How long a session lasts at most, and without anything coming of it, in seconds.
    static let longest = 12 * 3_600
    static let idle = 3 * 3_600

    private struct State {
        /// By the hash of what the cookie holds, so that no comparison tells anything of it.
        var sessions: [Digest: HallSession] = [:]
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Int

    /// - Parameter now: the clock, in seconds.
    init(now: @escaping @Sendable () -> Int) { self.now = now }

    /// Begins a session.
    ///
    /// - Returns: what the cookie holds, and the session.
    func begin(
        _ key: VerifyingKey,
        ring: Keyring? = nil,
        name: String? = nil
    ) -> (token: String, session: HallSession) {
        let now = now()
        let token = randomBytes(32).hex
        let session = HallSession(
            key: key,
            csrf: randomBytes(16).hex,
            ring: ring,
            name: name,
            until: now + Self.longest,
            seen: now
        )
        state.withLock { state in
            state.sessions = state.sessions.filter { Self.isLive($0.value, now) }
            // Who signs in again on another tablet leaves the oldest of many behind.
            let own = state.sessions.filter { $0.value.key == key }
            if own.count >= 8, let oldest = own.min(by: { $0.value.until < $1.value.until }) {
                state.sessions[oldest.key] = nil
            }
            state.sessions[Digest(of: Array(token.utf8))] = session
        }
        return (token, session)
    }

    /// The session of a cookie; nil where there is none, or no more.
    func find(_ token: String) -> HallSession? {
        let (now, name) = (now(), Digest(of: Array(token.utf8)))
        return state.withLock { state in
            guard let session = state.sessions[name] else { return nil }
            guard Self.isLive(session, now) else {
                state.sessions[name] = nil
                return nil
            }
            state.sessions[name]?.seen = now
            return session
        }
    }

    func end(_ token: String) {
        let name = Digest(of: Array(token.utf8))
        state.withLock { $0.sessions[name] = nil }
    }

    private static func isLive(_ session: HallSession, _ now: Int) -> Bool {
        now < session.until && now - session.seen < idle
    }
}

/// The keyrings that the server holds for judges, each behind its judge's PIN.
final class HallKeyrings: Sendable {
    private struct State {
        /// Wrong PINs of a name, and until when nobody may try again.
        var faults: [String: (count: Int, until: Int)] = [:]
        var trying = 0
    }

    private let state = Mutex(State())
    private let folder: String
    private let now: @Sendable () -> Int
    /// Opened for names that there are none of, so that an answer takes as long for them.
    private let decoy: JSONValue?

    /// - Parameters:
    ///   - folder: where the keyrings are, one folder a name.
    ///   - now: the clock, in seconds.
    init(folder: String, now: @escaping @Sendable () -> Int) {
        self.folder = folder
        self.now = now
        decoy = try? Vault.shut([0], pin: randomBytes(8).hex)
    }

    /// Opens the keyring of a name.
    ///
    /// - Throws: a ``Problem``: the same for a wrong PIN and for a name that there is none of.
    func open(_ name: String, pin: String) throws -> Keyring {
        let now = now()
        let waits = state.withLock { state -> Int? in
            if let fault = state.faults[name], fault.until > now { return fault.until - now }
            // A guess takes 64 MiB: two at a time.
            guard state.trying < 2 else { return 2 }
            state.trying += 1
            return nil
        }
        if let waits {
            throw Problem(
                status: .tooManyRequests,
                title: Text("请 \(waits) 秒后再试", "try again in \(waits) seconds"),
                fields: [(.retryAfter, "\(waits)")]
            )
        }
        defer { state.withLock { $0.trying -= 1 } }
        do {
            let ring = try unlocked(name, pin)
            state.withLock { $0.faults[name] = nil }
            return ring
        } catch {
            state.withLock { state in
                if state.faults.count > 10_000 {
                    state.faults = state.faults.filter { $0.value.until > now }
                }
                let count = (state.faults[name]?.count ?? 0) + 1
                // Three slips are free; then 30 seconds, doubling to an hour.
                let pause = count < 3 ? 0 : min(3_600, 30 << min(count - 3, 7))
                state.faults[name] = (count, now + pause)
            }
            throw Problem.unknown(
                "hall.pin",
                "名称或 PIN 不对",
                "the name or the PIN is wrong"
            )
        }
    }

    private func unlocked(_ name: String, _ pin: String) throws -> Keyring {
        let isName =
            !name.isEmpty && name.utf8.count <= 200 && !name.hasPrefix(".")
            && !name.unicodeScalars.contains { $0 == "/" || $0.value == 0 }
        let path = folder + "/" + name + "/keyring.json"
        // Whose ring is missing is found out only after as long as a guess takes.
        guard isName, let ring = try? Keyring(path: path, pin: pin), ring.names.contains(name)
        else {
            if !isName || !Keyring.exists(path) {
                _ = try decoy.map { try Vault.open($0, pin: pin) }
            }
            throw Problem.forbidden
        }
        return ring
    }
}
