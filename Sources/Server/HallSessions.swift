internal import Findings
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
    /// What the next page at a path says, once.
    var told: (path: String, text: Text)?
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

    /// Leaves a word for the next time that a page is asked for.
    func tell(_ token: String, _ path: String, _ text: Text) {
        let name = Digest(of: Array(token.utf8))
        state.withLock { $0.sessions[name]?.told = (path, text) }
    }

    /// The word that was left for a page, which is gone with that.
    func told(_ token: String, _ path: String) -> Text? {
        let name = Digest(of: Array(token.utf8))
        return state.withLock { state in
            guard let told = state.sessions[name]?.told, told.path == path else { return nil }
            state.sessions[name]?.told = nil
            return told.text
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
