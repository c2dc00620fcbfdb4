import Kernels
import Plan
import Storage
import Tables

/// Rows in files of chunks, with the steps that each chunk goes through when it is asked for.
struct SpilledRows: StoredRows {
  let chunks: any RowChunks
  let recipe: SettledRecipe
  let schema: Schema
  let rowCount: Int
  let missing: [Int]

  /// The rows of chunks as they are.
  init(_ chunks: any RowChunks) {
    self.chunks = chunks
    recipe = SettledRecipe()
    schema = chunks.schema
    rowCount = chunks.rowCount
    missing = chunks.missing
  }

  /// The rows of a table, put into a file. Throws `cannotWrite`.
  init(writing table: Table, _ progress: Progress) throws(EngineError) {
    let writer = try TemporaryRows()
    for start in stride(from: 0, to: max(1, table.rowCount), by: Spilling.chunkRows) {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      try writer.append(table.take(RowList(start..<min(table.rowCount, start + Spilling.chunkRows))))
    }
    self.init(writer.finish().file)
  }

  var isByColumn: Bool { recipe.isEmpty }

  private init(_ chunks: any RowChunks, _ recipe: SettledRecipe, _ facts: RowFacts) {
    self.chunks = chunks
    self.recipe = recipe
    schema = facts.schema
    rowCount = facts.rowCount
    missing = facts.missing
  }

  func fold(
    _ columns: Set<String>?, _ progress: Progress, _ take: (Table) throws(EngineError) -> Bool
  ) throws(EngineError) {
    let names = schema.fields.map(\.name).filter { columns?.contains($0) ?? true }
    let (steps, raw) = recipe.restricted(to: Set(names))
    let read = raw.intersection(chunks.schema.fields.map(\.name))
    // The columns as they are without rows: a vector keeps the names of its places.
    var none: Table?
    var isEmpty = true
    var pass = try each(by: steps, reading: read, progress) { chunk throws(EngineError) in
      let rows = chunk.select(names)
      if rows.rowCount == 0 {
        none = rows
        return true
      }
      isEmpty = false
      return try take(rows)
    }
    if !isEmpty { return }
    if let none {
      _ = try take(none)
    } else {
      _ = try take(pass.take(Table(schemaOf: chunks.schema), progress).select(names))
    }
  }

  /// The rows after one more step, with what the step has to say. One pass over the columns that the step reads, and one over those
  /// that it makes.
  func appending(_ step: Step, _ progress: Progress) throws(EngineError) -> (rows: SpilledRows, remarks: [StageRemark])
  {
    if case .choose(let chooser) = step, chooser.choice == .order {
      return try SpilledSort(self, chooser).sorted(progress)
    }
    let (next, said) = try recipe.appending(step, progress) { names throws(EngineError) in
      try Rows.stored(self).table(Set(names), progress)
    }
    var facts = RowFacts(self)
    var remarks = said
    switch step {
    case .feature(let feature):
      let (made, passed) = try counted(next, feature.writes, progress)
      facts = facts.making(made)
      remarks += passed
    case .choose:
      // A column without a gap has none in fewer rows.
      let gaps = zip(schema.fields, missing).compactMap { $1 > 0 ? $0.name : nil }
      let (left, passed) = try counted(next, gaps, progress)
      facts = facts.choosing(left)
      remarks += passed
    case .select, .drop, .rename, .label:
      var pass = next.pass()
      let none = try pass.take(Table(schemaOf: chunks.schema), progress)
      facts = facts.renamed(as: none.schema, by: step)
    }
    return (SpilledRows(chunks, next, facts), remarks)
  }

  /// What is known of some columns after the last of the steps, and what that has to say: one pass over what they are made of.
  private func counted(
    _ steps: SettledRecipe, _ columns: [String], _ progress: Progress
  ) throws(EngineError) -> (facts: RowFacts, remarks: [StageRemark]) {
    let (needed, read) = steps.restricted(to: Set(columns))
    var count = RowFacts.Count()
    let pass = try each(by: needed, reading: read, progress) { chunk throws(EngineError) in
      count.add(chunk.select(columns))
      return true
    }
    return (count.facts, pass.lastRemarks())
  }

  static func checking<Result>(_ body: () throws(ChunkFileError) -> Result) throws(EngineError) -> Result {
    do { return try body() } catch { throw EngineError(error) }
  }
}

/// What is known of rows as a whole: types, how many, and how many cells are missing.
struct RowFacts {
  let schema: Schema
  let rowCount: Int
  let missing: [Int]

  init(schema: Schema, rowCount: Int, missing: [Int]) {
    self.schema = schema
    self.rowCount = rowCount
    self.missing = missing
  }

  init(_ rows: SpilledRows) { self.init(schema: rows.schema, rowCount: rows.rowCount, missing: rows.missing) }

  /// After a step that changes no cell.
  func renamed(as schema: Schema, by step: Step) -> RowFacts {
    var olds: [String: String] = [:]
    if case .rename(let pairs) = step { for pair in pairs { olds[pair.new] = pair.old } }
    let known = Dictionary(zip(self.schema.fields.map(\.name), missing), uniquingKeysWith: { first, _ in first })
    return RowFacts(
      schema: schema, rowCount: rowCount,
      missing: schema.fields.map { known[olds[$0.name] ?? $0.name] ?? 0 })
  }

  /// Of fewer rows, `left` saying how many and what is missing in those columns that had a gap.
  func choosing(_ left: RowFacts) -> RowFacts {
    let gaps = Dictionary(zip(left.schema.fields.map(\.name), left.missing), uniquingKeysWith: { first, _ in first })
    return RowFacts(schema: schema, rowCount: left.rowCount, missing: schema.fields.map { gaps[$0.name] ?? 0 })
  }

  /// With columns that a step made for the same rows, each in the place of the one of its name or at the end.
  func making(_ made: RowFacts) -> RowFacts {
    var fields = schema.fields
    var missing = missing
    for (field, count) in zip(made.schema.fields, made.missing) {
      if let place = fields.firstIndex(where: { $0.name == field.name }) {
        (fields[place], missing[place]) = (field, count)
      } else {
        fields.append(field)
        missing.append(count)
      }
    }
    return RowFacts(schema: Schema(fields), rowCount: rowCount, missing: missing)
  }

  /// Chunks counted one after the other.
  struct Count {
    private var schema = Schema([])
    private var rowCount = 0
    private var missing: [Int] = []
    /// Of rows that nobody has seen.
    private var unseen: [String: Int] = [:]

    /// Adds rows of which only so much is known.
    mutating func add(_ rows: Int, missing: [String: Int]) {
      rowCount += rows
      unseen.merge(missing, uniquingKeysWith: +)
    }

    mutating func add(_ chunk: Table) {
      if missing.isEmpty {
        schema = chunk.schema
        missing = chunk.columns.map { _ in 0 }
      }
      rowCount += chunk.rowCount
      for (place, column) in chunk.columns.enumerated() { missing[place] += column.missingCount }
    }

    /// The same of columns that have got other types since.
    func facts(as last: Schema) -> RowFacts {
      let seen = missing.isEmpty ? last.fields.map { _ in 0 } : missing
      let all = zip(last.fields, seen).map { $1 + (unseen[$0.name] ?? 0) }
      return RowFacts(schema: last, rowCount: rowCount, missing: all)
    }

    var facts: RowFacts { RowFacts(schema: schema, rowCount: rowCount, missing: missing) }
  }
}

extension Table {
  /// No rows, of the columns of a schema.
  init(schemaOf schema: Schema) {
    self.init(schema.fields.map { ($0.name, Column.missing($0.type, count: 0)) }, rowCount: 0)
  }
}

extension EngineError {
  /// What kept rows could not be written or read for.
  init(_ error: ChunkFileError) {
    switch error {
    case .file(let file): self.init(.file(.notKept(file)))
    case .damaged(let path): self.init(.file(.damagedRows(path)))
    }
  }
}
