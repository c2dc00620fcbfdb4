import Kernels

/// Centred, scaled columns and a column of ones, laid out in chunks of 512 rows, column after column in each chunk: what a chunk's
/// kernels touch stays in the cache. The last chunk is filled up with zero rows.
final class ChunkedDesign: @unchecked Sendable {
  typealias Lanes = SIMD4<Double>
  static let chunkRows = 512
  static let chunkLanes = chunkRows / Lanes.scalarCount

  let rowCount: Int
  /// The number of columns, that of ones being the last.
  let width: Int
  let chunks: Int
  // Written once, in init.
  private let storage: UnsafeMutablePointer<Lanes>

  init(_ columns: [[Double]], _ scaling: ColumnScaling, _ progress: Progress) {
    width = columns.count + 1
    rowCount = columns.first?.count ?? 0
    chunks = (rowCount + Self.chunkRows - 1) / Self.chunkRows
    let total = chunks * width * Self.chunkLanes
    storage = .allocate(capacity: max(total, 1))
    storage.initialize(repeating: .zero, count: max(total, 1))
    fill(columns, scaling, progress)
  }

  /// Without columns, for a model that is an intercept.
  init(rowCount: Int) {
    width = 1
    self.rowCount = rowCount
    chunks = (rowCount + Self.chunkRows - 1) / Self.chunkRows
    let total = max(chunks * Self.chunkLanes, 1)
    storage = .allocate(capacity: total)
    storage.initialize(repeating: .one, count: total)
  }

  deinit { storage.deallocate() }

  /// The columns of a chunk, `chunkLanes` lanes each.
  func chunk(_ index: Int) -> UnsafePointer<Lanes> { UnsafePointer(storage + index * width * Self.chunkLanes) }

  private func fill(_ columns: [[Double]], _ scaling: ColumnScaling, _ progress: Progress) {
    parallelFor(chunks) { chunk in
      if progress.isCancelled { return }
      let base = UnsafeMutableRawPointer(storage + chunk * width * Self.chunkLanes).assumingMemoryBound(to: Double.self)
      let start = chunk * Self.chunkRows
      let count = min(Self.chunkRows, rowCount - start)
      for (place, column) in columns.enumerated() where scaling.scales[place] != 0 {
        let (mean, scale) = (scaling.means[place], scaling.scales[place])
        let isHuge = abs(mean) > 1e300
        column.withUnsafeBufferPointer { values in
          for row in 0..<count {
            let value = values[start + row]
            base[place * Self.chunkRows + row] =
              isHuge ? (value / 4 - mean / 4) * scale * 4 : (value - mean) * scale
          }
        }
      }
      for row in 0..<Self.chunkRows { base[columns.count * Self.chunkRows + row] = 1 }
    }
  }
}
