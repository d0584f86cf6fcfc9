public import Findings
public import Seal

/// A value of a data file, with its place: all that Laurel reads of YAML.
///
/// A scalar stays the text that was written: what it means is for the reader of the field to say, so
/// that neither `no` nor `0.30` nor `1e5` turns into something else on the way.
public struct DataNode: Sendable, Hashable {
    /// What the node is.
    public indirect enum Value: Sendable, Hashable {
        /// A text or number as written.
        case scalar(String)
        /// A list.
        case list([DataNode])
        /// Keys and values, in the order written.
        case map([Entry])
    }

    /// A key and its value.
    public struct Entry: Sendable, Hashable {
        /// The key.
        public let key: String
        /// Where the key stands.
        public let place: Place
        /// The value.
        public let value: DataNode
    }

    /// What the node is.
    public let value: Value
    /// Where it stands.
    public let place: Place

    /// Makes a node.
    public init(_ value: Value, at place: Place) {
        self.value = value
        self.place = place
    }

    /// The canonical content: the same for two files that differ only in comments, quotation,
    /// layout or the order of keys.
    public var json: JSONValue {
        switch value {
        case .scalar(let text): .string(text)
        case .list(let nodes): .array(nodes.map(\.json))
        case .map(let entries):
            .object(entries.map { JSONValue.Member($0.key, $0.value.json) })
        }
    }

    /// The map with those entries whose keys it lacks; anything else as it is.
    public func adding(_ more: [Entry]) -> DataNode {
        guard case .map(let entries) = value else { return self }
        let missing = more.filter { entry in !entries.contains { $0.key == entry.key } }
        return DataNode(.map(entries + missing), at: place)
    }

    /// The map in which those entries stand instead of its own of the same keys.
    public func setting(_ entries: [Entry]) -> DataNode {
        guard case .map(let own) = value else { return self }
        let kept = own.filter { entry in !entries.contains { $0.key == entry.key } }
        return DataNode(.map(kept + entries), at: place)
    }

    /// Takes canonical content back into a tree, naming the document instead of a line.
    public init?(json: JSONValue, document: String) {
        let place = Place(file: document)
        switch json {
        case .string(let text): self.init(.scalar(text), at: place)
        case .array(let values):
            let nodes = values.compactMap { DataNode(json: $0, document: document) }
            guard nodes.count == values.count else { return nil }
            self.init(.list(nodes), at: place)
        case .object(let members):
            var entries: [Entry] = []
            for member in members {
                guard let node = DataNode(json: member.value, document: document) else {
                    return nil
                }
                entries.append(Entry(key: member.name, place: place, value: node))
            }
            self.init(.map(entries), at: place)
        default: return nil
        }
    }
}
