public import Competition
internal import Credentials
internal import Exact
public import Findings
internal import Foundation
internal import Honours
internal import Interchange
internal import Ledger
public import Paper
public import Publishing
internal import Seal
internal import Snapshots

extension Office {
    /// The template of a kind of paper: a file of the organiser's, or the one that Laurel brings along.
    ///
    /// - Parameters:
    ///   - kind: what is printed.
    ///   - file: the organiser's file; nil for Laurel's own.
    /// - Returns: the template.
    /// - Throws: a ``Findings/Refusal`` with all that is wrong in it, by line and column.
    public static func template(
        _ kind: PaperKind,
        file: String?
    ) throws(Refusal) -> PageTemplate {
        let path = file ?? "Templates/\(kind.rawValue).yaml"
        let text = if let file { try TextFile.read(file) } else { kind.template }
        return try PageTemplateFile.read(
            try YAMLFile.parse(text, file: path),
            vocabulary: kind.vocabulary,
            folder: URL(fileURLWithPath: path).deletingLastPathComponent().path
        )
    }

    /// The certificates of honours that are conferred and stand, in the order of conferral.
    ///
    /// - Parameters:
    ///   - honours: their numbers; all where nil.
    ///   - item: of that item only; of all where nil.
    /// - Returns: the certificates; never empty.
    /// - Throws: a ``Findings/Refusal`` that names every honour that is not conferred, was revoked, or
    ///   whose person is erased, where it was asked for by its number.
    public func honourCertificates(
        _ honours: [String]? = nil,
        item: ItemID? = nil
    ) throws -> [Certificate] {
        let trails = try HonourTrail.all(in: record).compactMapValues(\.conferral)
        let order = trails.sorted { $0.value.position < $1.value.position }.map(\.key)
        let serials = Dictionary(
            order.enumerated().map { ($1, $0 + 1) },
            uniquingKeysWith: { first, _ in first }
        )
        let rows = Dictionary(
            try record.honours().map { ($0.id, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        let people = try record.people(rows.values.map(\.person))
        let desk = try CertificateDesk(self)
        var findings: [Finding] = []
        var certificates: [Certificate] = []
        for number in honours ?? order {
            guard let row = rows[number] else {
                findings.append(Self.unknown(number))
                continue
            }
            if let item, row.item != item.text { continue }
            let fault = Self.fault(row, isConferred: trails[number] != nil)
            guard fault == nil, let conferral = trails[number], let person = people[row.person]
            else {
                // Of all honours those that stand are printed; one that was named must.
                if honours != nil { findings.append(fault ?? Self.erased(number)) }
                continue
            }
            certificates.append(
                try desk.honour(
                    row,
                    conferral,
                    serial: serials[number] ?? 0,
                    name: person.name
                )
            )
        }
        guard findings.isEmpty else { throw Refusal(findings) }
        return try Self.some(certificates)
    }

    /// The certificates of the awards of the latest publication, of items whose results are final.
    ///
    /// - Parameter item: of that item only; of all where nil.
    /// - Returns: the certificates, item by item and place by place; never empty.
    /// - Throws: a ``Findings/Refusal`` where results are not final, or a team has an erased member.
    public func awardCertificates(item: ItemID? = nil) throws -> [Certificate] {
        guard let (hash, snapshot) = try published() else {
            throw Refusal("publish.empty", Text("成绩尚未发布", "nothing is published yet"))
        }
        guard
            snapshot.items.contains(where: {
                snapshot.kind(of: $0) == .final && (item == nil || $0.item.code == item?.text)
            })
        else {
            throw Refusal(
                "certificate.provisional",
                Text(
                    "成绩仍在公示,最终成绩发布后才能印发证书",
                    "results are provisional; certificates are printed when they are final"
                )
            )
        }
        return try Self.some(try CertificateDesk(self).awards(snapshot, hash, item: item))
    }

    /// Prints certificates as one PDF.
    ///
    /// - Parameters:
    ///   - certificates: what to print.
    ///   - template: how a page looks.
    ///   - own: the organiser's own fields, by the certificates' keys.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` with all that doesn't fit.
    public func print(
        _ certificates: [Certificate],
        on template: PageTemplate,
        own: [String: [String: String]]
    ) throws -> [UInt8] {
        try Certificates.pdf(
            certificates,
            on: template,
            lookup: catalogue.event.lookupURL,
            own: own
        )
    }

    /// The result sheet of an item in the latest publication.
    ///
    /// - Parameters:
    ///   - item: the item.
    ///   - template: how a page looks.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` where the item is not published.
    public func resultSheet(of item: ItemID, on template: PageTemplate) throws -> [UInt8] {
        guard let (hash, snapshot) = try published(),
            let result = snapshot.items.first(where: { $0.item.code == item.text })
        else {
            throw Refusal(
                "publish.item",
                Text(
                    "项目 \(item.text) 的成绩尚未发布",
                    "the results of \(item.text) are not published yet"
                )
            )
        }
        return try ResultPaper(snapshot, hash: hash).resultSheet(of: result, on: template)
    }

    /// The public notice of the latest publication.
    ///
    /// - Parameter template: how a page looks.
    /// - Returns: the bytes of the PDF.
    /// - Throws: a ``Findings/Refusal`` where nothing is published.
    public func notice(on template: PageTemplate) throws -> [UInt8] {
        guard let (hash, snapshot) = try published() else {
            throw Refusal("publish.empty", Text("成绩尚未发布", "nothing is published yet"))
        }
        return try ResultPaper(snapshot, hash: hash).notice(
            on: template,
            appealMinutes: catalogue.event.appealMinutes
        )
    }

    private static func some(_ certificates: [Certificate]) throws(Refusal) -> [Certificate] {
        guard !certificates.isEmpty else {
            throw Refusal(
                "certificate.none",
                Text("没有可印发的证书", "there is no certificate to print")
            )
        }
        return certificates
    }

    private static func fault(_ row: HonourRow, isConferred: Bool) -> Finding? {
        guard isConferred else { return notConferred(row.id) }
        guard row.state != "conferred" else { return nil }
        return Finding(
            "certificate.revoked",
            Text(
                "荣誉 \(row.id) 已撤销或换发,不印证书",
                "honour \(row.id) was revoked or superseded; no certificate is printed"
            )
        )
    }
}
