internal import CZip
internal import Findings

/// The files of a zip archive, read under limits.
///
/// It must not outlive the bytes it reads, so it is only had inside ``reading(_:name:limits:_:)``.
final class ZipArchive {
    private let handle: OpaquePointer
    private let indexes: [String: UInt64]
    private let bytesInFile: Int
    private let limits: Workbook.Limits
    private let place: Place
    private var inflated = 0

    /// The names of all files, in the archive's order.
    let names: [String]

    /// Opens an archive and closes it after the body.
    static func reading<Result>(
        _ bytes: [UInt8],
        name: String,
        limits: Workbook.Limits,
        _ body: (ZipArchive) throws(Refusal) -> Result
    ) throws(Refusal) -> Result {
        let place = Place(file: name)
        return try bytes.withUnsafeBufferPointer { (buffer) throws(Refusal) -> Result in
            let handle = try open(buffer, place: place)
            // Discarding frees the handle and its source, and writes nothing.
            defer { zip_discard(handle) }
            let archive = try ZipArchive(handle, size: buffer.count, limits: limits, place: place)
            return try body(archive)
        }
    }

    private static func open(
        _ buffer: UnsafeBufferPointer<UInt8>,
        place: Place
    ) throws(Refusal) -> OpaquePointer {
        if buffer.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw Refusal(
                "xlsx.old-format",
                Text(
                    "这是旧式 .xls 文件,或加了密码的工作簿",
                    "this is an old .xls file, or a workbook with a password"
                ),
                at: place,
                hint: Text("另存为不加密码的 .xlsx", "save it as .xlsx without a password")
            )
        }
        // libzip takes an empty file for an empty archive.
        guard buffer.starts(with: [0x50, 0x4B]) else {
            throw Refusal(
                "xlsx.not-a-zip",
                Text(
                    "这不是 .xlsx 工作簿(不是 zip 文件)",
                    "this is no .xlsx workbook (it is no zip file)"
                ),
                at: place
            )
        }
        var error = zip_error_t()
        zip_error_init(&error)
        defer { zip_error_fini(&error) }
        let source = zip_source_buffer_create(buffer.baseAddress, UInt64(buffer.count), 0, &error)
        guard let source else { throw refusal(&error, place) }
        // No ZIP_CHECKCONS: it refuses files of some honest writers, and protects nothing that the
        // limits and the checksums do not.
        guard let handle = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw refusal(&error, place)
        }
        return handle
    }

    private init(
        _ handle: OpaquePointer,
        size: Int,
        limits: Workbook.Limits,
        place: Place
    ) throws(Refusal) {
        let count = zip_get_num_entries(handle, 0)
        guard count >= 0, count <= Int64(limits.entries) else {
            throw Self.tooLarge(
                Text("其中的文件过多", "there are too many files in it"),
                place
            )
        }
        var names: [String] = []
        var indexes: [String: UInt64] = [:]
        for index in 0..<UInt64(count) {
            guard let name = zip_get_name(handle, index, 0) else { throw Self.damaged(place) }
            names.append(String(cString: name))
            // Names that differ in case are the same (ECMA-376-2, 9.1.1); two of one name would let
            // different programs read different workbooks.
            let key = String(cString: name).lowercased()
            guard indexes.updateValue(index, forKey: key) == nil else { throw Self.damaged(place) }
        }
        self.handle = handle
        self.names = names
        self.indexes = indexes
        self.limits = limits
        self.place = place
        bytesInFile = size
    }

    /// Whether there is a file of that name.
    func contains(_ name: String) -> Bool { indexes[name.lowercased()] != nil }

    /// Inflates a file piece by piece; its checksum is compared at the end.
    ///
    /// - Throws: a ``Findings/Refusal`` where the file is missing, damaged, encrypted or too large,
    ///   and whatever the body throws.
    func read(
        _ name: String,
        _ body: (UnsafeBufferPointer<UInt8>) throws(Refusal) -> Void
    ) throws(Refusal) {
        guard let index = indexes[name.lowercased()] else {
            throw Refusal(
                "xlsx.part",
                Text("工作簿不完整:缺少 \(name)", "the workbook is incomplete: \(name) is missing"),
                at: place
            )
        }
        var stat = zip_stat_t()
        zip_stat_init(&stat)
        guard zip_stat_index(handle, index, 0, &stat) == 0,
            let file = zip_fopen_index(handle, index, 0)
        else { throw Self.refusal(zip_get_error(handle), place) }
        defer { zip_fclose(file) }
        let packed = min(max(Int(clamping: stat.comp_size), 1), bytesInFile)
        var size = 0
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
        defer { buffer.deallocate() }
        while true {
            let count = Int(zip_fread(file, buffer.baseAddress, UInt64(buffer.count)))
            guard count >= 0 else { throw Self.refusal(zip_file_get_error(file), place) }
            guard count > 0 else { return }
            size += count
            inflated += count
            guard inflated <= limits.inflatedBytes,
                size <= 1_000_000 || size / packed <= limits.ratio
            else {
                throw Self.tooLarge(
                    Text(
                        "\(name) 解压后过大,疑为恶意文件",
                        "\(name) inflates beyond measure, as hostile files do"
                    ),
                    place
                )
            }
            try body(UnsafeBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func tooLarge(_ why: Text, _ place: Place) -> Refusal {
        Refusal(
            "xlsx.too-large",
            Text("工作簿过大:" + why.zh, "the workbook is too large: " + why.en),
            at: place
        )
    }

    private static func damaged(_ place: Place) -> Refusal {
        Refusal(
            "xlsx.damaged",
            Text("文件已损坏或不完整", "the file is damaged, or cut short"),
            at: place,
            hint: Text("重新取得或重新保存此文件", "fetch it again, or save it again")
        )
    }

    private static func refusal(
        _ error: UnsafePointer<zip_error_t>?,
        _ place: Place
    ) -> Refusal {
        guard let error else { return damaged(place) }
        switch zip_error_code_zip(error) {
        case ZIP_ER_NOPASSWD, ZIP_ER_WRONGPASSWD, ZIP_ER_ENCRNOTSUPP:
            return Refusal(
                "xlsx.encrypted",
                Text("文件加了密码", "the file has a password"),
                at: place,
                hint: Text("保存为不加密码的文件", "save it without a password")
            )
        case ZIP_ER_COMPNOTSUPP:
            return Refusal(
                "xlsx.compression",
                Text("不支持其压缩方式", "it is packed in a way that is not supported"),
                at: place
            )
        case ZIP_ER_MEMORY:
            return Refusal(
                "xlsx.memory",
                Text("内存不足", "there is not enough memory"),
                at: place
            )
        default: return damaged(place)
        }
    }
}
