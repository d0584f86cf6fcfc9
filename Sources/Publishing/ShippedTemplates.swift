// Made by Tools/embed_templates.py from Templates/; edit those.
enum ShippedTemplates {
    static let texts: [String: String] = [
        "award": #"""
        # 获奖证书 · The certificate of a medal or another award (laurel certificates --awards).
        #
        # Lengths are millimetres from the page's upper left corner; sizes are points. A text shrinks from
        # `size` to `smallest` until it fits; one that doesn't fit even then is refused, never clipped. A
        # text whose fields are all empty is left out. Documentation/publishing.md lists the fields.
        template: 1
        page: {width: 297, height: 210}
        # The organiser's own scheme: {event} {year} {item} {entrant} {member}. There is no serial number: an
        # award that a correction adds would shift all that follow.
        number: "{event}-{entrant}-{member}"
        # Columns that `--fields FILE` may fill, such as the 22-character number of a skill-level
        # certificate, which only the body that issues it can give.
        own_fields: [level_certificate]
        elements:
          - {frame: {x: 9, y: 9, width: 279, height: 192}, thickness: 0.9, colour: "#B08D3C"}
          - {frame: {x: 11.5, y: 11.5, width: 274, height: 187}, thickness: 0.25, colour: "#B08D3C"}
          - text: "{event.zh}"
            at: {x: 30, y: 24, width: 237}
            align: centre
            size: 17
            smallest: 10
            tracking: 2
            colour: "#1F5F43"
          - text: "{event.en}"
            at: {x: 30, y: 34, width: 237}
            align: centre
            size: 11
            smallest: 8
            colour: "#1F5F43"
          - text: "获奖证书"
            at: {x: 30, y: 45, width: 237}
            align: centre
            size: 38
            bold: true
            tracking: 16
            colour: "#1D231F"
          - text: "CERTIFICATE OF AWARD"
            at: {x: 30, y: 64, width: 237}
            align: centre
            size: 11
            tracking: 4
            colour: "#56605A"
          - text: "{name}"
            at: {x: 40, y: 76, width: 217}
            align: centre
            size: 30
            smallest: 14
            bold: true
          - {line: {x: 108.5, y: 94, width: 80}, thickness: 0.3, colour: "#B08D3C"}
          - text: "在{item.zh}项目中{placed.zh},获{award.zh}。"
            at: {x: 40, y: 99, width: 217}
            align: centre
            lines: 2
            size: 17
            smallest: 10
          - text: "{item.en}{placed.en}: {award.en}"
            at: {x: 40, y: 117, width: 217}
            align: centre
            lines: 2
            size: 12
            smallest: 8
            colour: "#56605A"
          - text: "{delegation.zh} {delegation.en}"
            at: {x: 40, y: 130, width: 217}
            align: centre
            size: 11
            smallest: 7
            colour: "#56605A"
          - text: "证书编号 No. {number}"
            at: {x: 24, y: 159, width: 150}
            size: 10.5
            smallest: 7
          - text: "职业技能等级证书编号 Skill-level certificate {level_certificate}"
            at: {x: 24, y: 180, width: 150}
            size: 9
            smallest: 7
            colour: "#56605A"
          - text: "成绩快照 Results {snapshot}"
            at: {x: 24, y: 188, width: 190}
            size: 6.5
            smallest: 5
            colour: "#56605A"
          - text: "{date.zh}"
            at: {x: 180, y: 159, width: 62}
            align: right
            size: 12
            smallest: 8
          - text: "{date.en}"
            at: {x: 180, y: 166, width: 62}
            align: right
            size: 9
            smallest: 7
            colour: "#56605A"
          - {qr: "{code}", at: {x: 247, y: 155, width: 32}}

        """#,
        "decision": #"""
        # 核定页 · One page for a person: each benefit of a policy, why, and what to bring
        # (laurel eligible … --pdf FILE).
        #
        # The page is in one language, that of the command. Documentation/publishing.md lists the fields.
        template: 1
        page: {width: 210, height: 297}
        elements:
          - {line: {x: 15, y: 282, width: 180}, thickness: 0.2, colour: "#777777"}
          - text: "核定记录 Decision {record}"
            at: {x: 15, y: 284, width: 150}
            size: 6.5
            smallest: 5
            colour: "#56605A"
          - text: "{page} / {pages}"
            at: {x: 165, y: 283.5, width: 30}
            align: right
            size: 9
        flow:
          area: {x: 15, y: 16, width: 180, height: 263}
          blocks:
            - {text: "{heading}", size: 13, bold: true}
            - {text: "{remarks}", size: 9, space: 1, colour: "#56605A"}
            - table:
                rows: benefits
                font: "WenQuanYi Micro Hei"
                size: 8.5
                columns:
                  - {title: "待遇与结果\nBenefit and outcome", cell: "{title}\n{outcome}"}
                  - {title: "依据、计算、携带\nSource, sum, what to bring", cell: "{lines}"}
              space: 5
            - {text: "{plan}", size: 10, space: 6}
            - {text: "{silence}", size: 8, space: 8, colour: "#56605A"}

        """#,
        "honour": #"""
        # 荣誉证书 · The certificate of an honour that was conferred (laurel certificates).
        #
        # Lengths are millimetres from the page's upper left corner; sizes are points. A text shrinks from
        # `size` to `smallest` until it fits; one that doesn't fit even then is refused, never clipped. A
        # text whose fields are all empty is left out. Documentation/publishing.md lists the fields.
        template: 1
        page: {width: 297, height: 210}
        # The organiser's own scheme; {serial} counts the honours in the order in which they were conferred,
        # so that a number never changes. Also: {event} {year} {item} {entrant} {rule} {member}.
        number: "{event}-{serial:5}"
        # Columns that `--fields FILE` may fill, such as the 22-character number of a skill-level
        # certificate, which only the body that issues it can give.
        own_fields: [level_certificate]
        elements:
          - {frame: {x: 9, y: 9, width: 279, height: 192}, thickness: 0.9, colour: "#B08D3C"}
          - {frame: {x: 11.5, y: 11.5, width: 274, height: 187}, thickness: 0.25, colour: "#B08D3C"}
          - text: "{event.zh}"
            at: {x: 30, y: 24, width: 237}
            align: centre
            size: 17
            smallest: 10
            tracking: 2
            colour: "#1F5F43"
          - text: "{event.en}"
            at: {x: 30, y: 34, width: 237}
            align: centre
            size: 11
            smallest: 8
            colour: "#1F5F43"
          - text: "荣誉证书"
            at: {x: 30, y: 45, width: 237}
            align: centre
            size: 38
            bold: true
            tracking: 16
            colour: "#1D231F"
          - text: "CERTIFICATE OF HONOUR"
            at: {x: 30, y: 64, width: 237}
            align: centre
            size: 11
            tracking: 4
            colour: "#56605A"
          - text: "{name}"
            at: {x: 40, y: 76, width: 217}
            align: centre
            size: 30
            smallest: 14
            bold: true
          - {line: {x: 108.5, y: 94, width: 80}, thickness: 0.3, colour: "#B08D3C"}
          - text: "在{item.zh}项目中{placed.zh},授予“{honour.zh}”称号。"
            at: {x: 40, y: 99, width: 217}
            align: centre
            lines: 2
            size: 17
            smallest: 10
          - text: "{item.en}{placed.en}: {honour.en}"
            at: {x: 40, y: 117, width: 217}
            align: centre
            lines: 2
            size: 12
            smallest: 8
            colour: "#56605A"
          - text: "{delegation.zh} {delegation.en}"
            at: {x: 40, y: 130, width: 217}
            align: centre
            size: 11
            smallest: 7
            colour: "#56605A"
          - text: "证书编号 No. {number}"
            at: {x: 24, y: 159, width: 150}
            size: 10.5
            smallest: 7
          - text: "凭证号 Credential {credential}"
            at: {x: 24, y: 165.5, width: 150}
            size: 9
            smallest: 7
            colour: "#56605A"
          - text: "依据 Rule {rule.document} {rule.paragraph}"
            at: {x: 24, y: 171, width: 150}
            lines: 2
            size: 8
            smallest: 6
            colour: "#56605A"
          - text: "职业技能等级证书编号 Skill-level certificate {level_certificate}"
            at: {x: 24, y: 180, width: 150}
            size: 9
            smallest: 7
            colour: "#56605A"
          - text: "成绩快照 Results {snapshot}"
            at: {x: 24, y: 188, width: 190}
            size: 6.5
            smallest: 5
            colour: "#56605A"
          - text: "{date.zh}"
            at: {x: 180, y: 159, width: 62}
            align: right
            size: 12
            smallest: 8
          - text: "{date.en}"
            at: {x: 180, y: 166, width: 62}
            align: right
            size: 9
            smallest: 7
            colour: "#56605A"
          - {qr: "{code}", at: {x: 247, y: 155, width: 32}}

        """#,
        "notice": #"""
        # 公示 · The public notice of all awards (laurel print notice).
        #
        # `elements` stand on each page; the `flow` runs over as many pages as it takes. The table holds a
        # row for each award, item by item. Documentation/publishing.md lists the fields.
        template: 1
        page: {width: 210, height: 297}
        elements:
          - text: "{event.zh} {event.en}"
            at: {x: 15, y: 10, width: 180}
            size: 8
            smallest: 5
            colour: "#56605A"
          - {line: {x: 15, y: 15.5, width: 180}, thickness: 0.3, colour: "#1F5F43"}
          - {line: {x: 15, y: 282, width: 180}, thickness: 0.2, colour: "#777777"}
          - text: "快照 Snapshot {snapshot} · 账本位置 Ledger {position}"
            at: {x: 15, y: 284, width: 150}
            size: 6.5
            smallest: 5
            colour: "#56605A"
          - text: "{page} / {pages}"
            at: {x: 165, y: 283.5, width: 30}
            align: right
            size: 9
        flow:
          area: {x: 15, y: 19, width: 180, height: 260}
          blocks:
            - {text: "{event.zh}", size: 14, align: centre}
            - {text: "获奖名单公示", size: 22, bold: true, align: centre, space: 1}
            - {text: "Public notice of awards · {event.en}", size: 10.5, align: centre, colour: "#56605A"}
            - text: "{kind.zh}。现将 {items} 个项目的获奖名单予以公示。公示期间如有异议,请自公示之时起 {appeal_minutes} 分钟内向监督仲裁组书面提出。计算时间:{computed}。"
              size: 10.5
              space: 5
            - text: "Results: {kind.en}. Awards of {items} items. Objections go to the arbitration panel in writing within {appeal_minutes} minutes of publication. Computed {computed}."
              size: 9
              space: 2
              colour: "#56605A"
            - table:
                rows: winners
                font: "WenQuanYi Micro Hei"
                size: 8.5
                columns:
                  - {title: "项目\nItem", cell: "{item} {item.zh} {item.en}"}
                  - {title: "奖项\nAward", cell: "{award.zh} {award.en}", width: 16}
                  - {title: "姓名\nName", cell: "{names}"}
                  - {title: "代表队\nDelegation", cell: "{delegation.zh} {delegation.en}"}
                  - {title: "名次\nRank", cell: "{rank}", width: 10, align: centre}
                  - {title: "总分\nTotal", cell: "{total}", width: 13, align: right}
              space: 4
            - {text: "{notes.zh}", size: 7.5, space: 4, colour: "#56605A"}
            - {text: "{notes.en}", size: 7.5, space: 1, colour: "#56605A"}
            - {text: "组织委员会 Organising committee", size: 10, align: right, space: 14}
            - {text: "{date}", size: 10, align: right, space: 1}

        """#,
        "result-sheet": #"""
        # 成绩单 · The result sheet of one item, to be signed (laurel print result-sheet).
        #
        # `elements` stand on each page; the `flow` runs over as many pages as it takes, and the head of a
        # table stands again on each. Columns with a `width` take it, or more where a number needs it; the
        # others share what is left. Documentation/publishing.md lists the fields.
        template: 1
        page: {width: 210, height: 297}
        elements:
          - text: "{event.zh} {event.en}"
            at: {x: 15, y: 10, width: 180}
            size: 8
            smallest: 5
            colour: "#56605A"
          - {line: {x: 15, y: 15.5, width: 180}, thickness: 0.3, colour: "#1F5F43"}
          - {line: {x: 15, y: 282, width: 180}, thickness: 0.2, colour: "#777777"}
          - text: "成绩哈希 Result {result}"
            at: {x: 15, y: 283.3, width: 150}
            size: 6.5
            smallest: 5
            colour: "#56605A"
          - text: "快照 Snapshot {snapshot} · 账本位置 Ledger {position}"
            at: {x: 15, y: 286.8, width: 150}
            size: 6.5
            smallest: 5
            colour: "#56605A"
          - text: "{page} / {pages}"
            at: {x: 165, y: 283.5, width: 30}
            align: right
            size: 9
        flow:
          area: {x: 15, y: 19, width: 180, height: 260}
          blocks:
            - {text: "成绩单 Result sheet", size: 20, bold: true, align: centre}
            - {text: "{item} {item.zh}", size: 15, bold: true, align: centre, space: 2}
            - {text: "{item.en}", size: 11, align: centre, colour: "#56605A"}
            - text: "{kind.zh} {kind.en} · 计算于 Computed {computed} · 满分 Out of {maximum} · 奖牌规则 Medals: {policy.zh} {policy.en}"
              size: 8.5
              space: 3
              align: centre
              colour: "#56605A"
            - {text: "{parts.zh}\n{parts.en}", size: 7.5, space: 2, align: centre, colour: "#56605A"}
            - table:
                rows: standings
                font: "WenQuanYi Micro Hei"
                size: 8.5
                columns:
                  - {title: "名次\nRank", cell: "{rank}", width: 10, align: centre}
                  - {title: "编号\nCode", cell: "{entrant}", width: 15}
                  - {title: "姓名\nName", cell: "{names}"}
                  - {title: "代表队\nDelegation", cell: "{delegation.zh} {delegation.en}"}
                  - {title: "{part}", cell: "{part}", each: part, width: 9, align: right}
                  - {title: "总分\nTotal", cell: "{total}", width: 13, align: right}
                  - {title: "奖项\nAward", cell: "{award.zh} {award.en}"}
              space: 4
            - table:
                rows: apart
                title: "不排名 Without a place"
                font: "WenQuanYi Micro Hei"
                size: 8.5
                columns:
                  - {title: "编号\nCode", cell: "{entrant}", width: 15}
                  - {title: "姓名\nName", cell: "{names}"}
                  - {title: "代表队\nDelegation", cell: "{delegation.zh} {delegation.en}"}
                  - {title: "状态\nState", cell: "{status.zh} {status.en}"}
                  - {title: "总分\nTotal", cell: "{total}", width: 13, align: right}
              space: 5
            - table:
                rows: ties
                title: "同分决定 What decided ties"
                font: "WenQuanYi Micro Hei"
                size: 7.5
                columns:
                  - {title: "编号\nCode", cell: "{entrant}", width: 15}
                  - {title: "中文", cell: "{ties.zh}"}
                  - {title: "English", cell: "{ties.en}"}
              space: 5
            - {text: "{notes.zh}", size: 7.5, space: 4, colour: "#56605A"}
            - {text: "{notes.en}", size: 7.5, space: 1, colour: "#56605A"}
            - signatures:
                - "裁判长签字、日期 Chief judge, date"
                - "监督员签字、日期 Supervisor, date"
              size: 9
              height: 18
              space: 6

        """#,
    ]
}
