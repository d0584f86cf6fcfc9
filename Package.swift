// swift-tools-version: 6.2
import PackageDescription

/// One list of settings for every target of ours; each has its reason.
let strict: [SwiftSetting] = [
    // An existential costs; it is written where it is meant.
    .enableUpcomingFeature("ExistentialAny"),
    // What a room shows of another room is a decision: `public import` or nothing.
    .enableUpcomingFeature("InternalImportsByDefault"),
    // A member is seen only where its module is imported, so that the rooms' walls hold.
    .enableUpcomingFeature("MemberImportVisibility"),
    // A warning that stays is a warning that nobody reads.
    .treatAllWarnings(as: .error),
]

/// A room of the house: a target, what it may use, and (unless said otherwise) its tests.
func room(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: uses, swiftSettings: strict)
}

func tests(_ name: String, _ uses: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: uses, swiftSettings: strict)
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let cryptoExtras: Target.Dependency = .product(name: "CryptoExtras", package: "swift-crypto")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let sqlite: Target.Dependency = .product(name: "GRDBSQLite", package: "GRDB.swift")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let mustache: Target.Dependency = .product(name: "Mustache", package: "swift-mustache")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdTesting: Target.Dependency = .product(
    name: "HummingbirdTesting",
    package: "hummingbird"
)
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let certificates: Target.Dependency = .product(name: "X509", package: "swift-certificates")
let arguments: Target.Dependency = .product(
    name: "ArgumentParser",
    package: "swift-argument-parser"
)

let package = Package(
    name: "Laurel",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "laurel", targets: ["laurel"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // The C libraries that Debian packages.
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"])]),
        .target(name: "CColumns"),
        .systemLibrary(
            name: "CPangoCairo",
            pkgConfig: "pangocairo",
            providers: [.apt(["libpango1.0-dev", "libcairo2-dev"])]
        ),
        .systemLibrary(
            name: "CQrencode",
            pkgConfig: "libqrencode",
            providers: [.apt(["libqrencode-dev"])]
        ),
        .systemLibrary(
            name: "CCurses",
            pkgConfig: "ncursesw",
            providers: [.apt(["libncurses-dev"])]
        ),
        .systemLibrary(name: "CExchange"),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(
            name: "CXlsxWriter",
            pkgConfig: "xlsxwriter",
            providers: [.apt(["libxlsxwriter-dev"])]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // The rooms, ground floor first; a room uses only rooms listed before it.
        room("Findings", []),
        room("Exact", []),
        room("Seal", [crypto, cryptoExtras]),
        room("Credentials", ["Findings", "Exact", "Seal", "CZlib"]),
        room("Competition", ["Findings", "Exact"]),
        room("Scoring", ["Findings", "Exact", "Competition", "CColumns"]),
        room("Rules", ["Findings", "Exact"]),
        room("Honours", ["Findings", "Exact", "Seal", "Competition", "Scoring", "Rules"]),
        room("Eligibility", ["Findings", "Exact", "Seal", "Competition", "Rules"]),
        room("Paper", ["Findings", "CPangoCairo", "CQrencode"]),
        room("Snapshots", ["Findings", "Exact", "Seal", "Competition", "Scoring", "Honours"]),
        room("Ledger", ["Findings", "Exact", "Seal", "Competition", grdb, sqlite]),
        room(
            "Interchange",
            [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Rules", "Honours",
                "Eligibility", "Paper", "CZip", "CExpat", "CXlsxWriter", yams,
            ]
        ),
        room(
            "Publishing",
            [
                "Findings", "Exact", "Seal", "Competition", "Paper", "Snapshots", "Interchange",
                "CExchange", mustache,
            ]
        ),
        room(
            "Secretariat",
            [
                crypto, "Findings", "Exact", "Seal", "Credentials", "Competition", "Scoring",
                "Rules",
                "Honours", "Eligibility", "Paper", "Snapshots", "Ledger", "Interchange",
                "Publishing",
            ]
        ),
        room("Terminal", ["CCurses"]),
        room(
            "Desk",
            [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Ledger", "Secretariat",
                "Terminal",
            ]
        ),
        room(
            "Server",
            [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Rules", "Eligibility",
                "Snapshots", "Ledger", "Publishing", "Secretariat", hummingbird, hummingbirdTLS,
                certificates, crypto, "CZlib",
            ]
        ),
        room(
            "Remote",
            [
                "Findings", "Seal", "Competition", "Ledger", "Secretariat", nioCore, nioPosix,
                nioHTTP, nioSSL,
            ]
        ),
        .executableTarget(
            name: "laurel",
            dependencies: [
                "Findings", "Exact", "Seal", "Credentials", "Competition", "Scoring", "Rules",
                "Honours", "Eligibility", "Paper", "Snapshots", "Ledger", "Interchange",
                "Publishing", "Secretariat", "Terminal", "Desk", "Server", "Remote", arguments,
                hummingbird,
            ],
            swiftSettings: strict
        ),

        // Speed and size; `make bench`.
        .executableTarget(
            name: "LaurelBench",
            dependencies: [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Rules", "Eligibility",
                "Paper", "Snapshots", "Ledger", "Interchange", "Publishing", "Secretariat",
                "Terminal", "Desk", grdb, nioCore, nioPosix,
            ],
            path: "Benchmarks/LaurelBench",
            swiftSettings: strict
        ),

        // Faults on purpose, and the program that the fault tests kill; for tests only.
        .target(
            name: "CFaults",
            path: "Tests/Support/CFaults",
            cSettings: [.treatAllWarnings(as: .error)],
            linkerSettings: [.linkedLibrary("sqlite3")]
        ),
        .executableTarget(
            name: "LaurelStress",
            dependencies: [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Honours", "Snapshots",
                "Ledger", "Secretariat", "CFaults", grdb,
            ],
            path: "Tests/Support/LaurelStress",
            swiftSettings: strict
        ),

        // Tests mirror the rooms.
        tests("Exact", ["Exact"]),
        tests("Seal", ["Seal"]),
        tests("Credentials", ["Findings", "Exact", "Seal", "Credentials"]),
        tests("Competition", ["Findings", "Exact", "Competition"]),
        tests("Scoring", ["Findings", "Exact", "Competition", "Scoring", "Interchange"]),
        tests("Rules", ["Findings", "Exact", "Rules"]),
        tests("Honours", ["Findings", "Exact", "Rules", "Honours", "Interchange"]),
        tests(
            "Eligibility",
            ["Findings", "Exact", "Seal", "Rules", "Eligibility", "Interchange"]
        ),
        tests(
            "Secretariat",
            [
                "Findings", "Exact", "Seal", "Credentials", "Competition", "Scoring", "Ledger",
                "Paper", "Snapshots", "Interchange", "Publishing", "Secretariat", "Terminal",
                "Desk",
            ]
        ),
        tests("Terminal", ["Terminal"]),
        tests(
            "Server",
            [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Ledger", "Secretariat",
                "Server", "laurel", hummingbird, hummingbirdTesting,
            ]
        ),
        tests(
            "Remote",
            [
                "Findings", "Exact", "Seal", "Competition", "Scoring", "Ledger", "Snapshots",
                "Secretariat", "Server", "Remote", hummingbird,
            ]
        ),
        tests("Paper", ["Findings", "Paper", "Interchange"]),
        tests(
            "Publishing",
            ["Findings", "Exact", "Seal", "Paper", "Snapshots", "Interchange", "Publishing"]
        ),
        tests("CommandLine", ["laurel"]),
        tests(
            "Interchange",
            ["Findings", "Exact", "Competition", "Scoring", "Interchange", "CZip"]
        ),
        tests(
            "Fault",
            [
                "Findings", "Exact", "Seal", "Competition", "Snapshots", "Ledger", "Secretariat",
                "LaurelStress", grdb,
            ]
        ),
    ],
    swiftLanguageModes: [.v6]
)
