import Formats
import Tables

/// The rows of a query as they become chunks, one for each answer of the server.
struct PostgresRows {
  private let columns: [PostgresColumn]
  private let wanted: TypedRequest
  private let shown: String
  private var loose: [LooseColumn] = []
  private var notes: [String] = []
  private(set) var count = 0
  private(set) var byteCount = 0

  init(_ columns: [PostgresColumn], _ wanted: TypedRequest, shown: String) {
    self.columns = columns
    self.wanted = wanted
    self.shown = shown
  }

  /// Takes up what the columns are of whose numbers only values tell.
  mutating func settle(_ found: [Int: LooseType]) {
    guard loose.isEmpty else { return }
    for column in columns {
      let own = column.type.loose ?? found[column.place] ?? .number
      let isStated = wanted.types[column.name] != nil
      loose.append(LooseColumn(column.name, isStated ? .any : own))
      if !isStated, column.type.loose == nil, own == .of(.text) {
        notes.append("column '\(column.name)' is text: a float would lose digits of its numbers")
      }
    }
  }

  /// Gives the rows of an answer. Throws `badFormat` for bytes that are no value of their column's type.
  mutating func give(
    _ result: PostgresResult, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    let rows = result.rowCount
    if rows == 0 { return .more }
    for place in columns.indices {
      for row in 0..<rows {
        let bytes = result.bytes(row, place)
        byteCount += bytes?.count ?? 0
        guard PostgresCell.append(bytes, columns[place].type, to: &loose[place]) else {
          throw SourceError(
            source: shown, reason: .badFormat("the server sends '\(columns[place].name)' in a form that is not known"))
        }
      }
    }
    var made: [(String, Column)] = []
    for place in loose.indices { made.append((loose[place].name, loose[place].finish(wanted.misfits))) }
    count += rows
    return try take(Table(made, rowCount: rows))
  }

  func report(_ notes: [String]) -> TypedReport {
    let fields = loose.map { column in
      Field(column.name, wanted.types[column.name] ?? (column.isFloat ? .float : column.type.first))
    }
    return TypedReport(
      schema: Schema(fields), byteCount: byteCount, notes: notes + self.notes + loose.compactMap(\.note))
  }
}
