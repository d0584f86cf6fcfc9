internal import Foundation

/// The initials of a Chinese name's syllables in pinyin (拼音首字母), as people type them: `qcjs` for
/// 汽车技术.
///
/// The readings are Foundation's (ICU's Han-Latin transform), one for each character. A character
/// that trade names use with another initial than that one has both; so a text has several spellings.
enum PinyinInitials {
    /// Second readings whose initial differs: 调 of 空调 is *tiáo*, where ICU reads *diào*.
    private static let second: [Character: Character] = [
        "调": "t", "会": "k", "行": "h", "长": "z", "重": "c", "乐": "y", "藏": "z", "传": "z",
        "弹": "t", "给": "j", "校": "j",
    ]

    /// The initials that each character may have; ASCII letters and digits stand for themselves.
    ///
    /// - Parameter text: the name.
    /// - Returns: the choices, one set a character that has any.
    static func choices(_ text: String) -> [Set<Character>] {
        text.compactMap { character in
            if character.isASCII {
                guard character.isLetter || character.isNumber else { return nil }
                return Set(character.lowercased())
            }
            guard let first = reading(character) else { return nil }
            return Set([first] + (second[character].map { [$0] } ?? []))
        }
    }

    /// Whether some spelling of the name's initials holds a text.
    static func holds(_ choices: [Set<Character>], _ text: String) -> Bool {
        let wanted = Array(text)
        guard !wanted.isEmpty, wanted.count <= choices.count else { return false }
        return (0...(choices.count - wanted.count)).contains { start in
            zip(wanted, choices[start...]).allSatisfy { $1.contains($0) }
        }
    }

    private static func reading(_ character: Character) -> Character? {
        guard character.unicodeScalars.allSatisfy({ $0.properties.isIdeographic }) else {
            return nil
        }
        let syllable = String(character).applyingTransform(.mandarinToLatin, reverse: false)
        let plain = syllable?.applyingTransform(.stripDiacritics, reverse: false)?.lowercased()
        return plain?.first { $0.isASCII && $0.isLetter }
    }
}
