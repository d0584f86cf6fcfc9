import Synchronization

/// A list that several threads fill, each its own place.
final class Gathered<Value: Sendable>: Sendable {
    private let list: Mutex<[Value]>

    init(repeating value: Value, count: Int) {
        list = Mutex(Array(repeating: value, count: count))
    }

    func set(_ index: Int, _ value: Value) { list.withLock { $0[index] = value } }
    func append(_ value: Value) { list.withLock { $0.append(value) } }
    var values: [Value] { list.withLock { $0 } }
}
