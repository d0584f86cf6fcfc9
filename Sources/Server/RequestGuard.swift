internal import SwiftGlibc
internal import Competition
internal import Findings
internal import HTTPTypes
internal import Ledger
internal import NIOCore
internal import Seal
internal import Secretariat
internal import Synchronization

/// Looks at who asks and how often: signatures, tokens, replays, rates.
final class RequestGuard: Sendable {
    private struct State {
        /// Nonces that were seen, by the second they may be forgotten at.
        var nonces: [[UInt8]: Int] = [:]
        var oldest = 0
        var buckets: [String: Bucket] = [:]
    }

    private struct Bucket {
        var tokens: Double
        var at: Double
    }

    private let state = Mutex(State())
    private let settings: ServerSettings
    private let office: Office
    private let startedAt: Int

    init(office: Office, settings: ServerSettings) {
        self.office = office
        self.settings = settings
        startedAt = office.now() / 1000
    }

    /// What an address counts by: of IPv6 its network, for whoever has one address there has them all.
    private static func network(_ address: String) -> String {
        guard let parsed = try? SocketAddress(ipAddress: address, port: 0),
            case .v6(let six) = parsed
        else { return address }
        let bytes = withUnsafeBytes(of: six.address.sin6_addr) { Array($0) }
        // An IPv4 address in the clothes of IPv6 is one address.
        let isMapped = bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff])
        return isMapped ? bytes.hex : bytes.prefix(8).hex
    }

    /// Takes from an address's allowance.
    ///
    /// - Throws: a ``Problem`` where it is used up.
    func spend(_ cost: Double, of address: String) throws(Problem) {
        let address = Self.network(address)
        let now = Double(office.now()) / 1000
        let rate = Double(settings.requestsPerSecond)
        let waits = state.withLock { state -> Double? in
            if state.buckets.count > 10_000 {
                // Whoever has been quiet has a full bucket, which need not be kept.
                state.buckets = state.buckets.filter { now - $0.value.at < 10 }
            }
            var bucket = state.buckets[address] ?? Bucket(tokens: rate * 10, at: now)
            bucket.tokens = min(rate * 10, bucket.tokens + max(0, now - bucket.at) * rate)
            bucket.at = now
            defer { state.buckets[address] = bucket }
            guard bucket.tokens >= cost else { return (cost - bucket.tokens) / rate }
            bucket.tokens -= cost
            return nil
        }
        guard let waits else { return }
        throw Problem(
            status: .tooManyRequests,
            title: Text("请求过于频繁", "too many requests"),
            fields: [(.retryAfter, "\(Int(waits) + 1)")]
        )
    }

    /// Whether a request says who asks.
    static func isShown(_ headers: HTTPFields) -> Bool {
        headers[.authorization] != nil || headers[signatureInput] != nil
    }

    /// Who asks; nil where nobody says so.
    ///
    /// - Throws: a ``Problem`` where what is shown is false, old, or was shown before.
    func caller(
        _ headers: HTTPFields,
        _ target: RequestSignature.Target
    ) throws -> Caller? {
        if let authorization = headers[.authorization] { return try bearer(authorization) }
        guard let input = headers[Self.signatureInput] else { return nil }
        let time = office.now() / 1000
        guard
            let signature = headers[Self.signature].flatMap({
                RequestSignature(input: input, signature: $0)
            })
        else {
            throw Problem.unknown(
                "request.signature",
                "请求签名不成立",
                "the request's signature is not of Laurel's profile"
            )
        }
        guard abs(signature.created - time) <= settings.clockSkew, signature.created >= startedAt
        else {
            throw Problem.unknown(
                "request.time",
                "请求的时间与服务器相差过多,或早于服务器启动",
                "the request's time is too far from the server's, or before the server began",
                time: time
            )
        }
        guard signature.event == office.catalogue.event.id.text, signature.covers(target) else {
            throw Problem.unknown(
                "request.signature",
                "请求签名不成立",
                "the request is not signed by that key, for this event"
            )
        }
        // Whoever is nobody leaves nothing behind.
        let caller = try appointed(signature.key, token: nil)
        let isNew = state.withLock { state in
            if state.oldest < time - settings.clockSkew {
                state.nonces = state.nonces.filter { $0.value >= time }
                state.oldest = time
            }
            let nonce = signature.key.bytes + signature.nonce
            guard state.nonces[nonce] == nil else { return false }
            state.nonces[nonce] = signature.created + settings.clockSkew + 1
            return true
        }
        guard isNew else {
            throw Problem.unknown(
                "request.replay",
                "这个请求已经来过",
                "the request has been sent before"
            )
        }
        return caller
    }

    private func bearer(_ authorization: String) throws -> Caller {
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer",
            // The key follows from the token by a hash: nothing secret is compared.
            let token = BearerToken(String(words[1]))
        else { throw Problem.unknown("token.form", "令牌不成立", "this is no token") }
        return try appointed(token.key.verifying, token: token.key)
    }

    private func appointed(_ key: VerifyingKey, token: SigningKey?) throws -> Caller {
        let rows = try office.record.appointments(of: key)
        let now = office.now()
        let current = rows.filter { $0.isInForce(at: now) }
        guard !current.isEmpty else {
            throw rows.isEmpty
                ? Problem.unknown(
                    "key.unappointed",
                    "此密钥或令牌没有任职,或已被撤销",
                    "the key or token has no appointment, or it was revoked"
                )
                : Problem.unknown(
                    "key.ended",
                    "此任职或令牌已到期",
                    "the appointment or token has come to its end"
                )
        }
        return Caller(key: key, appointments: current, token: token)
    }

    /// Whether a key holds an appointment still.
    func isAppointed(_ key: VerifyingKey) throws -> Bool {
        let now = office.now()
        return try office.record.appointments(of: key).contains { $0.isInForce(at: now) }
    }

    private static let signatureInput = HTTPField.Name("Signature-Input") ?? .authorization
    private static let signature = HTTPField.Name("Signature") ?? .authorization
}
