internal import CQrencode

/// A QR code (ISO/IEC 18004), made by libqrencode with error correction M: 15 % of it may be lost.
package struct QRCode {
    /// How many light modules stand around it.
    package static let quietZone = 4

    /// How many modules a side has.
    package let side: Int
    private let modules: [UInt8]

    /// Encodes a text; nil where it is too long or empty.
    package init?(_ text: String) {
        guard !text.isEmpty,
            let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M)
        else { return nil }
        defer { QRcode_free(code) }
        side = Int(code.pointee.width)
        modules = Array(UnsafeBufferPointer(start: code.pointee.data, count: side * side))
    }

    /// Whether a module is dark.
    package func isDark(_ row: Int, _ column: Int) -> Bool { modules[row * side + column] & 1 == 1 }
}
