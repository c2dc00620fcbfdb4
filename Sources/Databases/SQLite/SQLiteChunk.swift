import Formats
import Kernels
import Tables

/// A cell that outlives its row.
enum SQLiteKept: Sendable {
  case missing
  case int(Int64)
  case float(Double)
  case text([UInt8])
  case bytes(Int)

  init(_ value: SQLiteValue) {
    switch value {
    case .missing: self = .missing
    case .int(let value): self = .int(value)
    case .float(let value): self = .float(value)
    case .text(let text): self = .text(Array(text))
    case .bytes(let count): self = .bytes(count)
    }
  }
}

/// The rows of a statement as they become chunks.
struct SQLiteChunk {
  /// Rows of a chunk, unless they are long.
  private static let mostRows = 1 << 13
  private static let mostBytes = 8 << 20
  /// A longer text asks for its memory.
  private static let longText = 1 << 20

  let columns: [SQLiteColumn]
  private let shown: String
  private let wanted: TypedRequest
  private var loose: [LooseColumn]
  private var rows = 0
  private var given = 0
  private var byteCount = 0

  init(_ columns: [SQLiteColumn], _ wanted: TypedRequest, shown: String) {
    self.columns = columns
    self.wanted = wanted
    self.shown = shown
    loose = columns.map { LooseColumn($0.name, wanted.types[$0.name] == nil ? $0.type : .any) }
  }

  private var isFull: Bool { rows >= Self.mostRows || loose.reduce(0) { $0 + $1.byteCount } >= Self.mostBytes }

  private var isLast: Bool { wanted.limit.map { given + rows >= $0 } ?? false }

  /// Takes a row that was kept.
  mutating func append(_ row: [SQLiteKept], _ take: (Table) throws(SourceError) -> ScanStep) throws(SourceError)
    -> ScanStep
  {
    for (place, column) in columns.enumerated() {
      switch row[column.place] {
      case .missing: loose[place].appendMissing()
      case .int(let value): loose[place].append(value)
      case .float(let value): loose[place].append(value)
      case .text(let bytes): bytes.withUnsafeBufferPointer { loose[place].append(text: $0) }
      case .bytes(let count): loose[place].append(misfit: Self.words(bytes: count))
      }
    }
    return try endRow(take)
  }

  /// Takes the row at hand of a statement, in which the columns stand at `places`.
  mutating func append(
    _ statement: SQLiteStatement, at places: [Int], _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanStep {
    for (place, source) in places.enumerated() {
      switch statement.value(source) {
      case .missing: loose[place].appendMissing()
      case .int(let value): loose[place].append(value)
      case .float(let value): loose[place].append(value)
      case .text(let text):
        if text.count > Self.longText { try require(text.count) }
        loose[place].append(text: text)
      case .bytes(let count): loose[place].append(misfit: Self.words(bytes: count))
      }
    }
    return try endRow(take)
  }

  private func require(_ bytes: Int) throws(SourceError) {
    do throws(OutOfMemory) { try Memory.requireWorking(4 * bytes) } catch {
      throw SourceError(source: shown, reason: .tooLarge("a text of \(bytes) bytes"))
    }
  }

  private static func words(bytes count: Int) -> String { count == 1 ? "1 byte" : "\(count) bytes" }

  private mutating func endRow(_ take: (Table) throws(SourceError) -> ScanStep) throws(SourceError) -> ScanStep {
    rows += 1
    if isLast {
      try finish(take)
      return .stop
    }
    guard rows % 64 == 0, isFull else { return .more }
    return try give(take)
  }

  private mutating func give(_ take: (Table) throws(SourceError) -> ScanStep) throws(SourceError) -> ScanStep {
    byteCount += loose.reduce(0) { $0 + $1.byteCount }
    var made: [(String, Column)] = []
    for place in loose.indices { made.append((loose[place].name, loose[place].finish(wanted.misfits))) }
    let table = Table(made, rowCount: rows)
    given += rows
    rows = 0
    return try take(table)
  }

  /// Gives the rows that are left.
  mutating func finish(_ take: (Table) throws(SourceError) -> ScanStep) throws(SourceError) {
    if rows > 0 { _ = try give(take) }
  }

  func report(_ notes: [String]) -> TypedReport {
    let fields = loose.map { column in
      Field(column.name, wanted.types[column.name] ?? (column.isFloat ? .float : column.type.first))
    }
    return TypedReport(schema: Schema(fields), byteCount: byteCount, notes: notes + loose.compactMap(\.note))
  }
}
