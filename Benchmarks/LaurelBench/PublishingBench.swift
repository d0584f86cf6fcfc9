import Competition
import Exact
import Findings
import Foundation
import Ledger
import Publishing
import Seal
import Secretariat
import Snapshots

/// How long it takes to print and to publish; the province's site is written by a rehearsal's office.
struct PublishingBench {
    /// Makes the bench.
    init() {}

    /// Prints 1,000 certificates, then writes the province's site, its workbook and its papers.
    func run(_ office: Office, into folder: String, _ row: (String, String, String) -> Void) throws
    {
        let template = try Office.template(.honour, file: nil)
        let days = ["2022-10-27", "2022-10-28"].compactMap { Day($0) }
        let certificates = (1...1_000).map { Self.certificate($0, days[$0 % days.count]) }
        var bytes = 0
        let printing = try time {
            bytes = try Certificates.pdf(certificates, on: template, lookup: nil).count
        }
        row(
            "1,000 certificates with QR codes as one PDF",
            "\(printing) ms",
            "\(bytes / 1024) KiB; target 5 s"
        )
        var report: SiteReport?
        let site = try time { report = try office.writeSite(into: folder + "/site") }
        let pages = try FileManager.default.subpathsOfDirectory(atPath: folder + "/site/zh/items")
            .compactMap {
                let path = "\(folder)/site/zh/items/\($0)"
                return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
            }
        row(
            "the province's whole site, with workbooks, look-up and feed",
            "\(site) ms",
            "\(report?.files ?? 0) files, \((report?.bytes ?? 0) / 1024) KiB; target 10 s; item pages \((pages.max() ?? 0) / 1024) KiB at most, target 60"
        )
        let sheet = try Office.template(.resultSheet, file: nil)
        let items = office.catalogue.event.items
        let sheets = try time {
            for item in items { bytes += try office.resultSheet(of: item.id, on: sheet).count }
        }
        row(
            "the result sheets of all \(items.count) items",
            "\(sheets) ms",
            "each read from the record"
        )
    }

    private func time(_ work: () throws -> Void) rethrows -> Int {
        let duration = try ContinuousClock().measure(work)
        return Int(
            duration.components.seconds * 1_000 + duration.components.attoseconds
                / 1_000_000_000_000_000
        )
    }

    private static func certificate(_ number: Int, _ day: Day) -> Certificate {
        let hash = Digest(of: Array("bench \(number)".utf8))
        return Certificate(
            subject: .honour(
                title: Text("虚构称号", "Invented title"),
                register: "invented/\(number)",
                credential: "urn:uuid:00000000-0000-8000-8000-" + hash.hex.prefix(12),
                conferral: hash,
                serial: number,
                rule: "invented",
                document: "虚构文件",
                paragraph: "一"
            ),
            name: "虚人\(number)",
            event: NamedCode(code: "bench", title: Text("虚构大赛", "Invented competition")),
            item: NamedCode(code: "S01", title: Text("虚构项目", "Invented item")),
            delegation: NamedCode(code: "210100", title: Text("沈阳", "Shenyang")),
            entrant: "S01-\(number)",
            member: 1,
            rank: 1,
            day: day,
            snapshot: hash,
            isRehearsal: true
        )
    }
}
