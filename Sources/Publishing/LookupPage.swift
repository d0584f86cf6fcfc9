internal import Findings
internal import Seal
internal import Snapshots

/// Where a visitor asks whether a certificate is genuine and still stands.
struct LookupPage {
    private let honours: HonoursSnapshot
    private let speech: Speech

    init(_ honours: HonoursSnapshot, _ speech: Speech) {
        self.honours = honours
        self.speech = speech
    }

    var page: Page {
        Page(
            speech: speech,
            part: .lookup,
            path: "lookup.html",
            title: speech("证书查询", "Look up a certificate"),
            body: body,
            scripts: ["../lookup/words.js", "../lookup.js"]
        )
    }

    private var body: Markup {
        """
        <h1>\(speech("证书查询", "Look up a certificate"))</h1>
        <p class="lead">\(speech(
            "扫证书上的二维码,或输入证书上的凭证号;填上姓名可核对持证人。",
            "Scan the code on the certificate, or type the credential number that it bears; with a name, the holder is checked too."))</p>
        <noscript><p class="warn">\(speech(
            "查询需要脚本(JavaScript)。也可用 laurel verify 核验持证人的凭证包。",
            "The look-up needs scripts (JavaScript). Or verify the holder's bundle with laurel verify."))</p></noscript>
        <form class="lookup" id="lookup" hidden>
        <p><label for="number">\(speech("凭证号", "Credential number"))</label>
        <input id="number" autocomplete="off" spellcheck="false" inputmode="text" required \
        placeholder="xxxxxxxx-xxxx-8xxx-xxxx-xxxxxxxxxxxx"></p>
        <p><label for="name">\(speech("姓名(可不填)", "Name (may be left out)"))</label>
        <input id="name" autocomplete="off" spellcheck="false"></p>
        <p><button>\(speech("查询", "Look up"))</button></p>
        </form>
        <div id="answer" class="answer" role="status" \(words)></div>
        <section class="prose"><h2>\(speech("这一查询能说明什么", "What this look-up tells"))</h2>
        <p>\(speech(
            "结果截至本次发布(账本位置 \(honours.position)),只供方便:一个仿制的网页可以显示任何内容。证明是持证人的凭证包,用 laurel verify 离线核验签名、授予记录和撤销名单。",
            "It answers as of this publication (ledger position \(honours.position)) and is a convenience: a copied page may show anything. The proof is the holder's bundle; laurel verify checks its signature, the record of its conferral and the list of revocations, without a network."))</p>
        <p>\(speech(
            "查询在您的浏览器中完成,不发送任何内容;数据文件中没有姓名和凭证号,只有它们的散列。",
            "Nothing you type leaves your browser. The data hold neither names nor numbers, only their hashes."))</p></section>
        """
    }

    /// What the script says, as attributes of the element that it fills.
    private var words: Markup {
        let words: [(Markup, String)] = [
            ("valid", speech("有效", "Valid")), ("revoked", speech("已撤销", "Revoked")),
            (
                "reissued",
                speech(
                    "已换发:原证书作废,以新证书为准",
                    "Reissued: this certificate is void, a newer one stands for it"
                )
            ),
            (
                "fallen",
                speech(
                    "已授予,但最新成绩不再支持;待主管部门处理",
                    "Conferred, but the latest results no longer carry it; under review"
                )
            ), ("unknown", speech("没有这个凭证号", "There is no such credential")),
            (
                "malformed",
                speech("凭证号应为 32 位十六进制数字", "A credential number has 32 hexadecimal digits")
            ),
            ("match", speech("姓名相符", "The name is the holder's")),
            ("mismatch", speech("姓名不符:不是持证人", "The name is not the holder's")),
            (
                "unnamed",
                speech(
                    "未核对姓名:请填写证书上的姓名",
                    "The name was not checked: type the name on the certificate"
                )
            ),
            ("failed", speech("读不到数据文件", "The data could not be read")),
            ("title", speech("荣誉", "Honour")), ("item", speech("项目", "Item")),
            ("day", speech("授予日期", "Conferred on")),
        ]
        return words.map { "data-\($0)=\"\($1)\"" as Markup }.joined(by: " ")
    }
}
