internal import Competition
internal import Findings
internal import Ledger
internal import Terminal

/// What a desk says in its last line.
struct DeskMessage {
    let text: String
    let tone: Style.Tone

    init(_ text: String, _ tone: Style.Tone) {
        self.text = text
        self.tone = tone
    }

    /// Why something was refused or failed: by the card, the door, a full disk, a busy record.
    init(_ error: any Error, in language: Language) {
        let text =
            if let refusal = error as? Refusal {
                refusal.findings.first?.message
            } else {
                (error as? RecordError)?.text ?? RecordError.text(ofStore: error)
            }
        self.init(text?[language] ?? "\(error)", .bad)
    }
}

extension Key {
    /// The key as it would be without an input method: full-width letters and digits made plain.
    var plain: Key {
        guard case .character(let character) = self else { return self }
        return Aspect.plain(String(character)).first.map { .character($0) } ?? self
    }
}

extension Line {
    /// A bar across the screen with words at both ends.
    init(left: String, right: String, _ size: Size) {
        self.init()
        add(left, columns: size.columns - DisplayWidth.of(right), .bar)
        add(right, .bar)
    }

    /// A message as a line of the screen.
    init(_ message: DeskMessage?, _ size: Size) {
        guard let message else {
            self.init()
            return
        }
        self.init(
            " " + DisplayWidth.fitted(message.text, to: size.columns - 2),
            Style(bold: true, tone: message.tone)
        )
    }
}
