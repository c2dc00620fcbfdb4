extension Table {
  /// About how many bytes its cells take. O(columns).
  public var byteCount: Int { columns.reduce(0) { $0 + $1.byteCount } }
}

extension Column {
  /// About how many bytes the cells take. O(1).
  public var byteCount: Int {
    switch self {
    case .bool(let cells): cells.count
    case .date(let cells): cells.count * 4
    case .int(let cells), .datetime(let cells): cells.count * 8
    case .float(let cells): cells.count * 8
    case .text(let cells):
      switch cells.storage {
      case .plain(let offsets, let bytes): offsets.count * 8 + bytes.count
      case .dictionary(let codes, _): codes.count * 4
      }
    case .vector(let cells): cells.count * 8 * (cells.denseValues == nil ? 1 : cells.width)
    }
  }
}
