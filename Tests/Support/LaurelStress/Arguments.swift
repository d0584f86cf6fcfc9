import CFaults
import Foundation

/// The arguments can't be used.
struct Misuse: Error { let text: String }

/// The arguments: what stands in order, and `--name value` anywhere after it.
struct Arguments {
    private var words: ArraySlice<String>

    init(_ words: [String]) { self.words = words[...] }

    mutating func next() -> String? { words.popFirst() }

    mutating func required(_ name: String) throws -> String {
        guard let word = words.popFirst() else { throw Misuse(text: name) }
        return word
    }

    func option(_ name: String) -> String? {
        words.firstIndex(of: "--" + name).flatMap { index in
            words.indices.contains(index + 1) ? words[index + 1] : nil
        }
    }

    func number(_ name: String, _ otherwise: Int) throws -> Int {
        guard let text = option(name) else { return otherwise }
        guard let number = Int(text) else { throw Misuse(text: "--\(name) \(text)") }
        return number
    }
}

/// Writes a line past every buffer: what a killed process has said is what it had done.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    var done = 0
    while done < bytes.count {
        let count = bytes[done...].withUnsafeBytes { unsafe in
            write(1, unsafe.baseAddress, unsafe.count)
        }
        guard count > 0 else { return }
        done += count
    }
}

/// Milliseconds that something takes.
func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = DispatchTime.now().uptimeNanoseconds
    try body()
    return Double(DispatchTime.now().uptimeNanoseconds - start) / 1_000_000
}

/// A fault from the command line: `power:SEED:N`, `lie:SEED:N`, `io:N`, `full:N`; `io:N:forever`.
enum Fault {
    case power(seed: UInt64, operation: UInt64, lies: Bool)
    case error(operation: UInt64, full: Bool, forever: Bool)

    init(_ text: String) throws {
        let parts = text.split(separator: ":").map(String.init)
        let numbers = parts.dropFirst().compactMap { UInt64($0) }
        switch (parts.first, numbers.count) {
        case ("power", 2): self = .power(seed: numbers[0], operation: numbers[1], lies: false)
        case ("lie", 2): self = .power(seed: numbers[0], operation: numbers[1], lies: true)
        case ("io", 1), ("full", 1):
            self = .error(
                operation: numbers[0],
                full: parts[0] == "full",
                forever: parts.last == "forever"
            )
        default: throw Misuse(text: "--fault \(text)")
        }
    }

    func arm() throws {
        guard laurel_faults_install() == 0 else { throw Misuse(text: "no layer") }
        switch self {
        case .power(let seed, let operation, let lies):
            laurel_faults_arm_power(seed, operation, lies ? 1 : 0)
        case .error(let operation, let full, let forever):
            laurel_faults_arm_error(operation, full ? 1 : 0, forever ? 1 : 0)
        }
    }
}
