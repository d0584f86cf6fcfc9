import Competition
import Credentials
import Findings
import Foundation
import Interchange
import Ledger
import Paper
import Publishing
import Seal
import Secretariat
import Snapshots
import Testing

/// What the office hands to the public: certificates, papers, workbook, site, item by item.
@Suite struct OfficePublishingTests {
    func text(of pdf: [UInt8]) throws -> String {
        let path = try SmallWorld.temporaryFolder() + "/paper.pdf"
        try Data(pdf).write(to: URL(fileURLWithPath: path))
        return try Self.run("/usr/bin/pdftotext", ["-raw", path, "-"]).out
    }

    static func run(_ program: String, _ arguments: [String]) throws -> (code: Int32, out: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let out = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, out)
    }

    @Test func aCertificateBearsItsNumberAndTheCredentialOfItsBundle() throws {
        let world = try HonourWorld()
        #expect(throws: Refusal.self) { try world.world.office.honourCertificates([world.honour]) }
        try world.confer()
        let office = world.world.office
        let certificates = try office.honourCertificates()
        #expect(certificates.map(\.key) == [world.honour])
        let id = try #require(
            world.examine(try world.export().bundle, trust: try world.trust("organiser")).claim?.id
        )
        let template = try Office.template(.honour, file: nil)
        let pdf = try office.print(
            certificates,
            on: template,
            own: [world.honour: ["level_certificate": "Y000123XXXXXX195000001"]]
        )
        let text = try text(of: pdf)
        for piece in [id, "tiny-00001", "Y000123XXXXXX195000001", "虚构称号", "Invented title", "获第1名"]
        {
            #expect(text.contains(piece), "\(piece) in \(text)")
        }
        let code = try #require(certificates.first?.code(lookup: nil))
        #expect(code.hasPrefix(id + " sha256:"))
        let address = certificates.first?.code(lookup: "https://example.org/zh/lookup.html")
        #expect(address == "https://example.org/zh/lookup.html#" + id.dropFirst("urn:uuid:".count))
    }

    @Test func noCertificateIsPrintedOfWhatWasRevoked() throws {
        let world = try HonourWorld()
        try world.confer()
        try world.world.say(
            .honour,
            ["action": "revoke", "honour": .string(world.honour), "reason": "虚构的理由"],
            by: "organiser"
        )
        do {
            _ = try world.world.office.honourCertificates([world.honour])
            Issue.record("printed")
        } catch let refusal as Refusal {
            #expect(refusal.findings.map(\.code) == ["certificate.revoked"])
        }
        #expect(throws: Refusal.self) { try world.world.office.honourCertificates() }
    }

    @Test func aSchemeThatGivesANumberTwiceIsRefused() throws {
        let world = try HonourWorld()
        let office = world.world.office
        var template = try Office.template(.award, file: nil)
        let certificates = try office.awardCertificates()
        #expect(certificates.count > 1)
        template.number = nil
        #expect(try !office.print(certificates, on: template, own: [:]).isEmpty)
        let same = try YAMLFile.parse(
            PaperKind.award.template.replacing("{event}-{entrant}-{member}", with: "{event}"),
            file: "t"
        )
        template = try PageTemplateFile.read(
            same,
            vocabulary: PaperKind.award.vocabulary,
            folder: "."
        )
        do {
            _ = try office.print(certificates, on: template, own: [:])
            Issue.record("printed")
        } catch let refusal as Refusal {
            #expect(refusal.findings.allSatisfy { $0.code == "certificate.number" })
        }
    }

    @Test func theResultSheetHoldsEveryNameAndTotalAndIsOnlyPrintedOfWhatIsPublished() throws {
        let template = try Office.template(.resultSheet, file: nil)
        let early = try TinyWorld()
        #expect(throws: Refusal.self) { try early.office.resultSheet(of: early.item, on: template) }
        let world = try HonourWorld()
        let office = world.world.office
        let text = try text(of: try office.resultSheet(of: world.world.item, on: template))
        let (hash, snapshot) = try #require(try office.published())
        let item = try #require(snapshot.items.first { $0.item.code == "S01" })
        for row in item.rows {
            for piece in row.names + [row.entrant] + row.parts + [row.total ?? ""] {
                #expect(text.contains(piece), "\(piece) in \(text)")
            }
        }
        #expect(text.contains("裁判长签字"))
        #expect(text.contains("Supervisor, date"))
        #expect(text.contains(hash.hex))
        let notice = try self.text(of: try office.notice(on: Office.template(.notice, file: nil)))
        #expect(notice.contains(item.rows.first?.names.first ?? "?"))
    }

    @Test func anItemIsPublishedAloneAndTheOthersAreCarriedOn() throws {
        let world = try TinyWorld()
        try world.advance(to: .cosigned)
        let organiser = try world.ring.key("organiser")
        let other = try #require(ItemID("S02"))
        do {
            _ = try world.office.publish(.provisional, only: [other], by: organiser)
            Issue.record("published an item that nobody marked")
        } catch let refusal as Refusal {
            #expect(refusal.findings.allSatisfy { $0.place?.file == "S02" })
        }
        let first = try world.office.publish(.provisional, only: [world.item], by: organiser)
        #expect(first.items.map(\.item.code) == ["S01"])
        #expect(first.overall == .provisional)
        world.clock.advance(minutes: 121)
        let final = try world.office.publish(.final, only: [world.item], by: organiser)
        #expect(final.overall == .final)
        #expect(final.items.allSatisfy { $0.carried == nil })
        let changes = final.changes(since: first)
        #expect(changes.map(\.text.en) == ["provisional → final"])
        #expect(changes.map(\.text.zh) == ["公示(非最终) → 最终成绩"])
    }

    @Test func whatWasPublishedBeforeIsCarriedOnWithItsOwnKindAndHash() throws {
        let (rehearsal, folder) = try Self.marked()
        let office = rehearsal.office
        let ring = try Keyring(path: folder + "/keys/keyring.json", pin: Rehearsal.pin)
        let organiser = try ring.key("organiser")
        let items = rehearsal.items.map(\.id)
        _ = try office.publish(.provisional, only: [items[0]], by: organiser)
        let first = try #require(try office.published())
        let template = try Office.template(.resultSheet, file: nil)
        let sheet = try office.resultSheet(of: items[0], on: template)
        let second = try office.publish(.provisional, only: [items[1]], by: organiser)
        #expect(second.items.map(\.item.code) == items.map(\.text))
        #expect(second.items[0].carried?.snapshot == first.hash)
        #expect(second.items[0].carried?.position == first.snapshot.position)
        #expect(second.items[0].rows.map(\.total) == first.snapshot.items[0].rows.map(\.total))
        #expect(second.items[1].carried == nil)
        // Its sheet is, byte for byte, the one that was signed.
        #expect(try office.resultSheet(of: items[0], on: template) == sheet)
        let json = second.json
        #expect(json["schema"]?.string == "laurel-results/2")
        #expect(ResultsSnapshot(json: json)?.json == json)
        #expect(second.changes(since: first.snapshot).map(\.item) == [items[1].text])
        // Published, an item that is opened again is carried on no longer.
        _ = try office.say(
            .reopen,
            ["item": .string(items[0].text), "reason": "虚构的理由"],
            by: try ring.key("arbitration-1")
        )
        _ = try office.second(items[0], by: "SV-" + items[0].text, in: ring)
        let third = try office.publish(.provisional, only: [items[1]], by: organiser)
        #expect(third.items.map(\.item.code) == [items[1].text])
        let words = third.changes(since: second).map(\.text.en)
        #expect(words == ["withdrawn: no longer published"])
    }

    /// A small rehearsal of two items, with its site.
    private static func rehearse() throws -> (rehearsal: Rehearsal, site: URL) {
        let (rehearsal, folder) = try marked()
        _ = try rehearsal.publish()
        _ = try rehearsal.honour()
        _ = try rehearsal.office.writeSite(into: folder + "/site")
        return (rehearsal, URL(fileURLWithPath: folder + "/site"))
    }

    /// A small rehearsal of two items, marked and co-signed.
    static func marked() throws -> (rehearsal: Rehearsal, folder: String) {
        let folder = try SmallWorld.temporaryFolder()
        var settings = Rehearsal.Settings(
            eventFolder: SmallWorld.root.path + "/Events/liaoning-2022",
            folder: folder
        )
        settings.items = 2
        settings.entrantsPerItem = 16
        settings.isAtFullSize = false
        settings.vault = .rehearsal
        var rehearsal = try Rehearsal(settings) { _ in }
        try rehearsal.appoint()
        try rehearsal.register()
        try rehearsal.mark()
        return (rehearsal, folder)
    }

    /// Runs one of the programs in Tools/.
    private static func check(_ program: String, _ arguments: [String]) throws {
        let root = SmallWorld.root.path
        #expect(try run(root + "/Tools/venv.sh", []).code == 0)
        let answer = try run(
            "/usr/bin/timeout",
            ["240", root + "/.build/venv/bin/python", root + "/Tools/" + program] + arguments
        )
        #expect(answer.out == "0 faults\n")
        #expect(answer.code == 0)
    }

    /// `Tools/check_site.py`: real Chromium, three widths, two languages, axe-core, search, board,
    /// look-up by scanned and typed numbers, one of them revoked; and `Tools/check_published.py`.
    @Test func thePagesStandInARealBrowserAndTheDataBeforeTheirSchemas() throws {
        let (rehearsal, site) = try Self.rehearse()
        let office = rehearsal.office
        let certificates = try office.honourCertificates().prefix(2)
        let revoked = try #require(certificates.last)
        let ring = try Keyring(
            path: site.deletingLastPathComponent().path + "/keys/keyring.json",
            pin: Rehearsal.pin
        )
        _ = try office.say(
            .honour,
            ["action": "revoke", "honour": .string(revoked.key), "reason": "虚构的理由"],
            by: try ring.key("organiser")
        )
        _ = try office.writeSite(into: site.path)
        let honours = zip(certificates, ["valid", "revoked"]).flatMap { certificate, state in
            let number = String(certificate.code(lookup: "x").dropFirst(2))
            return ["--honour", number, certificate.name, state]
        }
        try Self.check("check_site.py", [site.path] + honours)
        try Self.check("check_published.py", [site.path])
        // Another item is published again: certificates of the first stay what they were.
        let items = rehearsal.items.map(\.id)
        let awards = try office.awardCertificates(item: items[0])
        _ = try office.publish(.final, only: [items[1]], by: try ring.key("organiser"))
        let later = try office.awardCertificates(item: items[0])
        #expect(!awards.isEmpty)
        #expect(later.map { $0.code(lookup: nil) } == awards.map { $0.code(lookup: nil) })
        #expect(later.map(\.day) == awards.map(\.day))
    }

    /// The workbook as openpyxl reads it.
    @Test func anotherProgramReadsTheWorkbook() throws {
        let root = SmallWorld.root.path
        #expect(try Self.run(root + "/Tools/venv.sh", []).code == 0)
        let world = try HonourWorld()
        let (_, snapshot) = try #require(try world.world.office.published())
        let rows = try #require(snapshot.items.first { $0.item.code == "S01" }).rows
        let script = """
            import openpyxl, sys
            for sheet in openpyxl.load_workbook(sys.argv[1]).worksheets:
                print(sheet.title, sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows,
                      sheet.print_area, sep="|")
                if sheet.title == "S01":
                    for row in sheet.iter_rows(min_row=5):
                        print(row[1].value, row[2].value, row[6].value, row[6].number_format, sep="|")
            """
        for language in Language.allCases {
            let file = try SmallWorld.temporaryFolder() + "/book.xlsx"
            try WorkbookWriter.write(try world.world.office.workbook(language), to: file)
            let out = try Self.run(root + "/.build/venv/bin/python", ["-c", script, file]).out
            let lines = out.split(separator: "\n").map(String.init)
            let names =
                language == .zh ? ["获奖名单", "奖牌榜", "全部名次"] : ["Winners", "Medals", "All standings"]
            #expect(names.allSatisfy { name in lines.contains { $0.hasPrefix(name + "|A5|A4:") } })
            #expect(lines.filter { $0.contains("|$4:$4|") }.count == 3 + snapshot.items.count)
            for row in rows {
                let total = try #require(row.total)
                let shown = lines.first { $0.hasPrefix(row.entrant + "|") }
                #expect(shown?.hasSuffix("|0.00") ?? false)
                #expect(shown?.contains("|\(row.names.joined(separator: ", "))|") ?? false)
                let value = shown?.split(separator: "|").dropFirst(2).first.map(String.init)
                #expect(Double(value ?? "") == Double(total))
            }
        }
    }

    /// Full ID numbers, telephone numbers and dates of birth of everybody, in all that the public gets.
    ///
    /// Pages, search and look-up data, feed and tables, workbooks, papers; `LiveBoardTests` look at the
    /// live board's.
    @Test func noPublicByteHoldsAnIDNumberATelephoneOrADateOfBirth() throws {
        let (rehearsal, folder) = try Self.marked()
        let site = URL(fileURLWithPath: folder + "/site")
        let office = rehearsal.office
        var texts: [String: String] = [:]
        let sheet = try Office.template(.resultSheet, file: nil)
        for item in rehearsal.items {
            texts["draft " + item.id.text] = try text(
                of: try office.draftSheet(of: item.id, on: sheet)
            )
        }
        _ = try rehearsal.publish()
        _ = try rehearsal.honour()
        _ = try office.writeSite(into: site.path)
        for kind in [PaperKind.honour, .award] {
            let batch =
                try kind == .honour ? office.honourCertificates() : office.awardCertificates()
            let template = try Office.template(kind, file: nil)
            texts[kind.rawValue] = try text(of: try office.print(batch, on: template, own: [:]))
        }
        for item in rehearsal.items {
            texts[item.id.text] = try text(of: try office.resultSheet(of: item.id, on: sheet))
        }
        texts["notice"] = try text(of: try office.notice(on: Office.template(.notice, file: nil)))
        for path in try FileManager.default.subpathsOfDirectory(atPath: site.path) {
            guard let data = try? Data(contentsOf: site.appendingPathComponent(path)) else {
                continue
            }
            let file = site.appendingPathComponent(path).path
            texts[path] =
                path.hasSuffix(".xlsx")
                ? try Self.run("/usr/bin/unzip", ["-p", file]).out
                : String(decoding: data, as: UTF8.self)
        }
        let people = try office.record.people(
            try rehearsal.items.flatMap { try office.record.entrants(of: $0.id) }.flatMap(\.members)
        )
        #expect(people.count > 20)
        var secrets: Set<String> = []
        for person in people.values {
            let number = try #require(person.content["id_number"]?.string)
            let birth = String(number.dropFirst(6).prefix(8))
            secrets.formUnion([number, birth])
            let (year, rest) = (birth.prefix(4), birth.dropFirst(4))
            secrets.insert("\(year)-\(rest.prefix(2))-\(rest.suffix(2))")
            secrets.insert(try #require(person.content["phone"]?.string))
        }
        #expect(texts.count > 40)
        let kinds = [
            "changes.json", "results.json", "zh/search.js", "lookup/0.js", "csv/winners.csv",
        ]
        for name in kinds + ["results.zh.xlsx", "notice", "honour"] {
            #expect(texts[name]?.isEmpty == false, "\(name)")
        }
        for (name, text) in texts {
            // Hashes in hexadecimal may hold any eight digits by chance: they are taken out first.
            let words = text.replacing(/[0-9a-f]{32,}/, with: "")
            for secret in secrets where words.contains(secret) {
                Issue.record("\(name) holds \(secret)")
            }
        }
    }
}
