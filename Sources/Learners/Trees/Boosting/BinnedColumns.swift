import Glibc
import Kernels
import Plan

/// The bins of a design's columns, a byte a cell, column by column. Nothing of it changes once it is made, so that fits on the same
/// rows share it.
///
/// A one-hot column is a byte for each 254 of its places; a column with the same bin in every row has no part.
final class BinnedColumns: @unchecked Sendable {
  struct Column: Sendable {
    let bins: FeatureBins
    let shape: FeatureBins.Shape
    /// Of a one-hot column the rows in each bin.
    let counts: [Int64]
    /// The first place of the feature vector that it is about.
    let place: Int
    /// The bin of each row; `padding` more bytes are readable.
    nonisolated(unsafe) let cells: UnsafePointer<UInt8>
  }

  static let padding = 64

  let rowCount: Int
  let columns: [Column]
  // Written in init only.
  private let storage: UnsafeMutablePointer<UInt8>

  private struct Piece: Sendable {
    let column: DesignColumn
    let place: Int
    let number: Int
    let oneHot: Range<Int>?
  }

  /// Throws `interrupted` when cancelled. O(rows × columns).
  init(_ design: DesignMatrix, most: Int, seed: UInt64, _ progress: Progress) throws(EngineError) {
    rowCount = design.rowCount
    let pieces = Self.pieces(design)
    let stride = (design.rowCount + Self.padding + 63) / 64 * 64
    storage = .allocateRoomy(stride * max(1, pieces.count))
    nonisolated(unsafe) let storage = storage
    let found = parallelMap(pieces.count) { index -> Column? in
      let piece = pieces[index]
      let bins = Self.bins(piece, most, CounterRandom(seed: seed, stream: UInt64(piece.number)), progress)
      let cells = storage + index * stride
      (cells + design.rowCount).initialize(repeating: 0, count: stride - design.rowCount)
      guard !progress.isCancelled, bins.fill(piece.column, into: cells, progress) else { return nil }
      var counts = [Int64](repeating: 0, count: piece.oneHot == nil ? 0 : 256)
      if piece.oneHot != nil { for row in 0..<design.rowCount { counts[Int(cells[row])] += 1 } }
      return Column(bins: bins, shape: bins.shape, counts: counts, place: piece.place, cells: cells)
    }
    columns = found.compactMap { $0 }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  deinit { free(storage) }

  private static func pieces(_ design: DesignMatrix) -> [Piece] {
    design.columns.indices.flatMap { index -> [Piece] in
      let (column, place) = (design.columns[index], design.starts[index])
      guard case .oneHot(let count) = column.kind else {
        return [Piece(column: column, place: place, number: index, oneHot: nil)]
      }
      let parts = (count + FeatureBins.oneHotPlaces - 1) / FeatureBins.oneHotPlaces
      return (0..<parts).map { part in
        let places = part * count / parts..<(part + 1) * count / parts
        return Piece(column: column, place: place + places.lowerBound, number: index, oneHot: places)
      }
    }
  }

  private static func bins(_ piece: Piece, _ most: Int, _ random: CounterRandom, _ progress: Progress) -> FeatureBins {
    if let places = piece.oneHot { return FeatureBins(oneHot: places) }
    if case .category(let count) = piece.column.kind {
      return FeatureBins(codes: piece.column.codes ?? [], count: count, most: most)
    }
    return FeatureBins(sample: FeatureBins.sample(piece.column, random, progress), most: most)
  }
}

extension UnsafeMutablePointer {
  /// Memory on a cache line's boundary, on large pages where it is many: rows are visited far apart, and each small page would be
  /// looked up anew. To be freed with `free`; what is in it is not set.
  static func allocateRoomy(_ count: Int) -> UnsafeMutablePointer {
    let bytes = max(64, count * MemoryLayout<Pointee>.stride)
    let isLarge = bytes >= 1 << 22
    var memory: UnsafeMutableRawPointer?
    guard posix_memalign(&memory, isLarge ? 1 << 21 : 64, bytes) == 0, let memory else {
      // Ends as the allocations of the standard library do.
      return .allocate(capacity: count)
    }
    if isLarge { _ = madvise(memory, bytes, MADV_HUGEPAGE) }
    return memory.bindMemory(to: Pointee.self, capacity: count)
  }
}
