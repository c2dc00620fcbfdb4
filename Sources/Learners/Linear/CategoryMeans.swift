import Kernels

/// The means of a system's columns over the rows of each category of a one-hot column, by which its weights are eliminated: least
/// squares over rows that are taken from the means of their category needs no weight of it (Frisch & Waugh 1933). With a penalty α
/// a row remains of each category of n rows (or rows that count n together), its mean √(n α / (n + α)) times.
final class CategoryMeans: @unchecked Sendable {
  let block: LinearDesign.OneHot
  /// Columns of the system and the label.
  private let columns: Int
  /// Row by row. Written by `sum` alone, before anything reads.
  private var means: [Double] = []
  private var counts: [Double] = []

  init(_ block: LinearDesign.OneHot, columns: Int) {
    self.block = block
    self.columns = columns
  }

  /// The number of categories that have rows.
  var present: Int { counts.count { $0 > 0 } }

  /// Takes the means; `fill` lays the columns of a range of rows out. O(rows × columns).
  func sum(
    over design: LinearDesign, rowsPerPart size: Int, _ progress: Progress,
    fill: @Sendable (Range<Int>, UnsafeMutablePointer<Double>) -> Void
  ) {
    let total = block.count * columns
    let parts = max(2, min(16, (1 << 22) / max(total, 1)))
    let rows = design.rowCount
    let sums = parallelMap(parts) { part -> [Double] in
      var sums = [Double](repeating: 0, count: total)
      var memory = [Double](repeating: 0, count: size * self.columns)
      let end = (part + 1) * rows / parts
      for start in stride(from: part * rows / parts, to: end, by: size) where !progress.isCancelled {
        let range = start..<min(end, start + size)
        memory.withUnsafeMutableBufferPointer { memory in
          guard let base = memory.baseAddress else { return }
          fill(range, base)
          self.add(base, range, design.weights, to: &sums)
        }
      }
      return sums
    }
    means = sums[0]
    for part in sums.dropFirst() { means.add(1, part) }
    counts = [Double](repeating: 0, count: block.count)
    for (row, code) in block.codes.enumerated() where code >= 0 { counts[Int(code)] += design.weights?[row] ?? 1 }
    for code in 0..<block.count where counts[code] > 0 {
      for column in 0..<columns { means[code * columns + column] /= counts[code] }
    }
  }

  private func add(
    _ values: UnsafePointer<Double>, _ rows: Range<Int>, _ weights: [Double]?, to sums: inout [Double]
  ) {
    block.codes.withUnsafeBufferPointer { codes in
      for column in 0..<columns {
        for row in 0..<rows.count {
          let code = Int(codes[rows.lowerBound &+ row])
          let weight = weights?[rows.lowerBound &+ row] ?? 1
          if code >= 0 { sums[code &* columns &+ column] += weight * values[column &* rows.count &+ row] }
        }
      }
    }
  }

  /// Takes laid-out rows from the means of their category.
  func subtract(from values: UnsafeMutablePointer<Double>, _ rows: Range<Int>) {
    block.codes.withUnsafeBufferPointer { codes in
      means.withUnsafeBufferPointer { means in
        for column in 0..<columns {
          for row in 0..<rows.count {
            let code = Int(codes[rows.lowerBound &+ row])
            if code >= 0 { values[column &* rows.count &+ row] -= means[code &* columns &+ column] }
          }
        }
      }
    }
  }

  /// What a penalty leaves of some categories, laid out like rows.
  func rows(_ codes: Range<Int>, alpha: Double) -> [Double] {
    (0..<columns).flatMap { column in
      codes.map { code in
        means[code * columns + column] * (counts[code] * alpha / (counts[code] + alpha)).squareRoot()
      }
    }
  }

  /// The weight of a category beside the values of the system's columns, the intercept's last; of a direction of values, how the
  /// weight changes along it.
  func weight(_ code: Int, _ values: [Double], alpha: Double, isDirection: Bool = false) -> Double {
    guard counts[code] > 0 else { return 0 }
    var rest = isDirection ? 0 : means[code * columns + columns - 1]
    for column in 0..<columns - 1 { rest -= means[code * columns + column] * values[column] }
    return rest * counts[code] / (counts[code] + alpha)
  }
}
