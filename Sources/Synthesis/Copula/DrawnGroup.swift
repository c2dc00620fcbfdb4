import Kernels
import Tables

/// A group of a copula, ready to be drawn from.
struct DrawnGroup: Sendable {
  private let size: Int
  /// The lower triangle of the correlations' factor, row by row, in the order of `order`.
  private let factor: [Double]
  /// The dimension at each place of the factor; those that are given come first.
  private let order: [Int]
  private let given: [ClosedRange<Double>]
  /// For each column where its number is, nil for one that hangs together with none.
  private let dimensions: [Int?]
  /// For each column the dimension that its gaps hang on and from which number on there is a value.
  private let gaps: [(dimension: Int, from: Double)?]
  private let decoders: [CellDecoder]

  init(_ group: CopulaModel.Group, _ model: CopulaModel, _ given: GivenCells, _ words: [[String]]) {
    size = model.dimensions
    let bounds = given.bounds(in: group)
    let first = bounds.keys.sorted()
    let order = first + (0..<size).filter { bounds[$0] == nil }
    self.order = order
    self.given = first.compactMap { bounds[$0] }
    // What was repaired has a factor; in the order of its rows it stays positive definite.
    factor = group.correlations.permuted(order).factor() ?? CorrelationMatrix(identity: size).entries
    var dimensions = [Int?](repeating: nil, count: model.members.count)
    var gaps = [(dimension: Int, from: Double)?](repeating: nil, count: model.members.count)
    for (place, column) in model.latent.enumerated() { dimensions[column] = place }
    for (place, columns) in model.patterns.enumerated() {
      let threshold = NormalDistribution.quantile(group.missing[place])
      for column in columns { gaps[column] = (model.latent.count + place, threshold) }
    }
    self.dimensions = dimensions
    self.gaps = gaps
    decoders = model.members.indices.map { place in
      if let value = given.value(of: place) ?? (place == model.by ? group.value : nil) {
        return CellDecoder(always: value, words[place])
      }
      return CellDecoder(group.marginals[place], model.members[place].type, words[place])
    }
  }

  // MARK: Drawing

  /// Normal numbers for the rows of these numbers: one run of rows for each dimension. O(rows × size²).
  func draw(_ numbers: [UInt64], _ random: CounterRandom) -> [Double] {
    let rows = numbers.count
    var independent = [Double](repeating: 0, count: rows * size)
    var drawn = independent
    independent.withUnsafeMutableBufferPointer { free in
      drawn.withUnsafeMutableBufferPointer { drawn in
        for place in 0..<size {
          let run = UnsafeMutableBufferPointer(rebasing: drawn[order[place] * rows..<(order[place] + 1) * rows])
          add(place, free, rows, to: run)
          fill(place, free, numbers, random, mean: run)
          let (own, base) = (factor[start(place) + place], place * rows)
          for row in 0..<rows { run[row] += own * free[base + row] }
        }
      }
    }
    return drawn
  }

  private func start(_ place: Int) -> Int { place * (place + 1) / 2 }

  /// Adds what the numbers before say of the one at a place.
  @inline(never)
  private func add(
    _ place: Int, _ free: UnsafeMutableBufferPointer<Double>, _ rows: Int, to run: UnsafeMutableBufferPointer<Double>
  ) {
    for before in 0..<place {
      let weight = factor[start(place) + before]
      if weight == 0 { continue }
      let base = before * rows
      for row in 0..<rows { run[row] += weight * free[base + row] }
    }
  }

  /// Draws what is new in the number at a place; of one that is given so that it falls between its bounds.
  private func fill(
    _ place: Int, _ free: UnsafeMutableBufferPointer<Double>, _ numbers: [UInt64], _ random: CounterRandom,
    mean: UnsafeMutableBufferPointer<Double>
  ) {
    let base = place * numbers.count
    let dimension = UInt64(order[place])
    for (row, number) in numbers.enumerated() {
      let bits = random.bits(at: number &* UInt64(size) &+ dimension)
      let share = (Double(bits >> 11) + 0.5) * 0x1p-53
      if place < given.count {
        free[base + row] = Self.between(given[place], mean[row], factor[start(place) + place], share)
      } else {
        free[base + row] = NormalDistribution.quantile(share)
      }
    }
  }

  /// A normal number that, times `scale` and with `mean` added, lies between bounds.
  private static func between(_ bounds: ClosedRange<Double>, _ mean: Double, _ scale: Double, _ share: Double) -> Double
  {
    let (low, high) = ((bounds.lowerBound - mean) / scale, (bounds.upperBound - mean) / scale)
    if low == high { return low }
    let (below, above) = (NormalDistribution.share(below: low), NormalDistribution.share(below: high))
    let drawn = NormalDistribution.quantile(below + share * (above - below))
    return min(max(drawn, low, -40), high, 40)
  }

  // MARK: Values

  /// Writes the cells of a column to the places of their rows.
  func decode(
    _ column: Int, _ drawn: [Double], at places: [Int], first: Int, _ texts: CounterRandom, into cells: inout MadeCells
  ) {
    let rows = places.count
    let gap = gaps[column]
    drawn.withUnsafeBufferPointer { drawn in
      let own = dimensions[column].map { UnsafeBufferPointer(rebasing: drawn[$0 * rows..<($0 + 1) * rows]) }
      let gaps = gap.map { UnsafeBufferPointer(rebasing: drawn[$0.dimension * rows..<($0.dimension + 1) * rows]) }
      decoders[column].decode(own, at: places, first: first, texts, into: &cells)
      guard let gaps, let threshold = gap?.from, !decoders[column].isGiven else { return }
      for (row, place) in places.enumerated() where gaps[row] < threshold { cells.clear(place) }
    }
  }
}
