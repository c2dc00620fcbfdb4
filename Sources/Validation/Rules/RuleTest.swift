import Kernels
import Plan
import Tables

/// What a rule asks of rows: each of them by itself, each in view of the others, or all of them together.
public protocol RuleTest: Sendable {
  /// What it asks, independent of how it was written.
  var key: StepKey { get }
  /// The columns that it reads; they are shown first of a row that fails it.
  var columns: [String] { get }
  var reach: RuleReach { get }
  /// The test at the beginning of rows, which are then given to it chunk by chunk. One that has to know all rows first reads its own
  /// columns here. Throws what reading throws, and `unknown-column` or `wrong-type` for rows that it cannot be asked of.
  func begin(on rows: Rows, _ progress: Progress) throws(EngineError) -> any RuleWatch
}

/// What a rule has to look at before it is decided.
public enum RuleReach: Sendable, Hashable {
  /// A row by itself.
  case row
  /// A row in view of the others.
  case rows
  /// All rows: it holds of the table or not, and no row is at fault.
  case table
}

/// A rule's test on its way through rows.
public protocol RuleWatch: Sendable {
  /// What it finds in the chunk that comes next. All chunks have the columns of the first.
  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) -> RuleFailures
  /// What was found of all rows together; nil for a test of rows.
  mutating func finish() throws(EngineError) -> TableFinding?
}

extension RuleWatch {
  public mutating func finish() throws(EngineError) -> TableFinding? { nil }
}

/// The rows of a chunk for which a test is false, in ascending order, and how many it is missing for.
public struct RuleFailures: Sendable, Equatable {
  public var rows: [Int]
  public var missing: Int

  public init(rows: [Int] = [], missing: Int = 0) {
    self.rows = rows
    self.missing = missing
  }
}

/// What a test of a whole table found.
public struct TableFinding: Sendable, Equatable {
  /// What the answer was read from.
  public enum Evidence: Sendable, Equatable {
    case rows(Int)
    case sums(Double, Double)
    /// The newest moment, in microseconds since 1970 in UTC, and how much older in seconds than the one it was held against; nil where
    /// no cell has one.
    case newest(Int64?, age: Int64)
    case differences([SchemaDifference])
    case statistics
  }

  /// nil where it is missing, which is no failure.
  public let holds: Bool?
  public let evidence: Evidence

  public init(holds: Bool?, _ evidence: Evidence) {
    self.holds = holds
    self.evidence = evidence
  }
}

extension RuleTest {
  /// The columns of a chunk that it reads. Throws `unknown-column` where one is not there.
  func cells(of names: [String], in chunk: Table) throws(EngineError) -> [Column] {
    var found: [Column] = []
    for name in names {
      guard let column = chunk[name] else { throw EngineError(.column(.unknown(name))) }
      found.append(column)
    }
    return found
  }
}
