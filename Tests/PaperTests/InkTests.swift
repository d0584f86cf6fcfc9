import Foundation
import Paper
import Testing

/// Every letter that is printed is seen, not only found by a search.
///
/// Cairo 1.16 leaves letters of OpenType fonts blank, depending on the others of the document.
@Suite struct InkTests {
    /// Characters of GB 2312's first level, in its order; of Noto Sans, 如 among just these is left blank.
    private static let lines = [
        "屏坡泼颇婆破魄迫粕剖扑铺仆莆葡菩蒲埔朴圃普浦谱曝瀑期欺栖戚妻",
        "七凄漆柒沏其棋奇歧畦崎脐齐旗祈祁骑起岂乞企启契砌器气迄弃汽泣",
        "讫掐恰洽牵扦钎铅千迁签仟谦乾黔钱钳前潜遣浅谴堑嵌欠歉枪呛腔羌",
        "墙蔷强抢橇锹敲悄桥瞧乔侨巧鞘撬翘峭俏窍切茄且怯窃钦侵亲秦琴勤",
        "芹擒禽寝沁青轻氢倾卿清擎晴氰情顷请庆琼穷秋丘邱球求囚酋泅趋区",
        "蛆曲躯屈驱渠取娶龋趣去圈颧权醛泉全痊拳犬券劝缺炔瘸却鹊榷确雀",
        "裙群然燃冉染瓤壤攘嚷让饶扰绕惹热壬仁人忍韧任认刃妊纫扔仍日戎",
        "茸蓉荣融熔溶容绒冗揉柔肉茹蠕儒孺如辱乳汝入褥软阮蕊瑞锐闰润若",
        "弱撒洒萨腮鳃塞赛三叁伞散桑嗓丧搔骚扫嫂瑟色涩森僧莎砂杀刹沙纱",
        "傻啥煞筛晒珊苫杉山删煽衫闪陕擅赡膳善汕扇缮墒伤商赏晌上尚裳梢",
    ]

    @Test(arguments: [
        "LXGW WenKai", "WenQuanYi Micro Hei", "Noto Sans CJK SC", "Noto Serif CJK SC",
    ])
    func noLetterIsBlank(font: String) throws {
        // Lines of 12 points, 5 mm apart: a letter is 4.233 mm wide.
        let elements = Self.lines.enumerated().map { number, line in
            """
              - {text: "\(line)", at: {x: 10, y: \(10 + 5 * number), width: 180}, size: 12, font: "\(font)"}
            """
        }
        let template = try Desk.template(
            "template: 1\npage: {width: 190, height: 270}\nelements:\n"
                + elements.joined(separator: "\n") + "\n"
        )
        let pdf = try Desk.pdf(template, [PageFilling(name: "ink", fields: [:])])
        let image = try Desk.image(pdf, dotsPerInch: 72)
        var blank = ""
        for (number, line) in Self.lines.enumerated() {
            for (place, letter) in line.enumerated() {
                let x = (10 + Double(place) * 4.2333) / 25.4 * 72
                let y = (10 + 5 * Double(number)) / 25.4 * 72
                let isSeen = image.hasInk(x: Int(x) + 1..<Int(x) + 11, y: Int(y) + 5..<Int(y) + 13)
                if !isSeen { blank.append(letter) }
            }
        }
        #expect(blank == "")
        let text = try Desk.text(pdf)
        #expect(Self.lines.allSatisfy { text.contains($0) })
    }
}
