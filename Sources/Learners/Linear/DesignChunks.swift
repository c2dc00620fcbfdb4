import Kernels

/// Columns of numbers in chunks of rows, column after column in each chunk, behind them one of ones: kept as they stand where that
/// is little, else read anew each time, so that a design of many rows takes no memory beside its table's. Which it is never shows
/// in a number.
struct DesignChunks: Sendable {
  let columns: [DesignColumn]
  let rowCount: Int
  let chunkRows: Int
  /// The last is filled up with rows of zeros (and a one).
  let chunks: Int
  private let storage: BlockMemory<Double>?

  /// Bytes of a chunk that still leave room in a second-level cache.
  private static let chunkBytes = 1 << 18
  /// Bytes up to which all chunks are kept.
  static let keptBytes = 1 << 25

  init(_ columns: [DesignColumn], rowCount: Int, keptBytes: Int = Self.keptBytes) {
    self.columns = columns
    self.rowCount = rowCount
    let columnBytes = (columns.count + 1) * MemoryLayout<Double>.stride
    var chunkRows = 512
    while chunkRows > 32, chunkRows * columnBytes > Self.chunkBytes { chunkRows /= 2 }
    self.chunkRows = chunkRows
    chunks = (rowCount + chunkRows - 1) / chunkRows
    let count = chunks * chunkRows * (columns.count + 1)
    storage = count <= keptBytes / MemoryLayout<Double>.stride ? BlockMemory(count) : nil
  }

  /// The number of values of a chunk.
  var chunkSize: Int { (columns.count + 1) * chunkRows }

  /// The rows of a chunk that are not there only to fill it.
  func rows(ofChunk index: Int) -> Range<Int> {
    let start = index * chunkRows
    return start..<min(rowCount, start + chunkRows)
  }

  /// The first chunk, behind which the others stand; nil where they are read.
  var kept: UnsafePointer<Double>? { storage.map { UnsafePointer($0.base) } }

  /// Writes the values of a column at some rows, as they are after `scaling`.
  func read(_ place: Int, _ rows: Range<Int>, _ scaling: ColumnScaling, into target: UnsafeMutablePointer<Double>) {
    guard let storage else {
      columns[place].read(rows, into: target)
      scaling.columns[place].apply(to: target, rows.count)
      return
    }
    var row = rows.lowerBound
    while row < rows.upperBound {
      let (chunk, within) = row.quotientAndRemainder(dividingBy: chunkRows)
      let length = min(chunkRows - within, rows.upperBound - row)
      (target + row - rows.lowerBound).update(
        from: storage.base + chunk * chunkSize + place * chunkRows + within, count: length)
      row += length
    }
  }

  // Rows are read in groups: a call for each few rows of a column would cost more than they do.

  private static let groupRows = 512
  private static let slabColumns = 256

  var groups: Int { (rowCount + Self.groupRows - 1) / Self.groupRows }
  var slabs: Int { max(1, (columns.count + Self.slabColumns - 1) / Self.slabColumns) }

  /// The slab of a column, and its place there.
  func slab(ofColumn place: Int) -> (slab: Int, within: Int) {
    (place / Self.slabColumns, place % Self.slabColumns)
  }

  private func rows(ofGroup group: Int) -> Range<Int> {
    group * Self.groupRows..<min(rowCount, (group + 1) * Self.groupRows)
  }

  /// Reads a group's rows of a slab of columns, keeps them where chunks are kept, and gives what `sum` makes of each column's.
  func fill<Sum>(_ group: Int, slab: Int, _ sum: (UnsafePointer<Double>, Int) -> Sum) -> [Sum] {
    let rows = rows(ofGroup: group)
    let places = slab * Self.slabColumns..<min(columns.count, (slab + 1) * Self.slabColumns)
    if let storage, places.upperBound == columns.count {
      for chunk in own(rows) {
        (storage.base + chunk * chunkSize + columns.count * chunkRows).update(repeating: 1, count: chunkRows)
      }
    }
    let values = UnsafeMutablePointer<Double>.lanes(rows.count)
    defer { values.deallocate() }
    return places.map { place in
      columns[place].read(rows, into: values)
      if let storage {
        for chunk in own(rows) {
          let part = self.rows(ofChunk: chunk)
          (storage.base + chunk * chunkSize + place * chunkRows).update(
            from: values + part.lowerBound - rows.lowerBound, count: part.count)
        }
      }
      return sum(values, rows.count)
    }
  }

  /// The chunks of a group's rows: a group is made of whole ones.
  private func own(_ rows: Range<Int>) -> Range<Int> {
    rows.lowerBound / chunkRows..<(rows.upperBound + chunkRows - 1) / chunkRows
  }

  /// Gives a column's values, before any scaling, in their order.
  func each(_ place: Int, _ progress: Progress, _ body: (UnsafePointer<Double>, Int) -> Void) {
    if let storage {
      for chunk in 0..<chunks where !progress.isCancelled {
        body(storage.base + chunk * chunkSize + place * chunkRows, rows(ofChunk: chunk).count)
      }
      return
    }
    let values = UnsafeMutablePointer<Double>.lanes(Self.groupRows)
    defer { values.deallocate() }
    for group in 0..<groups where !progress.isCancelled {
      let rows = rows(ofGroup: group)
      columns[place].read(rows, into: values)
      body(values, rows.count)
    }
  }

  /// Scales a column where chunks are kept.
  func apply(_ column: ColumnScaling.Column, to place: Int) {
    guard let storage else { return }
    for chunk in 0..<chunks {
      column.apply(to: storage.base + chunk * chunkSize + place * chunkRows, rows(ofChunk: chunk).count)
    }
  }
}

/// Chunks of a design as one thread goes through them.
final class ChunkReader {
  private let design: LinearDesign
  private let kept: UnsafePointer<Double>?
  /// One chunk, where they are not kept.
  private let memory: UnsafeMutablePointer<Double>
  private var current = -1

  init(_ design: LinearDesign) {
    self.design = design
    let values = design.values
    kept = values.kept
    memory = .lanes(kept == nil ? values.chunkSize : 0)
    if kept == nil {
      (memory + values.columns.count * values.chunkRows).update(repeating: 1, count: values.chunkRows)
    }
  }

  deinit { memory.deallocate() }

  /// The numbers of a chunk and the column of ones, `chunkRows` values each; good until another chunk is asked for.
  func chunk(_ index: Int) -> UnsafePointer<Double> {
    let values = design.values
    if let kept { return kept + index * values.chunkSize }
    guard index != current else { return UnsafePointer(memory) }
    current = index
    let rows = values.rows(ofChunk: index)
    for place in values.columns.indices {
      let target = memory + place * values.chunkRows
      values.read(place, rows, design.scaling, into: target)
      (target + rows.count).update(repeating: 0, count: values.chunkRows - rows.count)
    }
    return UnsafePointer(memory)
  }
}
