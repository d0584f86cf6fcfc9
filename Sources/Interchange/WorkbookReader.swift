internal import Findings

/// Finds the parts of a workbook and reads them in turn.
struct WorkbookReader {
    let archive: ZipArchive
    let file: String
    let limits: Workbook.Limits

    private var place: Place { Place(file: file) }

    func workbook() throws(Refusal) -> Workbook {
        // OpenDocument files (.ods) are zip files as well, and begin with their type.
        if archive.contains("mimetype"), !archive.contains("_rels/.rels") { throw noWorkbook }
        let start = try relationships("_rels/.rels")
        guard let main = start.first(where: { $0.kind == "officeDocument" && !$0.isExternal })
        else {
            throw noWorkbook
        }
        let path = RelationshipsParser.resolve(main.target, from: [])
        let folder = path.split(separator: "/").dropLast()
        let list = SheetListParser()
        guard path.lowercased().hasSuffix(".xml") else { throw noWorkbook }
        try XMLPart.read(path, of: archive, place: place, telling: list)
        guard list.isWorkbook else { throw noWorkbook }
        let name = path.split(separator: "/").last ?? ""
        let related = try relationships(
            (folder + ["_rels", name + ".rels"]).joined(separator: "/")
        )
        var targets: [String: RelationshipsParser.Relationship] = [:]
        for relationship in related { targets[relationship.id] = relationship }
        let strings = try sharedStrings(related, folder: Array(folder))
        let kinds = try kinds(related, folder: Array(folder))
        var findings = leftOut(related)
        var sheets: [Workbook.Sheet] = []
        var budget = limits.cells
        for (name, id) in list.sheets {
            guard let target = targets[id] else {
                throw Refusal(
                    "xlsx.part",
                    Text(
                        "工作簿不完整:缺少工作表“\(name)”",
                        "the workbook is incomplete: the sheet \"\(name)\" is missing"
                    ),
                    at: place
                )
            }
            guard target.kind == "worksheet", !target.isExternal else {
                findings.append(
                    note(
                        "xlsx.sheet-kind",
                        "“\(name)”不是普通工作表,未读取",
                        "\"\(name)\" is no ordinary sheet and was not read"
                    )
                )
                continue
            }
            let part = RelationshipsParser.resolve(target.target, from: Array(folder))
            sheets.append(
                try sheet(name, part: part, strings, kinds, budget: &budget, &findings)
            )
        }
        return Workbook(sheets: sheets, findings: findings.sorted())
    }

    private func sheet(
        _ name: String,
        part: String,
        _ strings: [String],
        _ kinds: [Workbook.Kind],
        budget: inout Int,
        _ findings: inout [Finding]
    ) throws(Refusal) -> Workbook.Sheet {
        let parser = SheetParser(
            strings: strings,
            kinds: kinds,
            limits: limits,
            budget: budget,
            file: file,
            sheet: name
        )
        try XMLPart.read(part, of: archive, place: place, telling: parser)
        budget = parser.budget
        let sheetPlace = Place(file: file + "!" + name)
        let (rows, covered) = try MergedCells.uncover(
            parser.rows,
            merges: parser.merges,
            place: sheetPlace
        )
        if covered > 0 {
            findings.append(
                Finding(
                    "xlsx.covered",
                    Text(
                        "合并单元格之下有 \(covered) 个看不见的值,未读取",
                        "\(covered) values under merged cells can't be seen and were not read"
                    ),
                    severity: .warning,
                    at: sheetPlace
                )
            )
        }
        return Workbook.Sheet(name: name, rows: rows, merges: parser.merges)
    }

    private func relationships(
        _ part: String
    ) throws(Refusal) -> [RelationshipsParser.Relationship] {
        let parser = RelationshipsParser()
        try XMLPart.read(part, of: archive, place: place, telling: parser)
        return parser.relationships
    }

    /// The shared texts; a workbook whose texts all stand in their cells has none.
    private func sharedStrings(
        _ related: [RelationshipsParser.Relationship],
        folder: [Substring]
    ) throws(Refusal) -> [String] {
        guard let target = related.first(where: { $0.kind == "sharedStrings" && !$0.isExternal })
        else { return [] }
        let part = RelationshipsParser.resolve(target.target, from: folder)
        let parser = SharedStringsParser(limit: limits.cells, place: place)
        try XMLPart.read(part, of: archive, place: place, telling: parser)
        return parser.strings
    }

    /// What kinds of numbers the styles make; a workbook without styles has plain ones.
    private func kinds(
        _ related: [RelationshipsParser.Relationship],
        folder: [Substring]
    ) throws(Refusal) -> [Workbook.Kind] {
        guard let target = related.first(where: { $0.kind == "styles" && !$0.isExternal }) else {
            return []
        }
        let part = RelationshipsParser.resolve(target.target, from: folder)
        guard archive.contains(part) else { return [] }
        let parser = StylesParser()
        try XMLPart.read(part, of: archive, place: place, telling: parser)
        return parser.kinds
    }

    /// Says what could act or fetch, and was passed over.
    private func leftOut(_ related: [RelationshipsParser.Relationship]) -> [Finding] {
        let names = archive.names.map { $0.lowercased() }
        let isLinked =
            related.contains { $0.isExternal || $0.kind == "externalLink" }
            || names.contains { $0.contains("externallinks/") }
        let isActive = names.contains { name in
            ["vbaproject", "macrosheets/", "activex/"].contains { name.contains($0) }
        }
        var findings: [Finding] = []
        if isLinked {
            findings.append(
                note(
                    "xlsx.external-links",
                    "工作簿链接到其他文件;链接未读取,只用已保存的值",
                    "the workbook links to other files; no link was followed"
                )
            )
        }
        if isActive {
            findings.append(
                note(
                    "xlsx.macros",
                    "工作簿含有宏或控件,未读取",
                    "the workbook holds macros or controls, which were not read"
                )
            )
        }
        return findings
    }

    private func note(_ code: String, _ zh: String, _ en: String) -> Finding {
        Finding(code, Text(zh, en), severity: .warning, at: place)
    }

    private var noWorkbook: Refusal {
        Refusal(
            "xlsx.not-a-workbook",
            Text("这个 zip 文件不是 .xlsx 工作簿", "this zip file is no .xlsx workbook"),
            at: place,
            hint: Text("另存为 .xlsx", "save it as .xlsx")
        )
    }
}
