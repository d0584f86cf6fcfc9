public import Findings

extension ProofFault {
    /// What was wrong.
    public var text: Text {
        switch self {
        case .missing: Text("没有证明", "there is none")
        case .notSingle: Text("须有且只有一个证明", "there must be one, and only one")
        case .unknownSuite: Text("证明的种类不认识", "its kind is not known")
        case .members: Text("证明缺少内容或多出内容", "it lacks something, or has more than it may")
        case .purpose: Text("证明的用途不是 assertionMethod", "its purpose is not assertionMethod")
        case .context: Text("证明的 @context 与文件不同", "its @context is not the document's")
        case .otherKey: Text("证明用的不是签发者的公钥", "its key is not the issuer's")
        case .value: Text("签名的写法不成立", "the signature is not written as one")
        case .signature: Text("签名与内容不符", "the signature is not over this content")
        }
    }
}
