internal import Crypto
internal import Findings
internal import Foundation
internal import Glibc
internal import SwiftASN1
internal import X509

/// A certificate authority for a network of its own: a hall without the internet.
///
/// `ca.pem` is what laptops and tablets trust; `ca-key.pem` makes further certificates and belongs in a
/// safe; `server.pem` and `server-key.pem` are what the server shows.
public enum LocalAuthority {
    /// Makes the authority, where the folder has none yet, and a server's certificate under it.
    ///
    /// - Parameters:
    ///   - folder: where the files go; made where it is not there.
    ///   - names: the names and addresses by which the server is called.
    ///   - now: the moment, in milliseconds since 1970.
    /// - Returns: the paths of authority, certificate and key.
    /// - Throws: a `Refusal` where a server's certificate lies there already, or a name is none.
    public static func make(
        in folder: String,
        names: [String],
        now: Int
    ) throws -> (authority: String, certificate: String, key: String) {
        let (authority, certificate, key) = (
            folder + "/ca.pem", folder + "/server.pem", folder + "/server-key.pem"
        )
        for path in [certificate, key] where FileManager.default.fileExists(atPath: path) {
            throw Refusal(
                "tls.exists",
                Text("文件已存在,不会覆盖", "the file exists and is not written over"),
                at: Place(file: path)
            )
        }
        let subjects = try names.map(name)
        try FileManager.default.createDirectory(
            atPath: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let moment = Date(timeIntervalSince1970: Double(now / 1000))
        let (issuer, issuerKey) = try issuer(in: folder, at: moment)
        let ownKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let subject = try DistinguishedName { CommonName(names[0]) }
        let own = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: ownKey.publicKey,
            notValidBefore: moment - 3600,
            // What browsers still take from an authority that a person has trusted.
            notValidAfter: moment + 825 * 86_400,
            issuer: issuer.subject,
            subject: subject,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(subjects)
            },
            issuerPrivateKey: issuerKey
        )
        try write(try ownKey.serializeAsPEM().pemString, to: key, mode: 0o600)
        let chain = try [own, issuer].map { try $0.serializeAsPEM().pemString }
        try write(chain.joined(separator: "\n"), to: certificate, mode: 0o644)
        return (authority, certificate, key)
    }

    private static func issuer(
        in folder: String,
        at moment: Date
    ) throws -> (Certificate, Certificate.PrivateKey) {
        let (path, keyPath) = (folder + "/ca.pem", folder + "/ca-key.pem")
        if FileManager.default.fileExists(atPath: path) {
            do {
                let certificate = try String(contentsOfFile: path, encoding: .utf8)
                let key = try String(contentsOfFile: keyPath, encoding: .utf8)
                return (
                    try Certificate(pemEncoded: certificate),
                    try Certificate.PrivateKey(pemEncoded: key)
                )
            } catch {
                throw Refusal(
                    "tls.authority",
                    Text("证书机构或其私钥读不了", "the authority or its key can't be read"),
                    at: Place(file: path)
                )
            }
        }
        let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
        let name = try DistinguishedName { CommonName("Laurel local authority") }
        let certificate = try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: key.publicKey,
            notValidBefore: moment - 3600,
            notValidAfter: moment + 1825 * 86_400,
            issuer: name,
            subject: name,
            signatureAlgorithm: .ecdsaWithSHA256,
            extensions: Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(keyCertSign: true, cRLSign: true))
            },
            issuerPrivateKey: key
        )
        try write(try key.serializeAsPEM().pemString, to: keyPath, mode: 0o600)
        try write(try certificate.serializeAsPEM().pemString, to: path, mode: 0o644)
        return (certificate, key)
    }

    /// A name or an address, as a certificate states it.
    private static func name(_ text: String) throws -> GeneralName {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            return .ipAddress(
                ASN1OctetString(contentBytes: withUnsafeBytes(of: four) { ArraySlice($0) })
            )
        }
        var six = in6_addr()
        if inet_pton(AF_INET6, text, &six) == 1 {
            return .ipAddress(
                ASN1OctetString(contentBytes: withUnsafeBytes(of: six) { ArraySlice($0) })
            )
        }
        let isName = text.utf8.allSatisfy {
            ($0 >= 0x61 && $0 <= 0x7A) || ($0 >= 0x30 && $0 <= 0x39) || $0 == 0x2D || $0 == 0x2E
        }
        guard isName, !text.isEmpty, text.utf8.count <= 253 else {
            throw Refusal(
                "tls.name",
                Text("“\(text)”不是主机名或地址", "\"\(text)\" is no host's name or address"),
                at: Place(file: "--name")
            )
        }
        return .dnsName(text)
    }

    private static func write(_ text: String, to path: String, mode: mode_t) throws {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: path])
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data((text + "\n").utf8))
    }
}
