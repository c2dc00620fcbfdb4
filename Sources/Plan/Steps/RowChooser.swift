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
  /// The condition that alone decides: the rows are kept for which it is true, and counted as missing for which it is missing. nil for any
  /// other choice.
  var test: Expression? { get }
  /// How its choice depends on the other rows.
  var choice: RowDependence { get }
  /// The same with statistics of the rows settled, so that it may be asked of each chunk of them.
  func settled(on table: Table, _ progress: Progress) throws(EngineError) -> any RowChooser
  /// Why rows were left out. Of a choice by statistics it is asked of what `settled` gave.
  func remark(_ count: ChoiceCount) -> RowRemark?
  /// The rows to keep, in the order to keep them.
  func choose(from table: Table, _ progress: Progress) throws(EngineError) -> ChosenRows
  /// All rows in the order that a choice by `order` gives them, which need not be in memory; others leave them as they are.
  func order(of rows: Rows, _ progress: Progress) throws(EngineError) -> [Int32]
}

extension RowChooser {
  public var condition: Expression? { nil }
  public var test: Expression? { nil }
  public func settled(on table: Table, _ progress: Progress) throws(EngineError) -> any RowChooser { self }
  public func remark(_ count: ChoiceCount) -> RowRemark? { nil }
  public func order(of rows: Rows, _ progress: Progress) throws(EngineError) -> [Int32] {
    (0..<rows.rowCount).map { Int32(truncatingIfNeeded: $0) }
  }
}

/// What a choice of rows has to look at.
public enum RowDependence: Sendable, Hashable {
  /// Each row by itself.
  case none
  /// Each row by itself, once statistics of all rows are settled.
  case statistics
  /// All rows together; those that are kept stay in their order.
  case rows
  /// All rows together, which change their order.
  case order
}

/// Row places, and how many rows were left out for want of a value.
public struct ChosenRows: Sendable, Equatable {
  public let rows: [Int]
  /// How many were left out because the condition was missing, not false.
  public let missing: Int
  /// For each of the reasons that the chooser knows how many rows had it, left out by it or not; empty where it tells none apart.
  public let reasons: [Int]
  /// Rows that were left out because they are nearly the same as one that was kept.
  public let near: NearGroups?
  /// What there is to say of the cells that the choice was made by.
  public let counts: EvaluationCounts

  public init(
    rows: [Int], missing: Int = 0, reasons: [Int] = [], near: NearGroups? = nil,
    counts: EvaluationCounts = EvaluationCounts()
  ) {
    self.rows = rows
    self.missing = missing
    self.reasons = reasons
    self.near = near
    self.counts = counts
  }
}

/// How many rows a choice found and kept, of one table or of chunks one after the other.
public struct ChoiceCount: Sendable {
  private(set) var before = 0
  private(set) var kept = 0
  /// How many were left out because the condition was missing.
  public private(set) var missing = 0
  /// How many rows had each of the reasons that the chooser knows.
  public private(set) var reasons: [Int] = []
  /// What was left out as nearly the same, where all rows are looked at together.
  public private(set) var near: NearGroups?
  private var counts = EvaluationCounts()

  public init() {}

  /// How many were left out, but for those that had no value.
  public var left: Int { before - kept - missing }

  public mutating func add(_ chosen: ChosenRows, of rows: Int) {
    before += rows
    kept += chosen.rows.count
    missing += chosen.missing
    add(chosen.reasons)
    near = chosen.near ?? near
    counts += chosen.counts
  }

  /// Rows that were all kept.
  public mutating func addAll(_ rows: Int) {
    before += rows
    kept += rows
  }

  /// Adds rows of which only so many are known to be kept, and to have no value.
  public mutating func add(kept: Int, missing: Int, of rows: Int) {
    before += rows
    self.kept += kept
    self.missing += missing
  }

  mutating func add(_ other: ChoiceCount) {
    before += other.before
    kept += other.kept
    missing += other.missing
    add(other.reasons)
    near = other.near ?? near
    counts += other.counts
  }

  private mutating func add(_ more: [Int]) {
    reasons += [Int](repeating: 0, count: max(0, more.count - reasons.count))
    for (place, count) in more.enumerated() { reasons[place] += count }
  }

  /// What a stage says of the choice.
  public func remarks(of chooser: any RowChooser) -> [StageRemark] {
    // A condition without a value is among the missing ones, which are told.
    var told = counts
    told.notANumber = 0
    return [.chosen(from: before, to: kept, chooser.remark(self))] + told.remarks
  }
}
