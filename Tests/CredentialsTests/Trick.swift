import Credentials
import Findings
import Seal
import Testing

/// One way in which a bundle is not what it should be, and what must come of it.
struct Trick: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let verdict: HonourVerdict
    let code: String
    let bundle: @Sendable (SampleHonour) throws -> JSONValue

    init(
        _ name: String,
        _ verdict: HonourVerdict,
        _ code: String,
        _ bundle: @escaping @Sendable (SampleHonour) throws -> JSONValue
    ) {
        testDescription = name
        self.verdict = verdict
        self.code = code
        self.bundle = bundle
    }

    /// Somebody changes the file after it was signed.
    static func tampered(
        _ name: String,
        _ verdict: HonourVerdict,
        _ code: String,
        _ path: String,
        _ value: JSONValue?
    ) -> Trick {
        Trick(name, verdict, code) { try $0.bundle().setting(path, value) }
    }

    /// The issuer itself signs a credential that is not as it should be.
    static func issued(
        _ name: String,
        _ verdict: HonourVerdict,
        _ code: String,
        _ path: String,
        _ value: JSONValue?
    ) -> Trick {
        Trick(name, verdict, code) {
            try $0.bundle(credential: $0.credential.setting(path, value))
        }
    }

    /// The issuer itself signs a status list that is not as it should be.
    static func listed(
        _ name: String,
        _ verdict: HonourVerdict,
        _ code: String,
        _ path: String,
        _ value: JSONValue?
    ) -> Trick {
        Trick(name, verdict, code) {
            try $0.bundle(list: try $0.statusCredential().setting(path, value))
        }
    }
}
