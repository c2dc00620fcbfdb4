import CVector
import Kernels

/// Pearson's correlations of every two of some columns of numbers, each over the rows that have both, of rows that come chunk by chunk.
///
/// Numbers are put around their means and in units of their deviations, so that squares neither cancel nor leave the range of numbers.
/// Products are summed over 512 rows at a time by the absolute numbers of the rows, so that the figures are the same bits however the
/// rows are cut and on any number of threads.
public struct CorrelationSums: Sendable {
  /// What a column is put around and measured by.
  public struct Scale: Sendable, Hashable {
    let mean: Double
    let deviation: Double
    public let hasGaps: Bool

    /// nil where a column does not vary, or not by a number.
    public init?(mean: Double, deviation: Double, hasGaps: Bool) {
      guard mean.isFinite, deviation.isFinite, deviation > 0 else { return nil }
      (self.mean, self.deviation, self.hasGaps) = (mean, deviation, hasGaps)
    }
  }

  private static let blockRows = 512
  /// About how many numbers the rows at hand may have.
  private static let panelSize = 1 << 20

  private let scales: [Scale]
  /// For each column the place of the mask of its rows: 0, of all rows, where nothing is missing.
  private let masks: [Int]
  /// Groups of four columns: numbers, masks, squares of numbers.
  private let (numberQuads, maskQuads): (Int, Int)
  private var sums: [Double]
  /// Blocks of 512 rows, in each the columns one after the other.
  private var panel: [Double]
  private let mostRows: Int
  private var filled = 0

  /// About how many products a row takes.
  public static func products(columns: Int, withGaps: Int) -> Int {
    columns * columns / 2 + withGaps * (2 * columns + withGaps / 2)
  }

  /// Throws where the sums would not fit into memory.
  public init(_ scales: [Scale]) throws(OutOfMemory) {
    self.scales = scales
    var next = 0
    masks = scales.map { scale in
      if scale.hasGaps { next += 1 }
      return scale.hasGaps ? next : 0
    }
    numberQuads = (scales.count + 3) / 4
    maskQuads = (next + 1 + 3) / 4
    let columns = 4 * (2 * numberQuads + maskQuads)
    let blocks = max(1, Self.panelSize / (columns * Self.blockRows))
    mostRows = blocks * Self.blockRows
    let size = (2 * numberQuads + maskQuads) * (numberQuads + maskQuads) * 16
    try Memory.require((columns * mostRows + size) * 8)
    panel = [Double](repeating: 0, count: columns * mostRows)
    sums = [Double](repeating: 0, count: size)
  }

  private var quads: Int { 2 * numberQuads + maskQuads }

  // MARK: Adding

  /// Adds rows of the columns, whose numbers are ints or floats. O(columns² × rows).
  public mutating func add(_ columns: [Column], _ progress: Progress = Progress()) throws(Cancelled) {
    precondition(columns.count == scales.count, "a column for each scale")
    let rows = columns.first?.count ?? 0
    var row = 0
    while row < rows {
      let next = min(rows, row + mostRows - filled)
      fill(columns, row..<next)
      filled += next - row
      row = next
      if filled == mostRows { multiply() }
      try progress.checkpoint()
    }
  }

  private mutating func fill(_ columns: [Column], _ rows: Range<Int>) {
    let (start, blockRows, width) = (filled, Self.blockRows, 4 * quads)
    let (scales, masks) = (scales, masks)
    let (firstMask, firstSquare) = (4 * numberQuads, 4 * (numberQuads + maskQuads))
    panel.withUnsafeMutableBufferPointer { panel in
      nonisolated(unsafe) let panel = panel
      @Sendable func each(_ body: (_ row: Int, _ place: Int) -> Void) {
        for row in rows {
          let at = start + row - rows.lowerBound
          body(row, at / blockRows * width * blockRows + at % blockRows)
        }
      }
      each { panel[$1 + firstMask * blockRows] = 1 }
      parallelFor(columns.count) { column in
        let (scale, validity) = (scales[column], columns[column].validity)
        let (own, square) = (column * blockRows, (firstSquare + column) * blockRows)
        let mask = masks[column] > 0 ? (firstMask + masks[column]) * blockRows : nil
        func put(_ number: (Int) -> Double) {
          each { row, place in
            let isValid = validity?[row] ?? true
            let value = isValid ? (number(row) - scale.mean) / scale.deviation : 0
            panel[place + own] = value
            panel[place + square] = value * value
            if let mask { panel[place + mask] = isValid ? 1 : 0 }
          }
        }
        switch columns[column] {
        case .int(let cells): put { Double(cells.values[$0]) }
        case .float(let cells): put { cells.values[$0] }
        case .bool, .text, .date, .datetime, .vector: put { _ in scale.mean }
        }
      }
    }
  }

  /// The quads that a quad is multiplied with: numbers with those behind them and all masks, masks with masks, squares with masks.
  private func partners(_ quad: Int) -> Range<Int> {
    let end = numberQuads + maskQuads
    return quad < end ? quad..<end : numberQuads..<end
  }

  private mutating func multiply() {
    guard filled > 0 else { return }
    let blockRows = Self.blockRows
    let blocks = (filled + blockRows - 1) / blockRows
    let (quads, wide) = (quads, numberQuads + maskQuads)
    let partners = (0..<quads).map(partners)
    // Of a block that is not full the rest is nothing.
    if filled % blockRows != 0 { clear(block: blocks - 1, from: filled % blockRows) }
    panel.withUnsafeBufferPointer { panel in
      sums.withUnsafeMutableBufferPointer { sums in
        nonisolated(unsafe) let (panel, sums) = (panel, sums)
        guard let base = panel.baseAddress else { return }
        nonisolated(unsafe) let start = base
        parallelFor(quads) { quad in
          withUnsafeTemporaryAllocation(of: Double.self, capacity: 16) { found in
            guard let target = found.baseAddress else { return }
            for block in 0..<blocks {
              let columns = start + block * 4 * quads * blockRows
              for partner in partners[quad] {
                mlp_pair_products(
                  columns + 4 * quad * blockRows, columns + 4 * partner * blockRows, blockRows, blockRows, target)
                let place = (quad * wide + partner) * 16
                for one in 0..<16 { sums[place + one] += target[one] }
              }
            }
          }
        }
      }
    }
    filled = 0
  }

  private mutating func clear(block: Int, from row: Int) {
    for column in 0..<4 * quads {
      let start = (block * 4 * quads + column) * Self.blockRows
      for place in start + row..<start + Self.blockRows { panel[place] = 0 }
    }
  }

  // MARK: Results

  /// Takes up the last rows; to be called before correlations are asked for, after which nothing may be added.
  public mutating func finish() { multiply() }

  private func sum(_ left: Int, _ right: Int) -> Double {
    sums[(left / 4 * (numberQuads + maskQuads) + right / 4) * 16 + left % 4 * 4 + right % 4]
  }

  /// The sum of products of two columns; the first stands in no quad behind the second's.
  private func product(_ left: Int, _ right: Int) -> Double {
    left / 4 <= right / 4 ? sum(left, right) : sum(right, left)
  }

  /// The rows that have a number of both columns.
  public func rows(_ first: Int, _ second: Int) -> Int {
    Int(product(4 * numberQuads + masks[first], 4 * numberQuads + masks[second]))
  }

  /// The correlation of two columns, −1 … 1; nil where one does not vary over the rows that have both.
  public func correlation(_ first: Int, _ second: Int) -> Double? {
    let n = Double(rows(first, second))
    guard n > 1 else { return nil }
    let (mine, other) = (spread(first, over: second, n), spread(second, over: first, n))
    let spread = (mine.squares * other.squares).squareRoot()
    guard spread > 0, mine.squares > 1e-14 * n, other.squares > 1e-14 * n else { return nil }
    let value = (product(first, second) - mine.sum * other.sum / n) / spread
    return max(-1, min(1, value))
  }

  /// A column's sum over the rows that have both, and the sum of squares around the mean there.
  private func spread(_ column: Int, over other: Int, _ n: Double) -> (sum: Double, squares: Double) {
    let mask = 4 * numberQuads + masks[other]
    let total = sum(column, mask)
    return (total, sum(4 * (numberQuads + maskQuads) + column, mask) - total * total / n)
  }
}
