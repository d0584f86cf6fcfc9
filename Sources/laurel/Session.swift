import ArgumentParser
import Findings
import Foundation
import Ledger
import Seal
import Secretariat
import Synchronization

/// Which record: `--event`, else `LAUREL_EVENT`, else the only `*.laurel` here.
struct EventOption: ParsableArguments {
    @Option(
        help: help(
            "档案文件(默认:LAUREL_EVENT,或当前目录唯一的 *.laurel)",
            "the record (default: LAUREL_EVENT, or the only *.laurel here)"
        )
    )
    var event: String?

    @Option(
        help: help(
            "演练用的时刻,如 2022-10-27T09:00:00Z(仅限演练档案)",
            "the time in a rehearsal, such as 2022-10-27T09:00:00Z"
        )
    )
    var now: String?

    @OptionGroup var remote: RemoteOption

    func open() throws -> Office {
        guard event == nil || remote.server == nil else {
            throw Refusal(
                "event.which",
                Text("--server 不与 --event 同用", "--server does not go with --event")
            )
        }
        // A file that is named stands before a server that the environment names.
        if event == nil, let office = try remote.open() {
            guard now == nil else {
                throw Refusal(
                    "event.now",
                    Text(
                        "服务器的时钟为准:--now 不与 --server 同用",
                        "the server's clock counts: no --now over the network"
                    )
                )
            }
            return office
        }
        let office = try Office.open(try path())
        guard let now else { return office }
        guard office.isRehearsal else {
            throw Refusal("event.now", Text("--now 只能用于演练档案", "--now is for rehearsals only"))
        }
        guard let date = ISO8601DateFormatter().date(from: now) else {
            throw Refusal("event.now", Text("“\(now)”不是时刻", "\"\(now)\" is no time"))
        }
        let fixed = Int(date.timeIntervalSince1970 * 1000)
        return try Office.open(try path()) { fixed }
    }

    func path() throws -> String {
        if let event { return event }
        if let path = ProcessInfo.processInfo.environment["LAUREL_EVENT"], !path.isEmpty {
            return path
        }
        let here = (try? FileManager.default.contentsOfDirectory(atPath: ".")) ?? []
        let records = here.filter { $0.hasSuffix(".laurel") }
        guard records.count == 1 else {
            throw Refusal(
                "event.which",
                Text(
                    "当前目录有 \(records.count) 个 *.laurel;请用 --event 指明",
                    "there are \(records.count) *.laurel files here; name one with --event"
                )
            )
        }
        return records[0]
    }
}

/// Who speaks: `--as`, with keys from `--keys` under a PIN.
struct Speaker: ParsableArguments {
    @Option(name: .customLong("as"), help: help("以谁的名义(密钥名)", "who speaks (the name of a key)"))
    var name: String?

    @OptionGroup var keys: KeysOption

    func key() throws -> SigningKey { try keys.open().key(try named()) }

    /// The key, where somebody speaks at all.
    func optionalKey() throws -> SigningKey? { try name == nil ? nil : key() }

    func named() throws -> String {
        guard let name else {
            throw Refusal("key.who", Text("请用 --as 指明以谁的名义", "say who speaks with --as"))
        }
        return name
    }
}

/// Who does something in which record.
struct Acting: ParsableArguments {
    @OptionGroup var speaker: Speaker
    @OptionGroup var event: EventOption
    @OptionGroup var common: Common

    /// Opens the record, says something in it, and tells the receipt.
    func act(_ say: (Office, SigningKey) throws -> Receipt) throws {
        let office = try event.open()
        try acknowledge(try say(office, try speaker.key()), in: office)
    }
}

/// Where the keys are, and the PIN that opens them.
struct KeysOption: ParsableArguments {
    @Option(help: help("密钥目录(默认:用户配置目录)", "the folder of keys (default: the user's configuration)"))
    var keys: String?

    @Option(
        help: help(
            "存有 PIN 的文件(或 LAUREL_PIN_FILE)",
            "a file that holds the PIN (or LAUREL_PIN_FILE)"
        )
    )
    var pinFile: String?

    var path: String { place.path }

    func open() throws -> Keyring { try place.open() }

    private var place: KeyPlace {
        let line = KeyPlace.ofCommandLine
        return KeyPlace(keys: keys ?? line.keys, pinFile: pinFile ?? line.pinFile)
    }
}

/// Where the keys lie, and how their PIN is come by.
struct KeyPlace {
    let keys: String?
    let pinFile: String?

    /// As the options say that stand anywhere on the command line.
    static var ofCommandLine: KeyPlace {
        KeyPlace(
            keys: CommandLineValue.of("--keys"),
            pinFile: CommandLineValue.of("--pin-file")
        )
    }

    var path: String {
        let home =
            ProcessInfo.processInfo.environment["XDG_CONFIG_HOME"] ?? NSHomeDirectory() + "/.config"
        let folder = keys ?? home + "/laurel"
        return folder + "/keyring.json"
    }

    func open() throws -> Keyring { try Keyring(path: path, pin: try pin()) }

    /// Asked for once in a run, however many open the keys.
    private static let asked = Mutex<String?>(nil)

    private func pin() throws -> String {
        if let pin = Self.asked.withLock({ $0 }) { return pin }
        let pin = try ask()
        Self.asked.withLock { $0 = pin }
        return pin
    }

    private func ask() throws -> String {
        let file =
            pinFile ?? ProcessInfo.processInfo.environment["LAUREL_PIN_FILE"]
        if let file {
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw Refusal(
                    "key.pin-file",
                    Text("读不了 PIN 文件", "can't read the PIN file"),
                    at: Place(file: file)
                )
            }
            return text.trimmingCharacters(in: .whitespacesAndNewlines)
        }
        guard isatty(0) == 1, let pin = getpass(tr("PIN:", "PIN: ")) else {
            throw Refusal(
                "key.pin",
                Text(
                    "需要 PIN:请用 --pin-file 或 LAUREL_PIN_FILE",
                    "a PIN is needed: --pin-file or LAUREL_PIN_FILE"
                )
            )
        }
        return String(cString: pin)
    }
}

/// A moment as people here read it.
func localTime(_ milliseconds: Int) -> String {
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.timeZone = TimeZone(identifier: "Asia/Shanghai")
    formatter.dateFormat = "yyyy-MM-dd HH:mm:ss"
    return formatter.string(from: Date(timeIntervalSince1970: Double(milliseconds) / 1000))
}

/// Says what was admitted: to a person, on standard error.
///
/// A venue's receipt says that the centre has not seen it yet.
func acknowledge(_ receipt: Receipt, in office: Office) throws {
    let (position, short) = (receipt.position, receipt.statement.short)
    let waiting = office.record.upstream?.waiting ?? 0
    if waiting > 0 {
        Console.note(
            Text(
                "已加密存于本机(待发送 \(waiting) 项):回执 \(short),网络恢复后自动发送",
                "kept here, encrypted (\(waiting) waiting): receipt \(short); sent when the network returns"
            )
        )
        return
    }
    let again = receipt.isRepeat ? Text("(此前已受理)", " (it was admitted before)") : Text("", "")
    if let venue = try office.record.venue() {
        Console.note(
            Text(
                "存于赛点“\(venue)”:第 \(position) 条,回执 \(short);待转入总档案\(again.zh)",
                "held at venue \(venue): entry \(position), receipt \(short); not at the centre yet\(again.en)"
            )
        )
    } else {
        Console.note(
            Text(
                "已受理:第 \(position) 条,回执 \(short)\(again.zh)",
                "admitted: entry \(position), receipt \(short)\(again.en)"
            )
        )
    }
}
