import Expressions
import Kernels
import Plan
import Tables

/// Makes one row of each group of rows that agree in some columns. It reads other rows, so it moves the cut: each column of the result is a
/// raw one from there on.
public struct GroupBy: TableTransform {
  /// A column of the result: an expression over statistics of the group, its keys, and the outputs before it.
  public struct Output: Sendable, Hashable {
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

  private let keys: [String]
  private let outputs: [Output]
  /// Tests part rows that take more bytes; nil for what the bound of memory asks for.
  private let stateBound: Int?

  /// The key columns, none for one group of all rows, and what there is to be of each group.
  public init(by keys: [String], _ outputs: [Output]) { self.init(by: keys, outputs, stateBound: nil) }

  init(by keys: [String], _ outputs: [Output], stateBound: Int?) {
    self.keys = keys
    self.outputs = outputs
    self.stateBound = stateBound
  }

  public var words: String {
    let by = keys.isEmpty ? [] : ["by: " + (keys.count == 1 ? keys[0] : "[\(keys.joined(separator: ", "))]")]
    return "group " + (by + outputs.map { "\($0.name) = \($0.words)" }).joined(separator: ", ")
  }

  /// The columns that it reads: what a statistic is of is a column of the rows, also where an output has its name.
  public var reads: Set<String> {
    // Outside of statistics stand keys and outputs alone.
    Set(keys).union(OutputPlan(keys, outputs).calls.flatMap(\.arguments).flatMap(\.columns))
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try schema.requireRaw(reads.sorted())
    var next = RelationSchema(name: schema.name)
    for key in keys { next.set(key, schema.rawFacts(key, schema.facts(of: key)?.type, from: [key])) }
    for output in outputs {
      guard next.facts(of: output.name) == nil else { throw EngineError(.column(.taken(output.name))) }
      // An output may read the ones before it.
      let (made, read) = output.expression.columns.reduce(into: ([String](), [String]())) { parts, name in
        if next.facts(of: name) == nil { parts.1.append(name) } else { parts.0.append(name) }
      }
      var facts = schema.rawFacts(output.name, output.expression.type, from: read)
      facts.sensitivity = facts.sensitivity.joined(next.sensitivity(of: made))
      next.set(output.name, facts)
    }
    return next.following(schema)
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    let plan = OutputPlan(keys, outputs)
    let grouping = Grouping(keys: keys, calls: plan.calls, stateBound: stateBound)
    var counts = EvaluationCounts()
    var facts = GroupFacts()
    func finished(_ chunk: Table) throws(EngineError) -> Table {
      let (table, said) = try plan.outputs(of: chunk, progress)
      counts += said
      return table
    }
    let given = grouping.divided(inputs[0])
    let rows: Rows
    if case .whole = given {
      var whole: Table?
      facts = try grouping.run(given, progress) { chunk throws(EngineError) in whole = try finished(chunk) }
      rows = .whole(whole ?? Table([], rowCount: 0))
    } else {
      rows = try executor.collect(progress) { keep throws(EngineError) in
        facts = try grouping.run(given, progress) { chunk throws(EngineError) in try keep(try finished(chunk)) }
      }
    }
    facts.counts += counts
    return Collected(rows: rows, notes: facts.remarks.map { StageNote(step: words, $0) })
  }
}

/// What is asked of groups, and how the outputs are made of it.
private struct OutputPlan {
  let calls: [StatisticCall]
  private let keys: [String]
  /// The outputs with a column for each statistic.
  private let outputs: [(name: String, expression: Expression)]

  init(_ keys: [String], _ outputs: [GroupBy.Output]) {
    var calls: [StatisticCall] = []
    var rewritten: [(String, Expression)] = []
    for output in outputs {
      let expression = output.expression.replacingStatistics { statistic in
        guard case .aggregate(let aggregate, let arguments) = statistic else { return statistic }
        let call = StatisticCall(aggregate, arguments)
        let place = calls.firstIndex(of: call) ?? calls.count
        if place == calls.count { calls.append(call) }
        return .column(Grouping.name(place), statistic.type)
      }
      rewritten.append((output.name, expression))
    }
    self.keys = keys
    self.calls = calls
    self.outputs = rewritten
  }

  /// The key columns and the outputs, of key columns and statistics; and what is to be said of their cells.
  func outputs(of chunk: Table, _ progress: Progress) throws(EngineError) -> (table: Table, counts: EvaluationCounts) {
    var (work, counts) = (chunk, EvaluationCounts())
    for (name, expression) in outputs {
      if case .column(let made, _) = expression, let statistics = work.statistics(of: made) {
        work.set([(name, statistics)])
        continue
      }
      let (column, said) = try expression.column(on: work, progress)
      counts += said
      work = work.with(name, column)
    }
    let table = work.select(keys + outputs.map(\.name))
    return (table.names.isEmpty ? Table([], rowCount: chunk.rowCount) : table, counts)
  }
}
