/// What can be wrong with rows that are to be made.
public enum SynthesisProblem: Sendable, Equatable {
  /// Of so many rows that were tried too few met the conditions, of which one, as it is written, turned most of them down.
  case tooFewPass(made: Int, of: Int, tried: Int, condition: String)
  /// A value, as it is written, that no row of a column has, or that lies outside those that are known.
  case neverMade(String, column: String)
  /// A column whose values are made up has no given ones.
  case notGiven(String)
  /// A table, by its name, whose rows can be made in no other way than as copies of its own.
  case onlyCopies(String, tried: Int)

  var code: EngineError.Code {
    switch self {
    case .tooFewPass, .onlyCopies: .noRows
    case .neverMade, .notGiven: .badOption
    }
  }
}
