import Competition
import Findings
import Foundation
import Ledger
import Remote
import Seal
import Secretariat
import Testing

/// What comes to whom when a working copy is fetched.
@Suite struct SightTests {
    private func kinds(_ office: Office) throws -> Set<StatementKind> {
        Set(
            try StatementKind.allCases.filter {
                try !office.record.statements(of: $0, after: 0, through: .max).isEmpty
            }
        )
    }

    private func peopleKnown(_ office: Office, _ world: RemoteWorld) throws -> Int {
        let members = try world.office.record.entrants(of: world.item).flatMap(\.members)
        return try office.record.people(members).count
    }

    @Test func aJudgesCopyHoldsNoOtherJudgesMarksAndNobodysData() async throws {
        let world = try RemoteWorld(marks: true)
        let name = try #require(try world.names(.judge).first)
        try await world.serve { port in
            let copy = try WorkingCopy.open(try world.laptop(name, port: port))
            let judges = try copy.record.statements(of: .sheet, after: 0, through: .max).map {
                $0.statement.body["judge"]?.string ?? ""
            }
            #expect(judges.contains(name))
            #expect(Set(judges).isSubset(of: [name, ""]))
            #expect(try peopleKnown(copy, world) == 0)
            #expect(try kinds(copy).isDisjoint(with: [.honour, .pull, .payment, .reentry]))
            let state = try copy.record.progress(of: world.item).state
            #expect(state == (try world.office.record.progress(of: world.item).state))
        }
    }

    @Test func anOrganisersCopyIsTheRecordAndItsPullIsStated() async throws {
        let world = try RemoteWorld(marks: true)
        try await world.serve { port in
            let before = try world.office.record.length()
            let copy = try WorkingCopy.open(try world.laptop("organiser", port: port))
            #expect(try copy.record.leaves().leaves == world.office.record.leaves().leaves)
            #expect(try copy.record.audit().findings.isEmpty)
            #expect(try peopleKnown(copy, world) == peopleKnown(world.office, world))
            let pulls = try world.office.record.statements(of: .pull, after: before, through: .max)
            #expect(pulls.count == 1)
            #expect(pulls.first?.statement.body["what"]?.string == "copy")
            // Nothing new to have: nothing more is pulled.
            let length = try world.office.record.length()
            _ = try WorkingCopy.open(try world.laptop("organiser", port: port))
            #expect(try world.office.record.length() == length)
        }
    }

    @Test func aBureausCopyHoldsItsOwnCitysPeopleAndNoMarks() async throws {
        let world = try RemoteWorld(marks: true)
        let name = try #require(try world.names(.bureau).sorted().first)
        let city = try #require(
            try world.office.record.appointments().first { $0.name == name }?.delegation
        )
        try await world.serve { port in
            let copy = try WorkingCopy.open(try world.laptop(name, port: port))
            #expect(try kinds(copy).isDisjoint(with: [.sheet, .reentry, .penalty, .appeal]))
            let members = try world.office.record.entrants(of: world.item).flatMap(\.members)
            for person in try copy.record.people(members).values {
                let home =
                    person.content["insured_city"]?.string
                    ?? person.content["employer_city"]?.string
                #expect(home == city)
            }
            let mine = try copy.winners(city: city).winners.map(\.entrant)
            let theirs = try world.office.winners(city: city).winners.map(\.entrant)
            #expect(mine == theirs)
            let unknown = try world.office.winners(city: city).unknownCity
            #expect(try copy.winners(city: city).unknownCity == unknown)
        }
    }

    @Test func aKeyWithoutAnAppointmentGetsNothing() async throws {
        let world = try RemoteWorld()
        try await world.serve { port in
            let key = try #require(SigningKey(seed: [UInt8](repeating: 9, count: 32)))
            let address = try #require(ServerAddress("http://127.0.0.1:\(port)"))
            let laptop = WorkingCopy.Settings(
                server: address,
                key: key,
                name: "nobody",
                folder: world.folder + "/laptop-nobody"
            )
            let refusal = #expect(throws: Refusal.self) { _ = try WorkingCopy.open(laptop) }
            #expect(refusal?.findings.map(\.code) == ["key.unappointed"])
        }
    }

    @Test func aCopyFollowsWhatComesSinceAndForgetsWhomTheRecordForgets() async throws {
        let world = try RemoteWorld()
        try await world.serve { port in
            let laptop = try world.laptop("organiser", port: port)
            let copy = try WorkingCopy.open(laptop)
            let organiser = try #require(world.keys["organiser"])
            let other = SigningKey(seed: [UInt8](repeating: 3, count: 32))
            let key = try #require(other)
            try world.office.say(
                .appoint,
                Office.appointment(
                    name: "au-2",
                    key: key.verifying,
                    role: .auditor,
                    person: "P-au-2"
                ),
                by: organiser
            )
            let entrant = try #require(try world.office.record.entrants(of: world.item).first)
            let people = try world.office.record.people(entrant.members)
            #expect(try copy.record.people(entrant.members) == people)
            let registrations = try world.office.record.statements(
                of: .entrants,
                after: 0,
                through: .max
            )
            let asked = try world.office.askErasure(
                of: entrant.entrant.id.text,
                in: world.item,
                reason: "asked for it (invented)",
                by: organiser
            )
            try world.office.say(.second, ["of": .string(asked.statement.hex)], by: key)
            let later = try WorkingCopy.open(laptop)
            #expect(try later.record.people(entrant.members).isEmpty)
            #expect(try later.record.length() == world.office.record.length())
            // A registration whose answer was lost comes once more, with all that it committed to.
            let receipts = try world.office.record.admit(
                registrations,
                people: Array(people.values),
                at: world.office.now()
            )
            let areRepeats = receipts.allSatisfy { $0.isRepeat }
            #expect(areRepeats)
            #expect(try world.office.record.people(entrant.members).isEmpty)
            #expect(try world.office.record.audit().findings.isEmpty)
        }
    }

    @Test func aPullGivesThoseOfItsOwnTimeAndItsOwnCities() async throws {
        let world = try RemoteWorld(marks: true)
        let organiser = try #require(world.keys["organiser"])
        let office = world.office
        let sight = try #require(try office.sight(of: organiser.verifying))
        let members = try office.record.entrants(of: world.item).flatMap(\.members)
        let people = try office.record.people(members).values
        let cities = people.compactMap { $0.content["insured_city"]?.string }.sorted()
        let city = try #require(cities.first)
        let all = try office.pullsForCopy(sight, count: 1, by: organiser)
        let first = Pull(all, try office.record.admit(all, at: office.now()))
        #expect(try office.piece(for: sight, after: 0, pull: first).people.count == people.count)
        let one = [
            try office.statement(
                .pull,
                [
                    "city": .string(city), "count": 1, "position": .int(try office.record.length()),
                    "what": "copy",
                ],
                by: organiser
            )
        ]
        let pull = Pull(one, try office.record.admit(one, at: office.now()))
        let own = try office.piece(for: sight, after: 0, pull: pull).people
        #expect(!own.isEmpty && own.count < people.count)
        #expect(
            own.allSatisfy { person in
                let home = person.content["insured_city"] ?? person.content["employer_city"]
                return home?.string == city
            }
        )
        // What is said once covers nobody who is registered after it.
        let early = Pull(
            all,
            [try #require(try office.record.receipt(of: office.record.genesis()))]
        )
        #expect(try office.piece(for: sight, after: 0, pull: early).people.isEmpty)
    }
}
