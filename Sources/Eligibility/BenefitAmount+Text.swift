internal import Exact
public import Findings
internal import Rules

extension BenefitAmount {
    /// The amount in words.
    public var text: Text {
        switch self {
        case .fixed(let money): Text("\(money.yuanText) 元", "¥\(money.yuanText)")
        case .share(let share, _, let cap):
            Text(
                "实际支出的 \(share.shortest) 倍" + (cap.map { ",上限 \($0.yuanText) 元" } ?? ""),
                "\(share.shortest) of what is paid"
                    + (cap.map { ", ¥\($0.yuanText) at most" } ?? "")
            )
        case .rent(let rent):
            Text(
                "\(rent.areaCap.shortest)㎡ 以内实际房租的 \(rent.part.shortest) 倍",
                "\(rent.part.shortest) of the rent of up to \(rent.areaCap.shortest) ㎡"
            )
        case .between(let range):
            Text(
                (range.isYearly ? "每年" : "")
                    + (range.from.map { "\($0.yuanText)–\(range.to.yuanText) 元" }
                        ?? "最高 \(range.to.yuanText) 元") + "(原文无规则,不作金额)",
                (range.from.map { "¥\($0.yuanText)–\(range.to.yuanText)" }
                    ?? "¥\(range.to.yuanText) at most") + (range.isYearly ? " a year" : "")
                    + " (no rule in the text; never an amount)"
            )
        case .negotiated: Text("一人一议", "case by case")
        }
    }
}
