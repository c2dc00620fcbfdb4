import Kernels
import Plan

/// The features of a linear model: numbers laid out in chunks of rows, column after column in each chunk, so that what a chunk's
/// kernels touch stays in the cache; one-hot columns as their codes.
///
/// Numbers are centred and scaled where they are not of size one already; behind them stands a column of ones. The last chunk is
/// filled up with rows of zeros (and a one).
final class LinearDesign: @unchecked Sendable {
  /// A one-hot column: row r has a one at place `start + codes[r]` of the weights of a score, or none if its code is negative.
  struct OneHot: Sendable {
    let codes: [Int32]
    let count: Int
    let start: Int
    /// Its first place in the feature vector.
    let feature: Int
  }

  let rowCount: Int
  /// Of each row; nil when all count 1.
  let weights: [Double]?
  /// What all rows count together.
  let totalWeight: Double
  /// The number of columns of numbers, without that of ones.
  let numbers: Int
  let oneHots: [OneHot]
  /// Weights of a score: of the numbers, of the ones, of the places of the one-hot columns.
  let width: Int
  let chunkRows: Int
  let chunks: Int
  let scaling: ColumnScaling
  /// The place of each number in the feature vector.
  private let features: [Int]
  private let storage: BlockMemory<Double>

  /// Bytes of a chunk that still leave room in a second-level cache.
  private static let chunkBytes = 1 << 18

  /// `weights` are above zero. Without `centresAll`, columns that are about standardised are left as they are. O(rows × columns).
  /// Throws `trainingFailed` for a value that is not finite, `tooLarge` when there is not the memory.
  init(
    _ columns: [DesignColumn], rowCount: Int, weights: [Double]?, centresAll: Bool, _ progress: Progress
  ) throws(EngineError) {
    self.rowCount = rowCount
    self.weights = weights
    totalWeight = weights?.reduce(0, +) ?? Double(rowCount)
    var (sources, features, oneHots): ([DesignColumn], [Int], [OneHot]) = ([], [], [])
    var feature = 0
    for column in columns {
      if case .oneHot(let count) = column.kind, let codes = column.codes {
        oneHots.append(OneHot(codes: codes, count: count, start: 0, feature: feature))
      } else {
        sources.append(column)
        features.append(feature)
      }
      feature += column.width
    }
    numbers = sources.count
    self.features = features
    var next = sources.count + 1
    self.oneHots = oneHots.map { block in
      defer { next += block.count }
      return OneHot(codes: block.codes, count: block.count, start: next, feature: block.feature)
    }
    width = next
    let columnBytes = (sources.count + 1) * MemoryLayout<Double>.stride
    var chunkRows = 512
    while chunkRows > 32, chunkRows * columnBytes > Self.chunkBytes { chunkRows /= 2 }
    self.chunkRows = chunkRows
    chunks = (rowCount + chunkRows - 1) / chunkRows
    guard let storage = BlockMemory<Double>(chunks * chunkRows * (sources.count + 1)) else {
      throw EngineError(.fitting(.memory(rows: rowCount, numbers: sources.count + 1)))
    }
    self.storage = storage
    scaling = try ColumnScaling(
      BlockFilling(sources, rowCount: rowCount, weights: weights, chunkRows: chunkRows, into: storage),
      centresAll: centresAll, progress)
  }

  /// The numbers of a chunk and the column of ones, `chunkRows` values each.
  func chunk(_ index: Int) -> UnsafePointer<Double> {
    UnsafePointer(storage.base + index * (numbers + 1) * chunkRows)
  }

  /// The rows of a chunk that are not there only to fill it.
  func rows(ofChunk index: Int) -> Range<Int> {
    let start = index * chunkRows
    return start..<min(rowCount, start + chunkRows)
  }

  /// The place of a number in the feature vector.
  func feature(_ number: Int) -> Int { features[number] }

  /// From the weights of a score to one per feature in the features' own units, and the intercept.
  func unscaled(_ values: ArraySlice<Double>) -> (weights: [Double], intercept: Double) {
    let start = values.startIndex
    var weights = [Double](repeating: 0, count: features.count + oneHots.reduce(0) { $0 + $1.count })
    var intercept = values[start + numbers]
    // Term by term, so that a huge mean meets its tiny weight first.
    for (place, feature) in features.enumerated() {
      weights[feature] = scaling.weight(place, values[start + place])
      intercept -= scaling.shift(place, values[start + place])
    }
    for block in oneHots {
      for place in 0..<block.count { weights[block.feature + place] = values[start + block.start + place] }
    }
    return (weights, intercept)
  }
}

/// Reads columns into chunks.
struct BlockFilling: @unchecked Sendable {
  let columns: [DesignColumn]
  let rowCount: Int
  let weights: [Double]?
  let chunkRows: Int
  let chunks: Int
  private let storage: BlockMemory<Double>

  init(
    _ columns: [DesignColumn], rowCount: Int, weights: [Double]?, chunkRows: Int, into storage: BlockMemory<Double>
  ) {
    self.columns = columns
    self.rowCount = rowCount
    self.weights = weights
    self.chunkRows = chunkRows
    chunks = (rowCount + chunkRows - 1) / chunkRows
    self.storage = storage
  }

  /// The values of a column in a chunk; `columns.count` is that of ones.
  func block(_ chunk: Int, _ column: Int) -> UnsafeMutablePointer<Double> {
    storage.base + (chunk * (columns.count + 1) + column) * chunkRows
  }

  /// The number of rows of a chunk.
  func rows(ofChunk chunk: Int) -> Int { min(chunkRows, rowCount - chunk * chunkRows) }

  /// Chunks whose rows are read together: a call for each few rows of a column would cost more than they do.
  private var together: Int { max(1, Self.rowsTogether / chunkRows) }
  var groups: Int { (chunks + together - 1) / together }
  var slabs: Int { max(1, (columns.count + Self.slabColumns - 1) / Self.slabColumns) }

  /// Columns that are filled together.
  func slab(_ index: Int) -> Range<Int> {
    index * Self.slabColumns..<min(columns.count, (index + 1) * Self.slabColumns)
  }

  static let slabColumns = 256
  private static let rowsTogether = 512

  /// Reads a group's rows of some columns into their chunks, and what `sum` makes of the rows of each.
  func fill<Sum>(_ group: Int, _ places: Range<Int>, _ sum: (UnsafePointer<Double>, Int) -> Sum) -> [Sum] {
    let first = group * together
    let own = first..<min(chunks, first + together)
    let rows = first * chunkRows..<min(rowCount, own.upperBound * chunkRows)
    if places.upperBound == columns.count {
      for chunk in own { block(chunk, columns.count).update(repeating: 1, count: chunkRows) }
    }
    let read = together > 1 ? UnsafeMutablePointer<Double>.lanes(rows.count) : nil
    defer { read?.deallocate() }
    return places.map { place in
      let values = read ?? block(first, place)
      columns[place].read(rows, into: values)
      if read != nil {
        for chunk in own {
          block(chunk, place).update(from: values + (chunk - first) * chunkRows, count: self.rows(ofChunk: chunk))
        }
      }
      return sum(values, rows.count)
    }
  }
}
