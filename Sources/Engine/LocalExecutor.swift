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
    try baseRows(relation, progress).table(nil, progress)
  }

  public func baseRows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Rows {
    try collectedBase(relation, progress).rows
  }

  public func collect(
    _ progress: Progress, _ make: (_ keep: (Table) throws(EngineError) -> Void) throws(EngineError) -> Void
  ) throws(EngineError) -> Rows {
    var spilling = Spilling(rowsPerChunk: rowsPerChunk)
    var (schema, rowCount) = (Schema([]), 0)
    try make { chunk throws(EngineError) in
      (schema, rowCount) = (chunk.schema, rowCount + chunk.rowCount)
      try SpilledRows.checking { () throws(ChunkFileError) in try spilling.take(chunk) }
    }
    let report = ScanReport(schema: schema, rowCount: rowCount)
    return try SpilledRows.checking { () throws(ChunkFileError) in try spilling.rows(report) }
  }

  private func collectedBase(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    if let rows = relation.base.current { return rows }
    let rows = try read(relation.origin, progress)
    relation.base.keep(rows)
    return rows
  }

  private func read(_ origin: Relation.Origin, _ progress: Progress) throws(EngineError) -> Collected {
    switch origin {
    case .transformed(let previous, let transform):
      var inputs: [Rows] = []
      for relation in [previous] + transform.others { inputs.append(try rows(relation, progress).rows) }
      return try transform.apply(inputs, self, progress)
    case .source(let source, let columns, let filters):
      let reading = SourceReading(source, columns, rowsPerChunk: rowsPerChunk)
      if !filters.isEmpty, let sifted = try SiftedReading(reading, filters).rows(progress) { return sifted }
      return try reading.rows(progress)
    }
  }

  public func rows(_ relation: Relation, _ progress: Progress) throws(EngineError) -> Collected {
    if let rows = relation.kept.current { return rows }
    let base = try collectedBase(relation, progress)
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

  /// Only the last steps run when the rows before them are still held.
  private func step(_ relation: Relation, _ base: Rows, _ progress: Progress) throws(EngineError) -> Collected {
    let steps = relation.recipe.steps
    let first = steps.count - relation.stepsSince
    if let before = relation.previous.rows?.current, first < steps.count,
      let collected = try following(before.rows, steps, from: first, progress)
    {
      return collected
    }
    if case .stored(let rows as SpilledRows) = base { return try run(steps, on: rows, saying: first, progress) }
    let table = try base.table(nil, progress)
    let fitted = try relation.recipe.fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, progress)
    guard Spilling.hasMemory(for: fitted.tableByteCount) else {
      return try run(steps, on: SpilledRows(writing: table, progress), saying: first, progress)
    }
    return Collected(table: fitted.table, notes: fitted.notes.filter { $0.place >= first })
  }

  /// The steps from `first` on, run on the rows that those before them left; nil where these rows are not at hand.
  private func following(
    _ rows: Rows, _ steps: [Step], from first: Int, _ progress: Progress
  ) throws(EngineError) -> Collected? {
    switch rows {
    case .whole(let table):
      if let collected = try LastSteps(steps, from: first).collected(on: table, progress) { return collected }
      return try run(Array(steps[first...]), on: SpilledRows(writing: table, progress), saying: 0, progress)
    case .stored(let rows as SpilledRows): return try run(Array(steps[first...]), on: rows, saying: 0, progress)
    case .stored(let rows as SiftedRows):
      guard let next = rows.after(steps[first]) else { return nil }
      if first + 1 == steps.count { return next }
      guard let rest = try following(next.rows, steps, from: first + 1, progress) else { return nil }
      return Collected(rows: rest.rows, notes: next.notes + rest.notes)
    case .stored: return nil
    }
  }

  /// The notes are those of the steps from `first` on.
  private func run(
    _ steps: [Step], on rows: SpilledRows, saying first: Int, _ progress: Progress
  ) throws(EngineError) -> Collected {
    var rows = rows
    var notes: [StageNote] = []
    for (place, step) in steps.enumerated() {
      let (next, remarks) = try rows.appending(step, progress)
      rows = next
      if place >= first { notes += remarks.map { StageNote(step: step.words, $0) } }
    }
    return Collected(rows: .stored(rows), notes: notes)
  }
}
