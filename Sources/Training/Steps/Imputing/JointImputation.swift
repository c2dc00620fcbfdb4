import Expressions
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// Fills the missing cells of number columns from the other columns of the same row, as rows that are known suggest.
public struct JointImputation: FeatureStep {
  public enum Method: Sendable, Hashable {
    /// The mean of the nearest rows.
    case knn(Int)
    /// Chained equations, of at most so many rounds.
    case iterative(Int)

    var word: String {
      switch self {
      case .knn(let count): "knn(\(count))"
      case .iterative(Self.usualRounds): "iterative"
      case .iterative(let rounds): "iterative(max_iter: \(rounds))"
      }
    }

    /// As scikit-learn's.
    public static let usualCount = 5
    public static let usualRounds = 10
  }

  public let columns: [String]
  /// What rows are compared by, or equations are of: the columns that are filled among them.
  public let sources: [String]
  public let method: Method
  /// Whether bool columns `NAME_missing` say where cells were missing.
  public let flag: Bool

  /// `sources` are all columns that count, in the order of the table; those to be filled are added where they are not among them.
  public init(_ columns: [String], from sources: [String], _ method: Method, flag: Bool = false) {
    self.columns = columns
    self.sources = sources + columns.filter { !sources.contains($0) }
    self.method = method
    self.flag = flag
  }

  public var words: String {
    let names = NameList.of(columns, most: 6)
    return "impute \(columns.count == 1 ? names : "[\(names)]") = \(method.word)" + (flag ? ", flag: true" : "")
  }
  public var key: StepKey {
    StepKey("impute_jointly", [method.word, "\(columns.count)"] + columns + sources + (flag ? ["flag"] : []))
  }
  public var isFitted: Bool { true }
  public var reads: [String] { sources }
  public var writes: [String] { flags + columns }
  private var flags: [String] { flag ? columns.map(Impute.flagColumn) : [] }

  public var withoutStatistics: [any FeatureStep] {
    zip(columns, flags).map { MissingFlag($0, as: $1) }
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    for name in sources {
      guard schema[name] != .absent else { throw EngineError(.column(.unknown(name, in: schema.name))) }
      if let type = schema.facts(of: name)?.type { try require(type, of: name) }
    }
    var next = schema
    for (column, flag) in zip(columns, flags) { next.set(flag, schema.facts(reading: [column], type: .bool)) }
    for column in columns {
      var facts = schema.facts(reading: sources, type: .float, fittedBy: words)
      facts.settled = (schema.facts(of: column)?.settled ?? []).union([.filled])
      next.set(column, facts)
    }
    return next
  }

  /// Only numbers are filled; truths may be compared by.
  private func require(_ type: ColumnType, of name: String) throws(EngineError) {
    if type.isNumeric || (type == .bool && !columns.contains(name)) { return }
    throw EngineError(.column(.wrongType(name, type, for: .statistic(method.word))))
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    var known: [String] = []
    for name in sources {
      guard let cells = table[name] else { throw EngineError(.column(.unknown(name))) }
      try require(cells.type, of: name)
      if case .int(let wholes) = cells, columns.contains(name) { try Impute.checkDigits(name, wholes, method.word) }
      // A column without any value says nothing, and has nothing to be filled with.
      if cells.missingCount < cells.count { known.append(name) }
    }
    let rows = try NumberRows(table, known, progress)
    let fitted: FittedJointImputation.Filling
    var remark: StageRemark?
    switch method {
    case .knn(let count): fitted = .neighbours(rows.values, count: count, otherwise: rows.means)
    case .iterative(let rounds):
      let chain = try ChainedEquations(rows, rounds: rounds, progress)
      fitted = .chain(start: rows.means, chain.steps)
      if chain.rounds > 0 { remark = .chained(rounds: chain.rounds, isSettled: chain.isSettled) }
    }
    let types = columns.compactMap { table[$0]?.type }
    return FittedJointImputation(
      columns: columns, types: types, flags: flags, known: known, filling: fitted, remark: remark)
  }
}

private struct FittedJointImputation: FittedStep {
  enum Filling: Sendable {
    case neighbours([Double], count: Int, otherwise: [Double])
    case chain(start: [Double], [ChainOperator.Step])
  }

  let columns: [String]
  let types: [ColumnType]
  let flags: [String]
  let known: [String]
  let filling: Filling
  let remark: StageRemark?

  var writes: [String] { flags + columns }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    for (place, flag) in flags.enumerated() {
      try scope.set(flag, .call(.isMissing, [.column(columns[place], types[place])]))
    }
    guard known.contains(where: columns.contains) else { return }
    var ports: [Port] = []
    for name in known { ports.append(.column(try scope.column(name))) }
    let row = scope.builder.concatenate(ports)
    let filled: VectorPort
    switch filling {
    case .neighbours(let rows, let count, let otherwise):
      filled = scope.builder.neighbours(row, rows: rows, count: count, otherwise: otherwise)
    case .chain(let start, let steps): filled = scope.builder.chain(row, start: start, steps: steps)
    }
    for (place, name) in known.enumerated() where columns.contains(name) {
      scope.set(name, .column(scope.builder.element(filled, place)))
    }
  }

  func fills(of rows: Table, into made: [Column], isPart: Bool) -> [FilledColumn] {
    zip(columns, made.dropFirst(flags.count)).compactMap { name, after in
      rows[name].map { FilledColumn(name, from: $0, to: after, isPart: isPart) }
    }
  }
}
