public import Seal

extension JSONValue.Member {
    /// Whether that is its name, byte by byte: Swift's own comparison would merge NFC and NFD.
    func isNamed(_ name: String) -> Bool { self.name.utf8.elementsEqual(name.utf8) }
}

extension JSONValue {
    /// The object without the members of those names.
    public func without(_ names: [String]) -> JSONValue {
        guard case .object(let members) = self else { return self }
        return .object(members.filter { member in !names.contains { member.isNamed($0) } })
    }

    /// Whether this is an object with these members and no others.
    func hasExactly(_ names: [String], maybe: [String] = []) -> Bool {
        guard case .object(let members) = self else { return false }
        return names.allSatisfy { self[$0] != nil }
            && members.allSatisfy { member in (names + maybe).contains { member.isNamed($0) } }
    }
}

extension JSONValue? {
    /// Whether this is that text, byte by byte.
    func isText(_ text: String) -> Bool {
        self?.string.map { $0.utf8.elementsEqual(text.utf8) } ?? false
    }
}
