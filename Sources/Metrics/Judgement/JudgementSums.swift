import Kernels

/// The sums of all metrics: over fixed chunks, added in their order, so that the number of threads does not show.
extension Judgement {
  static let chunk = 1 << 14

  /// The sum of a term a row. O(rows), in parallel.
  func sum(_ term: @Sendable (Int) -> Double) -> Double {
    let rows = rowCount
    let parts = parallelMap((rows + Self.chunk - 1) / Self.chunk) { part in
      var sum = 0.0
      for row in part * Self.chunk..<min(rows, (part + 1) * Self.chunk) { sum += term(row) }
      return sum
    }
    return parts.reduce(0, +)
  }

  /// The mean of a term a row.
  func mean(_ term: @Sendable (Int) -> Double) -> Double { sum(term) / Double(rowCount) }

  /// The probability that a row was given for a class.
  func probability(_ row: Int, of code: Int) -> Double { probabilities[row * classCount + code] }
}
