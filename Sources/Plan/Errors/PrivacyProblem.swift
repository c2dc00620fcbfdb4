import Scoring
import Tables

/// Why something may not be done with columns that are classified, or a mask not be put on one.
public enum PrivacyProblem: Sendable, Equatable {
  /// The cells of a guarded column would become names of columns, which are shown everywhere.
  case cellsAsNames(String, ColumnLevel)
  /// A key that a mask needs cannot be had.
  case key(MaskKeyProblem)
  /// What was demanded of rows, in the words of a script, which cannot be had of so many by leaving out no more than that.
  case notAnonymous(demand: String, rows: Int, leavingOut: Int)
  /// A cell that was not encrypted with the key, in this row of the table, counted from 1.
  case notEncrypted(String, row: Int, MaskKey.Place)
  /// A mask, by its word, that does not take cells of the column's type.
  case wrongType(String, ColumnType, mask: String)

  var code: EngineError.Code {
    switch self {
    case .cellsAsNames: .privacyLeak
    case .key, .notAnonymous, .notEncrypted: .badOption
    case .wrongType: .wrongType
    }
  }
}
