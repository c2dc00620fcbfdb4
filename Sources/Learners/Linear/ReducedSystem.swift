import Kernels
import Plan

/// Least squares without its widest one-hot column: numbers, the places of the other one-hot columns, and the intercept.
struct ReducedSystem: Sendable {
  private let design: LinearDesign
  private let alpha: Double
  private let means: CategoryMeans?
  private let others: [LinearDesign.OneHot]
  /// What a row of the system is multiplied by; nil for 1.
  private let factors: [Double]?
  /// Columns of the system; the label's is behind them.
  private let width: Int
  /// The first column of each of the others.
  private let starts: [Int]
  /// The numbers without the label, which is the last.
  private var numbers: Int { design.numbers - 1 }

  /// Most columns beside an eliminated one.
  private static let mostColumns = 256
  /// Most numbers in the means of categories.
  private static let mostMeans = 1 << 25

  /// nil when the system is too wide.
  init?(_ design: LinearDesign, alpha: Double) {
    self.design = design
    self.alpha = alpha
    factors = design.weights?.map { $0.squareRoot() }
    let widest = design.oneHots.indices.max { design.oneHots[$0].count < design.oneHots[$1].count }
    others = design.oneHots.indices.filter { $0 != widest }.map { design.oneHots[$0] }
    var next = design.numbers - 1
    starts = others.map { block in
      defer { next += block.count }
      return next
    }
    // The intercept: with no category to eliminate, centring has taken it out.
    width = next + (widest == nil ? 0 : 1)
    guard let widest else {
      means = nil
      return
    }
    let block = design.oneHots[widest]
    let isNarrow = others.isEmpty || width <= Self.mostColumns
    guard isNarrow, block.count * (width + 1) <= Self.mostMeans else { return nil }
    means = CategoryMeans(block, columns: width + 1)
  }

  /// Values of all weights of the design, the intercept in the place of the ones, and the number of independent features. Throws
  /// `interrupted`.
  func solve(_ progress: Progress) throws(EngineError) -> (values: [Double], rank: Int) {
    means?.sum(over: design, rowsPerPart: partRows, progress) { range, block in fill(block, range) }
    var triangle = try triangle(progress)
    addPenalties(&triangle)
    let height = triangle.count
    let matrix = (0...width).flatMap { column in triangle.map { $0[column] } }
    let solution = try TriangularSolution(
      matrix, height: height, width: width, rowCount: design.rowCount, sizes: sizes, progress)
    let free = try leastNorm(solution, progress)
    let reduced = solution.values(free)
    var values = [Double](repeating: 0, count: design.width)
    for place in 0..<numbers { values[place] = reduced[place] }
    for (block, start) in zip(others, starts) {
      for code in 0..<block.count { values[block.start + code] = reduced[start + code] }
    }
    guard let means else { return (values, solution.rank) }
    values[design.numbers] = reduced[width - 1]
    for code in 0..<means.block.count {
      values[means.block.start + code] = means.weight(code, reduced, alpha: alpha)
    }
    return (values, solution.rank + means.present - 1)
  }

  /// The lengths of the columns in the rows as they are.
  private var sizes: [Double] {
    (0..<width).map { column in
      let meanSquare = column < numbers ? design.scaling.columns[column].meanSquare : 1
      return (design.totalWeight * meanSquare).squareRoot()
    }
  }

  private var partRows: Int { max(1024, 4 * (width + 1)) }

  /// Rows of the system, column by column, the label last.
  private func fill(_ block: UnsafeMutablePointer<Double>, _ rows: Range<Int>) {
    let count = rows.count
    for column in 0...numbers {
      // Numbers stand first and the label is the last of them.
      let target = block + (column == numbers ? width : column) * count
      design.values.read(column, rows, design.scaling, into: target)
    }
    for (other, start) in zip(others, starts) {
      (block + start * count).update(repeating: 0, count: other.count * count)
      other.codes.withUnsafeBufferPointer { codes in
        for row in 0..<count {
          let code = Int(codes[rows.lowerBound + row])
          if code >= 0 { block[(start + code) * count + row] = 1 }
        }
      }
    }
    if means != nil { (block + (width - 1) * count).update(repeating: 1, count: count) }
  }

  private func weigh(_ block: UnsafeMutablePointer<Double>, _ rows: Range<Int>) {
    factors?.withUnsafeBufferPointer { factors in
      for column in 0...width {
        for row in 0..<rows.count { block[column * rows.count + row] *= factors[rows.lowerBound + row] }
      }
    }
  }

  /// Rows of the triangle of the system's columns and the label.
  private func triangle(_ progress: Progress) throws(EngineError) -> [[Double]] {
    let (size, columns) = (partRows, width + 1)
    let chunks = (design.rowCount + size - 1) / size
    let penalised = alpha > 0 ? means.map { ($0.block.count + size - 1) / size } ?? 0 : 0
    var parts = parallelMap(chunks + penalised) { part -> [Double] in
      if progress.isCancelled { return [] }
      if part >= chunks, let means {
        let codes = (part - chunks) * size..<min(means.block.count, (part - chunks + 1) * size)
        var block = means.rows(codes, alpha: alpha)
        return reduced(&block, rows: codes.count, progress)
      }
      let rows = part * size..<min(design.rowCount, (part + 1) * size)
      var block = [Double](repeating: 0, count: rows.count * columns)
      block.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        fill(base, rows)
        means?.subtract(from: base, rows)
        weigh(base, rows)
      }
      return reduced(&block, rows: rows.count, progress)
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    // Two by two: the order is fixed by the places, whichever thread combines them.
    while parts.count > 1 {
      let level = parts
      parts = parallelMap((level.count + 1) / 2) { pair in
        if progress.isCancelled { return [] }
        return 2 * pair + 1 < level.count ? stacked(level[2 * pair], level[2 * pair + 1], progress) : level[2 * pair]
      }
    }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let sum = parts.first ?? []
    let height = sum.count / columns
    return (0..<height).map { row in (0..<columns).map { sum[$0 * height + row] } }
  }

  /// The upper triangle of a block, column by column, at most `width + 1` rows high.
  private func reduced(_ block: inout [Double], rows: Int, _ progress: Progress) -> [Double] {
    let columns = width + 1
    // As many rows as columns are no fewer as a triangle.
    guard rows > columns else { return block }
    block.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { Householder.triangularise(base, rows: rows, columns: columns, progress) }
    }
    return (0..<columns).flatMap { column in block[column * rows..<column * rows + columns] }
  }

  private func stacked(_ upper: [Double], _ lower: [Double], _ progress: Progress) -> [Double] {
    let columns = width + 1
    let (high, low) = (upper.count / columns, lower.count / columns)
    var block: [Double] = []
    block.reserveCapacity(upper.count + lower.count)
    for column in 0..<columns {
      block += upper[column * high..<(column + 1) * high]
      block += lower[column * low..<(column + 1) * low]
    }
    return reduced(&block, rows: high + low, progress)
  }

  /// A row for each weight that is penalised, in the units of the scaled columns. A constant column's holds its weight at zero.
  private func addPenalties(_ triangle: inout [[Double]]) {
    guard alpha > 0 else { return }
    for column in 0..<(means == nil ? width : width - 1) {
      var row = [Double](repeating: 0, count: width + 1)
      row[column] = min(alpha.squareRoot() * (unit(column) ?? 1), 1e100)
      triangle.append(row)
    }
  }

  /// What turns a column's weight into that of the feature; nil for a constant column, which has none.
  private func unit(_ column: Int) -> Double? {
    guard column < numbers else { return 1 }
    return design.scaling.columns[column].spread == 0 ? nil : design.scaling.scale(column)
  }

  /// The values of the dependent columns with which the weights of all features are shortest.
  private func leastNorm(_ solution: TriangularSolution, _ progress: Progress) throws(EngineError) -> [Double] {
    let freedom = solution.freedom
    guard freedom > 0 else { return [] }
    let known = (0..<width).map { unit($0) }
    let largest = max(known.reduce(means == nil ? 0 : 1) { max($0, $1 ?? 0) }, .leastNormalMagnitude)
    // A constant column has no unit: it shares in nothing, so its place is held at zero. The intercept's length is free.
    let units = known.enumerated().map { column, unit in
      means != nil && column == width - 1 ? 0 : unit.map { min($0 / largest, 1) } ?? 1
    }
    func full(_ values: [Double], isDirection: Bool) -> [Double] {
      zip(values, units).map { $0 * $1 }
        + (means.map { means in
          (0..<means.block.count).map {
            means.weight($0, values, alpha: alpha, isDirection: isDirection) / largest
          }
        } ?? [])
    }
    var columns = (0..<freedom).map { full(solution.direction($0), isDirection: true) }
    columns.append(full(solution.values([Double](repeating: 0, count: freedom)), isDirection: false).map { -$0 })
    let height = columns[0].count
    var matrix = columns.flatMap { $0 }
    if height > freedom + 1 {
      matrix.withUnsafeMutableBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        Householder.triangularise(base, rows: height, columns: freedom + 1, progress)
      }
      matrix = (0...freedom).flatMap { matrix[$0 * height...$0 * height + freedom] }
    }
    let inner = try TriangularSolution(
      matrix, height: min(height, freedom + 1), width: freedom, rowCount: height, progress)
    return inner.values([Double](repeating: 0, count: inner.freedom))
  }
}
