public import Findings

extension Workbook {
    /// Reads a workbook from a file.
    ///
    /// - Throws: a ``Findings/Refusal`` whose place is the file, or a cell of it as
    ///   `file!sheet!cell`.
    public static func read(
        path: String,
        limits: Limits = .standard
    ) throws(Refusal) -> Workbook {
        let bytes = try FileBytes.read(path: path, limit: limits.archiveBytes)
        return try read(bytes, name: path, limits: limits)
    }

    /// Reads a workbook from the bytes of a file that is known by a name.
    ///
    /// - Throws: a ``Findings/Refusal`` as ``read(path:limits:)`` does.
    public static func read(
        _ bytes: [UInt8],
        name: String,
        limits: Limits = .standard
    ) throws(Refusal) -> Workbook {
        guard bytes.count <= limits.archiveBytes else {
            throw FileBytes.tooLarge(name, limit: limits.archiveBytes)
        }
        return try ZipArchive.reading(bytes, name: name, limits: limits) {
            (archive) throws(Refusal) -> Workbook in
            try WorkbookReader(archive: archive, file: name, limits: limits).workbook()
        }
    }
}
