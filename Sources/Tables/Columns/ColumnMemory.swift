extension Table {
  /// Gives the bytes of every column's cells, one run after the other. Words of a dictionary, which are many small texts, are no run.
  public func eachRun(_ take: (UnsafeRawBufferPointer) -> Void) {
    for column in columns {
      column.validity?.words.withUnsafeBytes(take)
      switch column {
      case .bool(let cells): cells.values.withUnsafeBytes(take)
      case .int(let cells), .datetime(let cells): cells.values.withUnsafeBytes(take)
      case .float(let cells): cells.values.withUnsafeBytes(take)
      case .date(let cells): cells.values.withUnsafeBytes(take)
      case .text(let cells): cells.eachRun(take)
      case .vector(let cells): cells.eachRun(take)
      }
    }
  }
}

extension TextCells {
  fileprivate func eachRun(_ take: (UnsafeRawBufferPointer) -> Void) {
    switch storage {
    case .plain(let offsets, let bytes):
      offsets.withUnsafeBytes(take)
      bytes.withUnsafeBytes(take)
    case .dictionary(let codes, _): codes.withUnsafeBytes(take)
    }
  }
}

extension VectorCells {
  fileprivate func eachRun(_ take: (UnsafeRawBufferPointer) -> Void) {
    switch storage {
    case .dense(let values): values.withUnsafeBytes(take)
    case .codes(let codes): codes.withUnsafeBytes(take)
    }
  }
}
