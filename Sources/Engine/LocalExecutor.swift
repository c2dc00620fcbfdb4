import Kernels
import Plan
import Storage
import Tables

/// Collects relations in this process: in memory while they are small beside the bound, from a file of chunks beyond.
public struct LocalExecutor: Executor {
  /// Tests keep every table in a file, in chunks of so many rows; nil for what the bound of memory asks for.
  private let rowsPerChunk: Int?

  public init() { rowsPerChunk = nil }

  init(rowsPerChunk: Int?) { self.rowsPerChunk = rowsPerChunk }

  public func base(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Table {
    try baseRows(relation, progress).rows.table(nil, progress)
  }

  private func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    if let rows = relation.base.current { return rows }
    let rows = try read(relation.origin, progress)
    relation.base.keep(rows)
    return rows
  }

  private func read(_ origin: Relation.Origin, _ progress: Progress) throws(EngineError) -> Collected {
    switch origin {
    case .transformed(let previous, let transform):
      return try transform.apply(try table(previous, columns: nil, progress), progress)
    case .source(let source, let columns, let filters):
      let reading = SourceReading(source, columns, rowsPerChunk: rowsPerChunk)
      if !filters.isEmpty, let sifted = try SiftedReading(reading, filters).rows(progress) { return sifted }
      return try reading.rows(progress)
    }
  }

  public func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    if let rows = relation.kept.current { return rows }
    let base = try baseRows(relation, progress)
    if let rows = relation.kept.current { return rows }
    let collected = try step(relation, base.rows, progress)
    relation.kept.keep(collected)
    return collected
  }

  public func table(
    _ relation: Relation, columns: Set<String>?, _ progress: Progress
  ) throws(EngineError) -> Table {
    try rows(relation, progress).rows.table(columns, progress)
  }

  /// Only the last step runs when the rows before it are still held, unless it is one that a whole recipe decides.
  private func step(_ relation: Relation, _ base: Rows, _ progress: Progress) throws(EngineError) -> Collected {
    if let before = relation.previous.rows?.current, let last = relation.recipe.steps.last {
      switch before.rows {
      case .whole(let table):
        let label = relation.recipe.steps.dropLast().compactMap { if case .label = $0 { $0 } else { nil } }.last
        let recipe = Recipe(steps: (label.map { [$0] } ?? []) + [last])
        let rows = RowList(0..<table.rowCount)
        let fitted = try recipe.fit(on: table, rows: rows, choosing: .all, progress)
        return Collected(table: fitted.table, notes: fitted.notes)
      case .stored(let rows as SpilledRows): return try step(last, on: rows, progress)
      case .stored(let rows as SiftedRows): if let next = rows.after(last) { return next }
      case .stored: break
      }
    }
    switch base {
    case .stored(var rows as SpilledRows):
      var notes: [StageNote] = []
      for step in relation.recipe.steps {
        let next = try self.step(step, on: rows, progress)
        notes = next.notes
        guard case .stored(let stored as SpilledRows) = next.rows else { break }
        rows = stored
      }
      return Collected(rows: .stored(rows), notes: notes)
    case .stored, .whole:
      let table = try base.table(nil, progress)
      let fitted = try relation.recipe.fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, progress)
      return Collected(table: fitted.table, notes: fitted.notes.filter { $0.place == relation.recipe.steps.count - 1 })
    }
  }

  private func step(_ step: Step, on rows: SpilledRows, _ progress: Progress) throws(EngineError) -> Collected {
    let (next, remarks) = try rows.appending(step, progress)
    return Collected(rows: .stored(next), notes: remarks.map { StageNote(step: step.words, $0) })
  }
}
