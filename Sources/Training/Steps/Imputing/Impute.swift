import Expressions
import Kernels
import Learners
import Notation
import Plan
import Scoring
import Tables

/// Fills the missing cells of one column with a statistic of the rows it is fitted on, or with a constant.
public struct Impute: FeatureStep {
  public enum Method: Sendable, Hashable {
    case mean, median, mode
    case constant(Cell)

    var word: String {
      switch self {
      case .mean: "mean"
      case .median: "median"
      case .mode: "mode"
      case .constant(.text(let text)): "\"\(text)\""
      case .constant(let cell): cell.description
      }
    }

    /// The word with a constant's type, so that the text 1 and the number are told apart.
    fileprivate var keyWord: String { if case .constant(let cell) = self { cell.typedText } else { word } }
  }

  public let column: String
  public let method: Method
  /// Whether a bool column `NAME_missing` says where cells were missing.
  public let flag: Bool

  public init(_ column: String, _ method: Method, flag: Bool = false) {
    self.column = column
    self.method = method
    self.flag = flag
  }

  public var words: String { "impute \(column) = \(method.word)" + (flag ? ", flag: true" : "") }
  public var told: StepWords {
    .act(verb: "impute", column: column, method: method.word + (flag ? ", flag: true" : ""))
  }
  public var key: StepKey { StepKey("impute", [column, method.keyWord] + (flag ? ["flag"] : [])) }
  public var isFitted: Bool { if case .constant = method { false } else { true } }
  public var reads: [String] { [column] }
  public var writes: [String] { flag ? [flagColumn, column] : [column] }
  private var flagColumn: String { Self.flagColumn(of: column) }

  /// What the column is called that says where another's cells were missing.
  public static func flagColumn(of column: String) -> String { column + "_missing" }

  public var withoutStatistics: [any FeatureStep] {
    if !isFitted { return [self] }
    // The column's type is the schema's to check: whether a cell is missing can be asked of any.
    return flag ? [MissingFlag(column, as: flagColumn)] : []
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else {
      throw EngineError(.column(.unknown(column, in: schema.name)))
    }
    var next = schema
    var type: ColumnType?
    if case .known(let facts) = schema[column], let known = facts.type {
      type = try method.filledType(of: known, column)
    }
    if flag {
      next.set(flagColumn, schema.facts(reading: [column], type: .bool))
    }
    var facts = schema.facts(reading: [column], type: type, fittedBy: isFitted ? words : nil)
    // A constant is far from the mean of a scaled column, or not.
    facts.settled = isFitted ? schema.facts(of: column)?.settled ?? [] : []
    if method != .constant(.missing) { facts.settled.insert(.filled) }
    next.set(column, facts)
    return next
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let cells = table[column] else {
      throw EngineError(.column(.unknown(column)))
    }
    let filled = try method.filledType(of: cells.type, column)
    if case .int(let wholes) = cells, filled == .float { try Self.checkDigits(column, wholes, method.word) }
    let value = try method.fill(column, cells.type, table, progress)
    return FittedImpute(
      column: column, type: cells.type, value: value, flagColumn: flag ? flagColumn : nil,
      isFitted: isFitted)
  }

  /// A fill that makes ints floats must not round them. Throws `losesDigits`.
  static func checkDigits(_ column: String, _ cells: Cells<Int64>, _ method: String) throws(EngineError) {
    for row in 0..<cells.count {
      guard let value = cells[row], WholeNumber.losesDigits(value) else { continue }
      throw EngineError(.column(.losesDigits(column, value, by: method)))
    }
  }
}

extension Impute.Method {
  /// A column's type once filled: a mean or median of ints is a float. Throws `wrongType` for a method that the type has not.
  func filledType(of type: ColumnType, _ column: String) throws(EngineError) -> ColumnType {
    switch self {
    case .mean, .median:
      guard type.isNumeric else {
        throw EngineError(.column(.wrongType(column, type, for: .statistic(word))))
      }
      return .float
    case .mode:
      guard type != .vector else { throw EngineError(.column(.wrongType(column, type, for: .filling(word)))) }
      return type
    case .constant(let cell):
      if cell.type == type || cell == .missing { return type }
      if type.isNumeric, cell.number != nil { return .float }
      throw EngineError(.column(.wrongType(column, type, for: .filling(word))))
    }
  }

  /// What it fills a column of the table with; missing where there is nothing to fill with.
  func fill(
    _ column: String, _ type: ColumnType, _ table: Table, _ progress: Progress
  ) throws(EngineError) -> Cell {
    let aggregate: Aggregate
    switch self {
    case .constant(let cell): return cell
    case .mode: aggregate = .mode
    case .mean: aggregate = .mean
    case .median: aggregate = .median
    }
    let fitted = try Expression.aggregate(aggregate, [.column(column, type)]).settled(on: table, progress)
    if case .literal(let cell) = fitted { return cell }
    return .missing
  }
}

private struct FittedImpute: FittedStep {
  let column: String
  let type: ColumnType
  let value: Cell
  let flagColumn: String?
  let isFitted: Bool

  var writes: [String] { (flagColumn.map { [$0] } ?? []) + [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let source = Expression.column(column, type)
    if let flagColumn { try scope.set(flagColumn, .call(.isMissing, [source])) }
    if value != .missing {
      try scope.set(column, .call(.coalesce, [source, .literal(value)]))
    } else {
      scope.set(column, try scope.port(column))
    }
  }

  func fills(of rows: Table, into made: [Column], isPart: Bool) -> [FilledColumn] {
    guard let before = rows[column], let after = made.last else { return [] }
    return [
      FilledColumn(
        column, value: value == .missing ? nil : value, isFitted: isFitted, from: before, to: after,
        isPart: isPart)
    ]
  }
}
