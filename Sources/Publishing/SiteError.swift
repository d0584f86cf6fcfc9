public import Findings
public import Seal

/// Why a site could not be written.
public enum SiteError: Error, Sendable, Hashable {
    /// The hash is not that of the snapshot.
    case hash(expected: Digest, found: Digest)
    /// Two codes would take the same page, or a code is not fit for one.
    case code(String)
    /// The folder is there and was not written by Laurel.
    case foreign(String)
    /// The honours are those of another event.
    case otherEvent(String)
    /// A file or folder could not be written.
    case file(String, reason: String)

    /// What went wrong, in both languages.
    public var text: Text {
        switch self {
        case .hash(let expected, let found):
            Text(
                "快照哈希不符:应为 \(expected.short),实为 \(found.short)",
                "the snapshot's hash is \(found.short), not \(expected.short)"
            )
        case .code(let code):
            Text("代码“\(code)”重复或不能用作页面名称", "code \"\(code)\" is taken twice or fits no page")
        case .foreign(let folder):
            Text(
                "文件夹“\(folder)”不是 Laurel 生成的网站,不会替换",
                "\"\(folder)\" is no site that Laurel wrote, and is left alone"
            )
        case .otherEvent(let event):
            Text("荣誉名册属于另一赛事“\(event)”", "the honours are those of another event, \"\(event)\"")
        case .file(let path, let reason):
            Text("无法写入“\(path)”:\(reason)", "cannot write \"\(path)\": \(reason)")
        }
    }
}
