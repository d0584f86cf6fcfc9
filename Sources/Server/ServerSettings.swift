/// How the server is run.
public struct ServerSettings: Sendable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes any that is free.
    public var port = 8080
    /// The certificate chain and key (PEM files); nil without TLS.
    public var tls: (certificate: String, key: String)?
    /// Whether a proxy on this machine stands before the server and names the caller's address.
    public var isBehindProxy = false
    /// A folder of policies that bureaus decide by; nil where none are served.
    public var policies: String?
    /// A folder of judges' keyrings for the hall's pages; nil where the server holds no keys.
    public var hallKeys: String?
    /// Requests a second that one address may send, for long; ten times as many at once.
    public var requestsPerSecond = 200
    /// How many connections are held at once.
    public var connections = 10_000
    /// How long a connection may stay without a whole request or answer, in seconds.
    public var idleSeconds = 75
    /// How long a request's body may take to come, in seconds.
    public var bodySeconds = 20
    /// The largest body that is taken: a submission of sheets and snapshots.
    public var bodyBytes = 16 << 20
    /// How far a caller's clock may be off, in seconds.
    public var clockSkew = 300

    /// The usual settings: plain HTTP for this machine only.
    public init() {}
}
