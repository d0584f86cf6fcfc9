internal import Seal

extension Examiner {
    /// Reads the bit of the credential in the list of its issuer.
    mutating func status(_ list: JSONValue?, credential: JSONValue, issuer: DidKey) {
        guard let list else {
            result.doubt(
                .unknown,
                "status.none",
                "凭证包里没有撤销名单",
                "the bundle has no status list"
            )
            return
        }
        proof(of: list, issuer: issuer, of: "status", "撤销名单", "the status list")
        guard list["issuer"].isText(issuer.text) else {
            result.doubt(
                .forged,
                "status.issuer",
                "撤销名单由别人签发",
                "the status list is another issuer's"
            )
            return
        }
        guard
            let read = StatusList(credential: DataIntegrity.unsecured(list), issuer: issuer)
        else {
            result.doubt(
                .unknown,
                "status.form",
                "撤销名单读不了,或短于 131072 位",
                "the status list can't be read, or has fewer than 131,072 bits"
            )
            return
        }
        // That it is missing was said already.
        guard let entry = credential["credentialStatus"] else { return }
        guard entry["statusListCredential"].isText(read.id) else {
            result.doubt(
                .forged,
                "status.other-list",
                "这不是凭证所指的撤销名单",
                "this is not the status list that the credential names"
            )
            return
        }
        result.statusList = read
        days(of: read)
        bit(entry, in: read)
    }

    private mutating func days(of list: StatusList) {
        if result.asOf > list.validUntil {
            result.doubt(
                .unknown,
                "status.expired",
                "撤销名单已过期(\(list.validUntil.text)),请取新的凭证包",
                "the status list has expired (\(list.validUntil.text)); get a new bundle"
            )
        } else if result.asOf < list.validFrom {
            result.doubt(
                .unknown,
                "status.early",
                "撤销名单晚于所问的时刻(\(list.validFrom.text))",
                "the status list is later than the time that is asked for (\(list.validFrom.text))"
            )
        }
    }

    private mutating func bit(_ entry: JSONValue, in list: StatusList) {
        guard entry.hasStatusForm, let text = entry["statusListIndex"]?.string,
            let index = Int(text), "\(index)".utf8.elementsEqual(text.utf8),
            let bit = list.bits[index]
        else {
            result.doubt(
                .forged,
                "status.index",
                "凭证在撤销名单中的位置不成立",
                "the credential's place in the status list is none"
            )
            return
        }
        if bit {
            result.doubt(
                .revoked,
                "status.revoked",
                "撤销名单(\(list.validFrom.text))写明已撤销",
                "the status list (\(list.validFrom.text)) says that it is revoked"
            )
        }
    }
}

extension JSONValue {
    fileprivate var hasStatusForm: Bool {
        hasExactly(["id", "statusListCredential", "statusListIndex", "statusPurpose", "type"])
            && self["type"].isText("BitstringStatusListEntry")
            && self["statusPurpose"].isText("revocation")
    }
}
