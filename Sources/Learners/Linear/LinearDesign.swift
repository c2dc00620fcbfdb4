import Kernels
import Plan

/// The features of a linear model: numbers in chunks of rows, column after column in each chunk, so that what a chunk's kernels
/// touch stays in the cache; one-hot columns as their codes.
///
/// Numbers are centred and scaled where they are not of size one already; behind them stands a column of ones.
final class LinearDesign: Sendable {
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
  /// The numbers, which a `ChunkReader` gives.
  let values: DesignChunks
  let scaling: ColumnScaling
  /// The place of each number in the feature vector.
  private let features: [Int]

  /// `weights` are above zero. Without `centresAll`, columns that are about standardised are left as they are. O(rows × columns).
  /// Throws `trainingFailed` for a value that is not finite.
  init(
    _ columns: [DesignColumn], rowCount: Int, weights: [Double]?, centresAll: Bool,
    keptBytes: Int = DesignChunks.keptBytes, _ progress: Progress
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
    values = DesignChunks(sources, rowCount: rowCount, keptBytes: keptBytes)
    scaling = try ColumnScaling(values, weights: weights, centresAll: centresAll, progress)
  }

  var chunkRows: Int { values.chunkRows }
  var chunks: Int { values.chunks }

  /// The rows of a chunk that are not there only to fill it.
  func rows(ofChunk index: Int) -> Range<Int> { values.rows(ofChunk: index) }

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
