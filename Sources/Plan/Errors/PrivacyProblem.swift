import Scoring
import Tables

/// Why something may not be done with columns that are classified, or a mask not be put on one.
public enum PrivacyProblem: Sendable, Equatable {
  /// The cells of a guarded column would become names of columns, which are shown everywhere.
  case cellsAsNames(String, ColumnLevel)
  /// A key that a mask needs cannot be had.
  case key(MaskKeyProblem)
  /// A mask, by its word, that does not take cells of the column's type.
  case wrongType(String, ColumnType, mask: String)

  var code: EngineError.Code {
    switch self {
    case .cellsAsNames: .privacyLeak
    case .key: .badOption
    case .wrongType: .wrongType
    }
  }
}
