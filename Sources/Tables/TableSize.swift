extension Table {
  /// About how many bytes its cells take. O(columns).
  public var byteCount: Int {
    columns.reduce(0) { sum, column in
      switch column {
      case .bool(let cells): sum + cells.count
      case .date(let cells): sum + cells.count * 4
      case .int(let cells), .datetime(let cells): sum + cells.count * 8
      case .float(let cells): sum + cells.count * 8
      case .text(let cells):
        switch cells.storage {
        case .plain(let offsets, let bytes): sum + offsets.count * 8 + bytes.count
        case .dictionary(let codes, _): sum + codes.count * 4
        }
      case .vector(let cells): sum + cells.count * 8 * (cells.denseValues == nil ? 1 : cells.width)
      }
    }
  }
}
