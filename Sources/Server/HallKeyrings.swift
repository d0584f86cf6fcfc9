internal import Findings
internal import HTTPTypes
internal import Ledger
internal import Seal
internal import Secretariat
internal import Synchronization

/// The keyrings that the server holds for judges, each behind its judge's PIN.
final class HallKeyrings: Sendable {
    /// Wrong PINs, and until when nobody may try again.
    private struct Fault {
        var count = 0
        var until = 0
    }

    private struct State {
        /// Of a name from one address: who guesses elsewhere does not shut its judge out.
        var guesses: [[String]: Fault] = [:]
        /// Of a name from anywhere.
        var names: [String: Fault] = [:]
    }

    /// A guess takes 64 MiB: two at a time, and others wait.
    let turns = HallTurns(2)
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
    func open(_ name: String, pin: String, from address: String) throws -> Keyring {
        let now = now()
        let until = state.withLock { state in
            max(state.guesses[[name, address]]?.until ?? 0, state.names[name]?.until ?? 0)
        }
        guard until <= now else { throw Problem.later(until - now) }
        do {
            let ring = try unlocked(name, pin)
            state.withLock { state in
                state.guesses[[name, address]] = nil
                state.names[name] = nil
            }
            return ring
        } catch {
            state.withLock { state in
                if state.guesses.count > 10_000 {
                    state.guesses = state.guesses.filter { $0.value.until > now }
                    state.names = state.names.filter { $0.value.until > now }
                }
                // Three slips are free; then 30 seconds, doubling to an hour.
                Self.count(&state.guesses[[name, address], default: Fault()], 3, 3_600, now)
                // From many addresses: as slow as guessing has to be, and no slower.
                Self.count(&state.names[name, default: Fault()], 30, 120, now)
            }
            throw Problem.unknown(
                "hall.pin",
                "名称或 PIN 不对",
                "the name or the PIN is wrong"
            )
        }
    }

    private static func count(_ fault: inout Fault, _ free: Int, _ longest: Int, _ now: Int) {
        fault.count += 1
        guard fault.count >= free else { return }
        fault.until = now + min(longest, 30 << min(fault.count - free, 7))
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

/// A few at a time; whoever comes meanwhile waits, first come, first served.
final class HallTurns: Sendable {
    private struct State {
        var free: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private static let longest = 64

    private let state: Mutex<State>

    init(_ count: Int) { state = Mutex(State(free: count)) }

    /// Does something when it is its turn.
    ///
    /// - Throws: what the work throws; a ``Problem`` where too many wait already.
    func take<Value: Sendable>(
        _ work: @Sendable () async throws -> Value
    ) async throws -> Value {
        guard state.withLock({ $0.waiting.count < Self.longest }) else { throw Problem.later(5) }
        await withCheckedContinuation { turn in
            let isFree = state.withLock { state in
                if state.free == 0 {
                    state.waiting.append(turn)
                    return false
                }
                state.free -= 1
                return true
            }
            if isFree { turn.resume() }
        }
        defer {
            let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
                state.free += 1
                return nil
            }
            next?.resume()
        }
        return try await work()
    }
}

extension Problem {
    /// That somebody is to try again in some seconds.
    fileprivate static func later(_ seconds: Int) -> Problem {
        Problem(
            status: .tooManyRequests,
            title: Text("请 \(seconds) 秒后再试", "try again in \(seconds) seconds"),
            fields: [(.retryAfter, "\(seconds)")]
        )
    }
}
