internal import Findings
public import Publishing
internal import Snapshots

extension Office {
    /// Writes the site of the latest publication, with the register of honours as it stands.
    public func writeSite(into folder: String) throws -> SiteReport {
        guard let (hash, snapshot) = try published() else {
            throw Refusal("publish.empty", Text("成绩尚未发布", "nothing is published yet"))
        }
        return try Site.write(
            snapshot,
            hash: hash,
            honours: try honoursSnapshot(),
            into: folder
        )
    }
}
