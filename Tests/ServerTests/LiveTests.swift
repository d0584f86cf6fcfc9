import HummingbirdTesting
import Competition
import Findings
import Foundation
import HTTPTypes
import Ledger
import Seal
import Secretariat
import Server
import Testing

/// A screen that follows an item.
@Suite struct LiveTests {
    /// Follows an item on a socket of its own, and hands on each event's data.
    private func follow(_ port: Int, _ item: String, _ token: BearerToken) -> AsyncStream<String> {
        AsyncStream { continuation in
            Thread.detachNewThread {
                defer { continuation.finish() }
                guard let socket = PlainSocket(port: port) else { return }
                socket.write(
                    "GET /api/v1/items/\(item)/live/events HTTP/1.1\r\nHost: x\r\n"
                        + "Authorization: Bearer \(token.text)\r\n\r\n"
                )
                while let line = socket.line() {
                    if line.hasPrefix("data: ") { continuation.yield(String(line.dropFirst(6))) }
                    if line.hasPrefix("event: end") { return }
                    if line.hasPrefix("HTTP/1.1 4") { return }
                }
            }
        }
    }

    @Test func aScreenHearsOfAConfirmedSheetAndOfTheEnd() async throws {
        let world = try ServedWorld(.registered, isLive: true)
        let item = try #require(ItemID(world.item))
        let screen = try world.token("T-s", .screen)
        let recorder = try world.holder(of: .recorder)
        let supervisor = try world.holder(of: .supervisor)
        // Everybody but one is away: one entrant's sheets make a board.
        let chief = try world.holder(of: .chiefJudge)
        for row in try world.office.record.entrants(of: item).dropFirst() {
            _ = try world.office.state(
                .absent,
                of: row.entrant.id.text,
                in: item,
                reason: "invented",
                by: chief.key
            )
        }
        let marks = try MarksOfABoard(world, item)
        try await world.test { client in
            let port = try #require(client.client.port)
            var events = follow(port, world.item, screen).makeAsyncIterator()
            let first = try JSONValue(parsing: try #require(await events.next()))
            #expect(first["rows"]?.array?.isEmpty == true)
            #expect(first["incomplete"]?.bool == true)
            let sheets = try marks.sheets(by: recorder.key)
            let parcel = Delivery(sheets).json.canonical
            #expect(try await client.post("/api/v1/statements", parcel).status == .ok)
            let confirm = try world.office.statement(
                .confirm,
                [
                    "item": .string(world.item),
                    "sheets": .array(sheets.map { .string($0.id.hex) }),
                ],
                by: supervisor.key
            )
            let answer = try await client.post(
                "/api/v1/statements",
                Delivery([confirm]).json.canonical
            )
            #expect(answer.status == .ok)
            var shown: JSONValue?
            while let event = await events.next() {
                shown = try JSONValue(parsing: event)
                if shown?["rows"]?.array?.count == 1 { break }
            }
            let row = try #require(shown?["rows"]?.array?.first)
            let entrant = try world.office.record.entrants(of: item)[0].entrant.id.text
            #expect(row["entrant"]?.string == entrant)
            #expect(row["rank"]?.int == 1)
        }
    }

    @Test func anItemThatTheEventKeepsFromScreensIsNotShown() async throws {
        let world = try ServedWorld(.registered)
        let screen = try world.token("T-s", .screen)
        try await world.test { client in
            for path in ["live", "live/events"] {
                let answer = try await client.get(
                    "/api/v1/items/\(world.item)/\(path)",
                    [.authorization: "Bearer " + screen.text]
                )
                #expect(answer.status == .unprocessableContent)
                #expect(answer.codes == ["live.item"])
            }
        }
    }
}
