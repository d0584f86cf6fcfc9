internal import Exact

/// A number that a cell states.
struct CISStated {
    let value: Rational
    let address: Workbook.Address
}

/// A criterion as it is read.
struct CISCriterion {
    let letter: String
    var title = ""
    /// The marks that the sheet states for it: in the list of criteria, and beside its table.
    var stated: [CISStated] = []
    var address: Workbook.Address?
    var subCriteria: [CISSubCriterion] = []
}

/// A sub-criterion as it is read.
struct CISSubCriterion {
    let id: String
    let title: String
    let day: Int?
    let address: Workbook.Address
    var aspects: [CISAspect] = []
}

/// An aspect as it is read.
struct CISAspect {
    /// How it is marked.
    enum Kind {
        case measurement
        case judgement
    }

    /// The name that its position gives it.
    let id: String
    let address: Workbook.Address
    /// Nil where the type is unknown, of which an error tells.
    let kind: Kind?
    var title = ""
    var detail = ""
    var requirement = ""
    var section: Int?
    /// Nil where the mark can't be read, of which an error tells.
    var max: Rational?
    /// The benchmark texts of a judgement that were found, by their score.
    var levels: [Int: String] = [:]
    /// The calculation that it names.
    var calculation: CISCalculation?
    /// Where its values stand, as `mark K31`.
    var cells: [String] = []
}
