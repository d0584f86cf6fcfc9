internal import Competition
internal import Seal

/// Invented people: surnames that nobody bears (虚, 拟, 例, 演), ID numbers of area 219900, which is
/// nobody's.
struct RehearsalPeople {
    var random: SeededGenerator
    private var serial = 0

    private static let surnames = Array("虚拟例演")
    private static let first = Array("明思文志远晓天海云星宇辰泽浩然嘉欣怡雅静慧敏")
    private static let second = Array("远齐博轩宁安康乐平川峰岚溪桐楠柏竹兰荷舟帆航")

    init(seed: UInt64) { random = .forked(seed, "people") }

    /// A person's data; `city` is where the person is insured, if anywhere.
    mutating func person(city: String?) -> JSONValue {
        serial += 1
        let name =
            String(Self.surnames[random.below(4)])
            + String(Self.first[random.below(Self.first.count)])
            + String(Self.second[random.below(Self.second.count)])
        let levels = ["senior", "technician", "senior-technician", "intermediate"]
        var members: [JSONValue.Member] = [
            .init("name", .string(name)), .init("id_number", .string(idNumber())),
            .init("employer", .string("虚构单位\(serial % 400 + 1)")),
            .init("phone", .string("0000000\(10000 + serial % 90000)")),
        ]
        if let city { members.append(.init("insured_city", .string(city))) }
        if random.happens(700) {
            members.append(.init("skill_level", .string(levels[random.below(levels.count)])))
        }
        return .object(members)
    }

    private mutating func idNumber() -> String {
        func padded(_ number: Int, _ width: Int) -> String {
            String(String(10_000 + number).suffix(width))
        }
        let day =
            "\(1973 + random.below(32))" + padded(1 + random.below(12), 2)
            + padded(1 + random.below(28), 2)
        return NationalID.completing("219900" + day + padded(serial % 1000, 3)) ?? ""
    }
}
