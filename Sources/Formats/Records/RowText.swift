import Kernels

/// Text that is written row by row, in chunks side by side.
enum RowText {
  private static let chunkRows = 1 << 14

  /// What `write` appends for each row, in order: the same bytes on any number of threads.
  static func bytes(
    rows: Int, _ progress: Progress, _ write: @Sendable (Int, inout [UInt8]) -> Void
  ) throws(Cancelled) -> [UInt8] {
    let parts = parallelMap((rows + chunkRows - 1) / chunkRows) { chunk -> [UInt8] in
      var bytes: [UInt8] = []
      if progress.isCancelled { return bytes }
      for row in chunk * chunkRows..<min(rows, (chunk + 1) * chunkRows) { write(row, &bytes) }
      return bytes
    }
    try progress.checkpoint(1, "writing")
    var result: [UInt8] = []
    result.reserveCapacity(parts.reduce(0) { $0 + $1.count })
    for part in parts { result.append(contentsOf: part) }
    return result
  }
}
