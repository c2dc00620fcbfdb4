import Glibc
import Kernels
import Tables

/// A column's cells as normal numbers, of which only the order counts.
struct LatentScores: Sendable {
  /// Zero where there is none.
  private let values: [Double]
  /// Which rows have one; nil where all do.
  private let isThere: [Bool]?
  /// What a correlation leaves of itself in the scores, by its powers; the first is their variance.
  private let hermite: [Double]

  private static let powers = 16

  /// Of the cells at `rows` of a column that is so distributed.
  init(_ column: Column, at rows: [Int], _ marginal: Marginal) {
    switch marginal {
    case .levels(let levels):
      let places = Dictionary(zip(levels.values, levels.scores), uniquingKeysWith: { first, _ in first })
      let scores = rows.map { places[column[$0]] }
      self.init(scores, levels.hermite(Self.powers))
    case .quantiles:
      let scores = Self.ranked(rows.map(column.number))
      let known = scores.compactMap(\.self)
      let variance = known.reduce(0) { $0 + $1 * $1 } / Double(max(1, known.count))
      self.init(scores, [min(1, max(variance, 1e-9))])
    case .sequence, .form: self.init(rows.map { _ in nil }, [1])
    }
  }

  /// Of what is there and what is missing.
  init(missing: [Bool]) {
    let share = Double(missing.count(where: \.self)) / Double(max(1, missing.count))
    guard share > 0, share < 1 else {
      self.init(missing.map { _ in nil }, [1])
      return
    }
    let levels = Levels([.bool(true), .bool(false)], shares: [share, 1 - share])
    self.init(missing.map { $0 ? levels.scores[0] : levels.scores[1] }, levels.hermite(Self.powers))
  }

  private init(_ scores: [Double?], _ hermite: [Double]) {
    isThere = scores.contains { $0 == nil } ? scores.map { $0 != nil } : nil
    values = scores.map { $0 ?? 0 }
    self.hermite = hermite
  }

  /// Normal numbers by rank, equal numbers sharing that of their middle rank.
  private static func ranked(_ numbers: [Double?]) -> [Double?] {
    let order = numbers.indices.filter { numbers[$0] != nil }.sorted { (numbers[$0] ?? 0) < (numbers[$1] ?? 0) }
    var scores = [Double?](repeating: nil, count: numbers.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, numbers[order[end]] == numbers[order[start]] { end += 1 }
      let share = (Double(start) + Double(end)) / 2 / Double(order.count)
      let score = NormalDistribution.quantile(share)
      for place in start..<end { scores[order[place]] = score }
      start = end
    }
    return scores
  }

  // MARK: Correlations

  /// The least number of rows that have both.
  private static let leastRows = 10
  /// Farther from zero numbers would depend on each other altogether.
  private static let most = 0.999

  /// The correlation that the normal numbers behind two columns' cells have. O(rows).
  func correlation(_ other: LatentScores) -> Double {
    guard let found = observed(other) else { return 0 }
    let target = found * (hermite[0] * other.hermite[0]).squareRoot()
    if hermite.count == 1 || other.hermite.count == 1 {
      return min(Self.most, max(-Self.most, target / (hermite[0] * other.hermite[0])))
    }
    return latent(target, other)
  }

  /// Pearson's correlation of the scores over the rows that have both; nil where it is not defined.
  private func observed(_ other: LatentScores) -> Double? {
    var (n, x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    for row in values.indices where (isThere?[row] ?? true) && (other.isThere?[row] ?? true) {
      let (a, b) = (values[row], other.values[row])
      n += 1
      x += a
      y += b
      xx += a * a
      yy += b * b
      xy += a * b
    }
    let (vx, vy) = (xx - x * x / n, yy - y * y / n)
    guard n >= Double(Self.leastRows), vx > 1e-9 * n, vy > 1e-9 * n else { return nil }
    return max(-1, min(1, (xy - x * y / n) / (vx * vy).squareRoot()))
  }

  /// Where the sum of ρᵏ·aₖ·bₖ/k! is the covariance of the scores, by halving (Mehler's expansion).
  private func latent(_ target: Double, _ other: LatentScores) -> Double {
    var (low, high) = (-Self.most, Self.most)
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if covariance(middle, other) < target { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }

  private func covariance(_ correlation: Double, _ other: LatentScores) -> Double {
    var (sum, power) = (0.0, 1.0)
    for k in 0..<min(hermite.count, other.hermite.count) {
      power *= correlation / Double(k + 1)
      sum += power * hermite[k] * other.hermite[k]
    }
    return sum
  }
}
