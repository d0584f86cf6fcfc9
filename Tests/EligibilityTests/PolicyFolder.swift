import Eligibility
import Exact
import Foundation
import Interchange

/// The policies that are shipped.
enum PolicyFolder {
    static let names = [
        "baoshan-2021", "chongqing-2023", "jiaxing-2021", "liaoning-2021", "shenyang-2022",
    ]

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Policies")

    static func path(_ name: String) -> String {
        folder.appendingPathComponent(name + ".yaml").path
    }

    static func text(_ name: String) throws -> String { try TextFile.read(path(name)) }

    static func policy(_ name: String) throws -> Policy {
        try PolicyFile.read(try text(name), file: name + ".yaml")
    }
}
