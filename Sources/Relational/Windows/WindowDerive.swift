import Expressions
import Kernels
import Plan
import Tables

/// Makes columns of the rows around each row, within parts that agree in some columns and in an order, and of statistics of the parts. The
/// rows stay where they are. It reads other rows, so it moves the cut: each column is a raw one from there on.
public struct WindowDerive: TableTransform {
  public struct Derivation: Sendable, Hashable {
    public let name: String
    public let expression: Expression
    /// The right side as written.
    public let words: String

    public init(_ name: String, _ expression: Expression, words: String) {
      self.name = name
      self.expression = expression
      self.words = words
    }
  }

  private let derivations: [Derivation]
  private let by: [String]
  private let order: [Sort.Key]?

  /// The derivations work from left to right. `order` without a key is that of the rows as they stand; nil is none, where only
  /// statistics of the parts are asked for.
  public init(_ derivations: [Derivation], by: [String], order: [Sort.Key]?) {
    self.derivations = derivations
    self.by = by
    self.order = order
  }

  public var words: String {
    var parts = derivations.map { "\($0.name) = \($0.words)" }
    if !by.isEmpty { parts.append("by: \(Self.listed(by))") }
    if let order {
      let keys = order.map { $0.isDescending ? "{\($0.column): down}" : $0.column }
      parts.append("order: \(keys.isEmpty ? "rows" : Self.listed(keys))")
    }
    return "derive " + parts.joined(separator: ", ")
  }

  private static func listed(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
  }

  /// The columns that it reads.
  public var reads: Set<String> {
    var reads = Set(by + (order ?? []).map(\.column))
    var made: Set<String> = []
    for derivation in derivations {
      reads.formUnion(Set(derivation.expression.columns).subtracting(made))
      made.insert(derivation.name)
    }
    return reads
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    // Whatever it reads, the rows after it are a model's raw rows: what is fitted would be settled by all of them.
    try schema.requireRaw(reads.sorted() + schema.names)
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: schema.isOpen, rowCount: schema.rowCount)
    for derivation in derivations {
      // It may read the ones before it, which stand in the schema that comes.
      let around = by + (order ?? []).map(\.column)
      next.set(
        derivation.name,
        next.rawFacts(
          derivation.name, derivation.expression.type, from: derivation.expression.columns + around))
    }
    return next.following(schema)
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let (made, counts) = try columns(of: inputs[0], progress)
    let rows: Rows
    switch inputs[0] {
    case .whole(let table):
      var next = table
      next.set(made.map { ($0.name, ColumnStatistics($0.column)) })
      rows = .whole(next)
    case .stored:
      rows = try executor.collect(progress) { keep throws(EngineError) in
        var first = 0
        try inputs[0].fold(nil, progress) { chunk throws(EngineError) in
          let places = RowList(first..<first + chunk.rowCount)
          var next = chunk
          next.set(made.map { ($0.name, ColumnStatistics($0.column.take(places))) })
          first += chunk.rowCount
          try keep(next)
          return true
        }
      }
    }
    return Collected(rows: rows, notes: counts.remarks.map { StageNote(step: words, $0) })
  }

  /// The columns that are made, each once; of the rows only what is read has to be in memory.
  private func columns(
    of rows: Rows, _ progress: Progress
  ) throws(EngineError) -> (made: [(name: String, column: Column)], counts: EvaluationCounts) {
    var work = WindowWork(try rows.table(reads, progress), rows: rows.rowCount, by: by, order: order ?? [], progress)
    var names: [String] = []
    for derivation in derivations {
      try work.derive(derivation.name, derivation.expression)
      if !names.contains(derivation.name) { names.append(derivation.name) }
    }
    return (names.compactMap { name in work.table[name].map { (name, $0) } }, work.counts)
  }
}

/// The columns at hand while derivations go from left to right.
private struct WindowWork {
  private(set) var table: Table
  private(set) var counts = EvaluationCounts()
  private let by: [String]
  private let order: [Sort.Key]
  private let progress: Progress
  /// Parts and order are those of the columns as they came.
  private let original: Table
  private var frame: WindowFrame?

  init(_ table: Table, rows: Int, by: [String], order: [Sort.Key], _ progress: Progress) {
    self.table = table.names.isEmpty ? Table([], rowCount: rows) : table
    original = self.table
    self.by = by
    self.order = order
    self.progress = progress
  }

  mutating func derive(_ name: String, _ expression: Expression) throws(EngineError) {
    var known: [Expression: String] = [:]
    let plain = try expression.replacingStatistics { part throws(EngineError) in
      if case .window(.diff, let arguments) = part {
        // Its column has the cells before, and the subtraction is that of every expression.
        return .call(.subtract, [arguments[0], .column(try columnName(of: part, &known), arguments[0].type)])
      }
      return .column(try columnName(of: part, &known), part.type)
    }
    let (column, said) = try plain.column(on: table, progress)
    counts += said
    table.set([(name, ColumnStatistics(column))])
  }

  /// The name of the column that has what a statistic or a function of the rows around gives.
  private mutating func columnName(
    of part: Expression, _ known: inout [Expression: String]
  ) throws(EngineError) -> String {
    if let name = known[part] { return name }
    let name = Grouping.name(table.names.count)
    let column: Column
    switch part {
    case .window(let function, let arguments): column = try window(function, arguments)
    case .aggregate(let aggregate, let arguments): column = try statistic(StatisticCall(aggregate, arguments))
    case .column, .literal, .missing, .call: column = .missing(part.type, count: table.rowCount)
    }
    table.set([(name, ColumnStatistics(column))])
    known[part] = name
    return name
  }

  private mutating func window(
    _ function: WindowFunction, _ arguments: [Expression]
  ) throws(EngineError) -> Column {
    var value: Column?
    if function.firstCount != 0, let first = arguments.first {
      let (column, said) = try first.column(on: table, progress)
      counts += said
      value = column
    }
    let run = WindowRun(frame: try settledFrame(), progress: progress)
    let (column, overflows) = try EngineError.checking { () throws(Cancelled) in
      try run.column(function, value, function.counts(arguments) ?? [])
    }
    counts.notANumber += overflows
    return column
  }

  /// The statistic of its part for each row, the rows taken in their order.
  private mutating func statistic(_ call: StatisticCall) throws(EngineError) -> Column {
    let frame = try settledFrame()
    var statistics = try GroupStatistics([call])
    let rows = table.select(table.names.filter(statistics.reads.contains))
    let chunk = rows.names.isEmpty ? Table([], rowCount: table.rowCount) : rows.take(RowList(ids: frame.order))
    let groups = frame.order.map { frame.parts[Int($0)] }
    let (column, overflows) = try EngineError.checking { () throws(Cancelled) in
      repeat {
        try statistics.add(chunk, groups, of: frame.partCount, progress)
      } while statistics.endPass()
      return try statistics.column(of: call, progress)
    }
    counts += statistics.counts
    counts.notANumber += overflows
    return column.take(RowList(ids: frame.parts))
  }

  private mutating func settledFrame() throws(EngineError) -> WindowFrame {
    if let frame { return frame }
    let made = try EngineError.checking { () throws(Cancelled) in
      try WindowFrame(original, by: by, order: order, progress)
    }
    frame = made
    return made
  }
}
