public import Competition
internal import Findings
internal import Interchange
public import Ledger
public import Seal

extension Office {
    /// Takes a bundle in: the statement that brings it in is signed by whoever does so.
    public func take(_ bundle: VenueBundle, by key: SigningKey) throws -> BundleReport {
        try record.take(bundle, at: now()) { ids in
            try statement(
                .carry,
                [
                    "bundle": .string(bundle.hash.hex),
                    "statements": .array(ids.map { .string($0.hex) }),
                ],
                by: key
            )
        }
    }

    /// Begins a venue's record from the centre's bundle: the same genesis, appointments and entrants,
    /// without anybody's personal data.
    ///
    /// - Parameters:
    ///   - bundle: what the centre exported.
    ///   - name: the venue's name, which its receipts bear.
    ///   - path: the new file.
    ///   - key: whoever sets it up; appointed already.
    ///   - now: the clock.
    /// - Returns: the venue's office.
    /// - Throws: a `Refusal` where the bundle has no genesis, the file exists, or the key has no
    ///   appointment.
    public static func openVenue(
        _ bundle: VenueBundle,
        name: String,
        into path: String,
        by key: SigningKey,
        now: @escaping @Sendable () -> Int = systemClock
    ) throws -> Office {
        guard let genesis = bundle.statements.first, genesis.statement.kind == .genesis else {
            throw Refusal(
                "bundle.genesis",
                Text(
                    "转运包没有建档陈述,不能用来建立赛点档案",
                    "the bundle has no genesis; no venue's record can begin with it"
                )
            )
        }
        let reading = try read(bundle.documents, genesis.statement.body)
        let office: Office
        do {
            let record = try Record.create(
                path: path,
                genesis: genesis,
                documents: bundle.documents,
                catalogue: reading.catalogue,
                at: now()
            )
            office = Office(record: record, reading: reading, now: now)
        } catch RecordError.exists {
            throw Refusal(
                "record.exists",
                Text("文件已存在,不会覆盖", "the file exists and is not written over"),
                at: Place(file: path)
            )
        }
        do {
            // What the centre admitted in this order is admitted here in this order.
            _ = try office.record.admit(bundle.statements, notes: bundle.notes, at: now())
            try office.say(
                .carry,
                [
                    "bundle": .string(bundle.hash.hex), "statements": [],
                    "venue": .string(name),
                ],
                by: key
            )
        } catch {
            try? office.record.close()
            Record.remove(path)
            throw error
        }
        return office
    }

    /// Rules which of several sheets for one place stands.
    public func settle(
        _ item: ItemID,
        keep sheet: Digest,
        reason: String,
        by key: SigningKey
    ) throws -> Receipt {
        try say(
            .settle,
            [.init("item", .string(item.text)), .init("keep", .string(sheet.hex))],
            "reason",
            reason,
            by: key
        )
    }
}
