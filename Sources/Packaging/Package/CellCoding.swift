import Tables

extension ByteWriter {
  /// A value with its type's name before it; missing has none.
  package mutating func cell(_ cell: Cell) {
    text(cell.type?.rawValue ?? "missing")
    switch cell {
    case .missing: break
    case .bool(let value): bool(value)
    case .int(let value), .datetime(let value): int(value)
    case .float(let value): double(value)
    case .text(let value): text(value)
    case .date(let days): int(Int64(days))
    case .vector(let values): doubles(values)
    }
  }
}

extension ByteReader {
  package mutating func cell() throws(PackageError) -> Cell {
    let start = position
    let name = try text()
    if name == "missing" { return .missing }
    guard let type = ColumnType(rawValue: name) else { throw PackageError(offset: start, .unknownName(name)) }
    switch type {
    case .bool: return .bool(try bool())
    case .int: return .int(try int64())
    case .float: return .float(try double())
    case .text: return .text(try text())
    case .date: return .date(try day())
    case .datetime: return .datetime(try int64())
    case .vector: return .vector(try doubles())
    }
  }

  private mutating func day() throws(PackageError) -> Int32 {
    let start = position
    guard let day = Int32(exactly: try int64()) else { throw PackageError(offset: start, .badValue("a day")) }
    return day
  }
}
