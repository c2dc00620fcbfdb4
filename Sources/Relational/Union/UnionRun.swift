import Kernels
import Plan
import Tables

/// A union at work on the rows of its tables.
struct UnionRun {
  private let columns: [UnitedColumns.Column]
  private let source: String?
  private let names: [String]
  private let inputs: [Rows]
  private let progress: Progress

  init(columns: [UnitedColumns.Column], source: String?, names: [String], inputs: [Rows], _ progress: Progress) {
    self.columns = columns
    self.source = source
    self.names = names
    self.inputs = inputs
    self.progress = progress
  }

  /// Throws `wrongType` where a whole number would be rounded.
  func rows(_ executor: any Executor) throws(EngineError) -> Rows {
    if let table = try atOnce() { return .whole(table) }
    return try executor.collect(progress) { keep throws(EngineError) in
      try eachPart { part throws(EngineError) in try keep(part) }
    }
  }

  /// The rows as one table; nil where not all are in memory, or the result would not fit there.
  private func atOnce() throws(EngineError) -> Table? {
    var rowCount = 0
    for rows in inputs {
      guard case .whole(let table) = rows else { return nil }
      rowCount += table.rowCount
    }
    let size = columns.reduce(8) { $0 + ($1.type?.cellSize ?? 8) }
    do throws(OutOfMemory) { try Memory.require(rowCount * size) } catch { return nil }
    var parts: [Table] = []
    try eachPart { part throws(EngineError) in parts.append(part) }
    return ChunkedTable(schema: schema, chunks: parts).whole()
  }

  private var schema: Schema { Schema(columns.map { Field($0.name, $0.type ?? .float) }) }

  /// Gives the rows of every table as the result has them, those that are there; one part without rows where there are none.
  private func eachPart(_ take: (Table) throws(EngineError) -> Void) throws(EngineError) {
    let all = inputs.reduce(0) { $0 + $1.rowCount }
    let wanted = Set(columns.map(\.name))
    var passed = 0
    for (rows, name) in zip(inputs, names) {
      try rows.fold(wanted, progress) { chunk throws(EngineError) in
        try EngineError.checking { () throws(Cancelled) in
          try progress.checkpoint(Double(passed) / Double(max(1, all)), "putting rows together")
        }
        passed += chunk.rowCount
        if chunk.rowCount > 0 { try take(try conformed(chunk, name)) }
        return true
      }
    }
    if all == 0, let first = inputs.first {
      try take(try conformed(try first.head(0, progress), names.first ?? ""))
    }
  }

  private func conformed(_ chunk: Table, _ name: String) throws(EngineError) -> Table {
    var made: [Column] = []
    for column in columns {
      let type = column.type ?? .float
      if column.name == source {
        made.append(
          .text(TextCells(.dictionary(codes: [Int32](repeating: 0, count: chunk.rowCount), words: [name]))))
        continue
      }
      switch (chunk[column.name], type) {
      case (nil, .text):
        let none = Bitmap(repeating: false, count: chunk.rowCount)
        let codes = [Int32](repeating: 0, count: chunk.rowCount)
        made.append(.text(TextCells(.dictionary(codes: codes, words: [""]), validity: none)))
      case (nil, _): made.append(.missing(type, count: chunk.rowCount))
      case (let cells?, .float):
        if let lost = cells.firstLost { throw EngineError(.column(.losesDigits(column.name, lost, by: Self.verb))) }
        made.append(cells.asFloat)
      case (let cells?, _): made.append(cells)
      }
    }
    return Table(names: columns.map(\.name), columns: made, rowCount: chunk.rowCount)
  }

  /// As messages call it.
  private static let verb = "union"
}

extension Column {
  /// Whole numbers as floats; any other column as it is.
  fileprivate var asFloat: Column {
    guard case .int(let cells) = self else { return self }
    return .float(Cells(cells.values.map(Double.init), validity: cells.validity))
  }
}
