import Expressions
import Kernels
import Plan
import Tables

extension Expression {
  /// The value of every row of a table, and what is to be said of them. Columns are found by name; one that is not there is missing.
  func column(on table: Table, _ progress: Progress) throws(EngineError) -> (
    column: Column, counts: EvaluationCounts
  ) {
    let compiled: CompiledExpression
    do throws(ExpressionError) { compiled = try CompiledExpression(self) } catch {
      throw EngineError(.column(.expression(display, error)))
    }
    let inputs = compiled.inputs.map { table[$0.name] ?? .missing($0.type, count: table.rowCount) }
    return try EngineError.checking { () throws(Cancelled) in
      try compiled.evaluate(inputs, rowCount: table.rowCount, progress)
    }
  }
}

extension RelationSchema {
  /// Refuses columns that are not there, and those that a fitted step has made: what is fitted on the training part alone is not there
  /// yet where rows are read together.
  func requireRaw(_ columns: [String]) throws(EngineError) {
    for column in columns {
      guard self[column] != .absent else { throw EngineError(.column(.unknown(column, in: name))) }
      guard let words = facts(of: column)?.fittedBy else { continue }
      throw EngineError(.column(.fitted(column, by: words)))
    }
  }

  /// As the schema of a table that is made of another's rows: the words for missing cells are those of its files, and the label is the
  /// label as long as it is there.
  func following(_ before: RelationSchema) -> RelationSchema {
    var next = self
    next.missingWords = before.missingWords
    next.unlisted = unlisted.joined(before.unlisted)
    if let label = before.label, facts(of: label.name) != nil {
      next.label = LabelSpec(name: label.name, positive: label.positive, origins: [label.name], task: label.task)
    }
    return next
  }
}
