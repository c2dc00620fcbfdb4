import Kernels
import Plan

/// The bins of all rows twice: column by column, for dividing a leaf, and as records, for histograms.
///
/// A record has the bins of up to 56 features and the row's gradients at its end, so that a row's visit costs one line of the
/// cache. More features are in several groups of records.
final class BinnedDesign: @unchecked Sendable {
  struct Group: Sendable {
    let features: Range<Int>
    let stride: Int
    nonisolated(unsafe) let records: UnsafeMutableRawPointer
  }

  let rowCount: Int
  let bins: [FeatureBins]
  let groups: [Group]
  /// Bytes of a row's gradients.
  let gradientBytes: Int
  // Written in init only; the gradients of records once a tree, a row by one thread.
  private let storage: UnsafeMutablePointer<UInt8>

  static let groupFeatures = 56

  init(_ design: DesignMatrix, most: Int, gradientBytes: Int, seed: UInt64, _ progress: Progress) throws(EngineError) {
    rowCount = design.rowCount
    self.gradientBytes = gradientBytes
    let rows = design.rowCount
    let count = design.features.count
    storage = .allocate(capacity: max(1, rows * count))
    storage.initialize(repeating: 0, count: max(1, rows * count))
    nonisolated(unsafe) let storage = storage
    let places = design.densePlaces
    bins = parallelMap(count) { feature in
      let column = progress.isCancelled ? [] : places[feature]
      let found =
        switch design.features[feature].kind {
        case .number:
          FeatureBins(numbers: column, most: most, random: CounterRandom(seed: seed, stream: UInt64(feature)))
        case .category(let categories): FeatureBins(codes: column, count: categories, most: most)
        }
      if !progress.isCancelled { found.fill(column, into: storage + feature * rows) }
      return found
    }
    let number = max(1, (count + Self.groupFeatures - 1) / Self.groupFeatures)
    groups = (0..<number).map { group in
      let features = group * count / number..<(group + 1) * count / number
      let stride = (features.count + 3) / 4 * 4 + gradientBytes
      return Group(
        features: features, stride: stride, records: .allocate(byteCount: max(8, rows * stride), alignment: 64))
    }
    fillRecords()
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  deinit {
    storage.deallocate()
    for group in groups { group.records.deallocate() }
  }

  /// The bins of a feature, row by row.
  func column(_ feature: Int) -> UnsafePointer<UInt8> { UnsafePointer(storage + feature * rowCount) }

  private func fillRecords() {
    for group in groups {
      parallelChunks(of: rowCount, size: 4096) { _, rows in
        let target = group.records.assumingMemoryBound(to: UInt8.self)
        for (place, feature) in group.features.enumerated() {
          let column = column(feature)
          for row in rows { target[row &* group.stride &+ place] = column[row] }
        }
      }
    }
  }
}
