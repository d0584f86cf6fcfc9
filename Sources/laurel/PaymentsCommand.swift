import ArgumentParser
import Exact
import Findings
import Ledger
import Seal
import Secretariat

struct PaymentsCommand: ParsableCommand {
    static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "payments",
            abstract: tr(
                "已发放的待遇:不可兼得和期限据此核定",
                "what was paid: exclusions and limits are decided by it"
            ),
            subcommands: [Record.self, List.self]
        )
    }

    struct Record: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(abstract: tr("记录一笔发放", "record a payment"))
        }
        @Option(help: help("荣誉编号(由档案取人)", "an honour, whose person is taken from the record"))
        var honour: String
        @Option(help: help("政策文件", "the policy file")) var policy: String
        @Option(help: help("待遇,如 living-skilled", "the benefit, such as living-skilled"))
        var benefit: String
        @Option(help: help("月份,如 2023-05", "the month, such as 2023-05")) var month: String?
        @Option(help: help("金额(元)", "the amount in yuan")) var yuan: String
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var common: Common

        func run() throws {
            guard let money = (try? Rational(written: yuan)).flatMap(Money.init(yuan:)) else {
                throw Refusal(
                    "data.number",
                    Text("“\(yuan)”不是金额", "\"\(yuan)\" is no amount"),
                    at: Place(file: "--yuan")
                )
            }
            let office = try event.open()
            let row = try office.honour(honour)
            let receipt = try office.recordPayment(
                to: row.person,
                policy: try PolicyDesk.read(policy),
                benefit: benefit,
                month: month,
                amount: money,
                by: try speaker.key()
            )
            try acknowledge(receipt, in: office)
        }
    }

    struct List: ParsableCommand {
        static var configuration: CommandConfiguration {
            CommandConfiguration(
                abstract: tr(
                    "一个城市的人员已领的待遇(调取会记入档案)",
                    "what was paid to people of one city; the pull is recorded"
                )
            )
        }
        @Option(help: help("城市代码,如 210100", "the city's code, such as 210100")) var city: String
        @OptionGroup var speaker: Speaker
        @OptionGroup var event: EventOption
        @OptionGroup var output: Output
        @OptionGroup var common: Common

        func run() throws {
            let office = try event.open()
            let (payments, receipt) = try office.pullPayments(city: city, by: try speaker.key())
            try acknowledge(receipt, in: office)
            let rows = payments.map { name, person, payment in
                [
                    name, payment.benefit, payment.month ?? "",
                    Money(amountFen: payment.amountFen).yuanText, person.hex,
                ]
            }
            let header = ["name", "benefit", "month", "yuan", "person"]
            try output.print(header: header, rows: rows, json: jsonRows(header, rows))
        }
    }
}
