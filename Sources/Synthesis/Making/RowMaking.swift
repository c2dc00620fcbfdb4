import Kernels
import Plan
import Tables

/// What makes rows, each of which hangs on its number and a seed alone: any thread may make any of them.
public protocol RowMaking: Sendable {
  var fields: [Field] { get }
  /// How many rows are best made at once.
  var rowsAtOnce: Int { get }
  /// The rows of these numbers. O(rows × columns), and what a copula takes for its correlations.
  func rows(_ numbers: Range<Int>) -> Table
}

extension RowMaking {
  public var rowsAtOnce: Int { 8192 }
}

/// Tells which made rows may stay.
public protocol MadeRowCheck: Sendable {
  /// The rows of a table that may stay, in their order.
  func passing(_ rows: Table, _ progress: Progress) throws(EngineError) -> [Int]
  /// What to say where it turned down nearly all of so many rows that were tried.
  func problem(made: Int, of count: Int, tried: Int) -> SynthesisProblem
}

/// A condition that a made row has to meet.
public struct MadeRowCondition: MadeRowCheck {
  private let condition: any RowChooser

  /// `condition` looks at a row by itself.
  public init(_ condition: any RowChooser) { self.condition = condition }

  public func passing(_ rows: Table, _ progress: Progress) throws(EngineError) -> [Int] {
    try condition.choose(from: rows, progress).rows
  }

  public func problem(made: Int, of count: Int, tried: Int) -> SynthesisProblem {
    .tooFewPass(made: made, of: count, tried: tried, condition: condition.words)
  }
}
