import Expressions
import Kernels
import Tables

/// A step that chooses or orders rows and changes no cell: filter, dedupe, sort, sample, the survivors of a validation.
public protocol RowChooser: Sendable {
  /// The step as it is written in a script.
  var words: String { get }
  /// What it does, independent of how it was written.
  var key: StepKey { get }
  /// The columns it reads.
  var reads: [String] { get }
  /// A condition that every chosen row meets, if it is one over the row alone: a model records it and flags rows outside it.
  var condition: Expression? { get }
  /// The rows to keep, in the order to keep them.
  func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows
}

extension RowChooser {
  public var condition: Expression? { nil }
}

/// Row places with what is said of the choice.
public struct ChosenRows: Sendable, Equatable {
  public let rows: [Int]
  /// How many were left out because the condition was missing, not false.
  public let missing: Int
  /// What told them from the others.
  public let remark: RowRemark?

  public init(rows: [Int], missing: Int = 0, remark: RowRemark? = nil) {
    self.rows = rows
    self.missing = missing
    self.remark = remark
  }
}
