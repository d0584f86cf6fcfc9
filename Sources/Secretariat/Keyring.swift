internal import Competition
internal import Findings
internal import Foundation
internal import Interchange
public import Seal

/// Keys under one PIN: what a person's laptop, a venue or a rehearsal needs.
public struct Keyring: Sendable {
    /// The file.
    public let path: String
    private let pin: String
    private let cost: Vault.Cost
    private var seeds: [String: [UInt8]] = [:]
    private var made: [String: SigningKey] = [:]

    /// Opens a keyring, or starts an empty one where there is no file.
    ///
    /// - Throws: a ``Findings/Refusal`` where the PIN is wrong or the file is no keyring.
    public init(path: String, pin: String, cost: Vault.Cost = .full) throws {
        self.path = path
        self.pin = pin
        self.cost = cost
        guard FileManager.default.fileExists(atPath: path) else { return }
        let place = Place(file: path)
        do {
            let vault = try JSONValue(parsing: try TextFile.bytes(path))
            let content = try JSONValue(parsing: try Vault.open(vault, pin: pin))
            guard case .object(let members) = content else { throw VaultError.notAVault }
            for member in members {
                seeds[member.name] = member.value.string.flatMap { [UInt8](hex: $0) }
            }
        } catch VaultError.wrongPINOrChanged {
            throw Refusal(
                "key.pin",
                Text("PIN 不对,或密钥文件被改动", "the PIN is wrong, or the key file was changed"),
                at: place
            )
        } catch is JSONError, VaultError.notAVault {
            throw Refusal("key.file", Text("不是密钥文件", "this is no key file"), at: place)
        }
    }

    /// The names of the keys, sorted.
    public var names: [String] { seeds.keys.filter { !$0.hasPrefix(Self.secretPrefix) }.sorted() }

    private static let secretPrefix = "secret:"

    /// Keeps 32 secret bytes under a name of their own: the secret of a draw.
    public mutating func keep(_ secret: [UInt8], as name: String) {
        seeds[Self.secretPrefix + name] = secret
    }

    /// The secret of that name.
    public func secret(_ name: String) throws -> [UInt8] {
        guard let secret = seeds[Self.secretPrefix + name] else {
            throw Refusal(
                "key.secret",
                Text(
                    "密钥文件里没有 \(name) 的抽签密钥",
                    "the key file has no secret of the draw \(name)"
                ),
                at: Place(file: path)
            )
        }
        return secret
    }

    /// Puts a new key in the place of the one of that name; the old one stays, as `name.old`.
    public mutating func replace(_ name: String) throws -> SigningKey {
        _ = try key(name)
        let retired = name + ".old"
        seeds[retired] = seeds[name]
        made[retired] = made[name]
        seeds[name] = nil
        made[name] = nil
        return try make(name)
    }

    /// Keeps a key of which nobody knows yet whether the record took it, as `name.next`.
    mutating func await(_ key: SigningKey, as name: String) {
        seeds[name + Self.next] = key.seed
        made[name + Self.next] = key
    }

    /// Puts the key that was kept as `name.next` in its place: the record did take it.
    ///
    /// - Parameter name: the key's name.
    /// - Returns: whether there was one.
    public mutating func advance(_ name: String) -> Bool {
        guard let seed = seeds[name + Self.next] else { return false }
        seeds[name + ".old"] = seeds[name]
        seeds[name] = seed
        seeds[name + Self.next] = nil
        made = [:]
        return true
    }

    private static let next = ".next"

    /// Makes a key under a name.
    public mutating func make(_ name: String) throws -> SigningKey {
        guard JudgeID(name) != nil, !name.contains("/"), !name.contains(":") else {
            throw Refusal(
                "key.name",
                Text(
                    "“\(name)”不能作密钥名:不可为空,不含空格、逗号、引号、斜线或冒号",
                    "\"\(name)\" is no name of a key: not empty, no blank, comma, quotation mark, slash or colon"
                ),
                at: Place(file: path)
            )
        }
        guard seeds[name] == nil else {
            throw Refusal(
                "key.exists",
                Text("已有密钥 \(name)", "there is a key \(name) already"),
                at: Place(file: path)
            )
        }
        let seed = randomBytes(32)
        seeds[name] = seed
        guard let key = SigningKey(seed: seed) else {
            throw Refusal("key.form", Text("密钥不成立", "the key is none"))
        }
        made[name] = key
        return key
    }

    /// The key of that name.
    public func key(_ name: String) throws -> SigningKey {
        if let key = made[name] { return key }
        guard let seed = seeds[name], let key = SigningKey(seed: seed) else {
            throw Refusal(
                "key.unknown",
                Text("密钥文件里没有 \(name)", "the key file has no key \(name)"),
                at: Place(file: path)
            )
        }
        return key
    }

    /// Writes the keyring, whole or not at all, readable by its owner only.
    public func save() throws {
        let members = seeds.sorted { $0.key < $1.key }.map {
            JSONValue.Member($0.key, .string($0.value.hex))
        }
        let vault = try Vault.shut(JSONValue.object(members).canonical, pin: pin, cost: cost)
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(vault.canonical).write(to: url, options: .atomic)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

extension Keyring {
    /// Whether there is a keyring at a path.
    ///
    /// - Parameter path: the file.
    /// - Returns: whether it is there.
    public static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }
}
