import Glibc
import Tables

/// How the values of one column are distributed, as something that a normal number is turned into a value by.
enum Marginal: Sendable, Hashable {
  /// Whole numbers that count the rows.
  case sequence(first: Int64, step: Int64)
  /// Few values, each with its share.
  case levels(Levels)
  /// Numbers, dates or moments of many values.
  case quantiles(Quantiles)
  /// Texts that tell rows apart, of which only the form is known.
  case form(TextForm)

  /// Whether values hang together with those of other columns.
  var isLatent: Bool {
    switch self {
    case .levels, .quantiles: true
    case .sequence, .form: false
    }
  }
}

/// Values in an order with their shares.
struct Levels: Sendable, Hashable {
  let values: [Cell]
  let shares: [Double]
  /// Between which normal numbers each value stands: one more than there are values.
  let bounds: [Double]
  /// Each value's mean normal number.
  let scores: [Double]

  /// `shares` are above 0 and need not add up to 1; there is one for each value, of which there is at least one.
  init(_ values: [Cell], shares: [Double]) {
    let all = shares.reduce(0, +)
    let shares = shares.map { $0 / all }
    var sum = 0.0
    var bounds = [-Double.infinity]
    for share in shares.dropLast() {
      sum += share
      // What is approximated may not fall.
      bounds.append(max(bounds[bounds.count - 1], NormalDistribution.quantile(min(sum, 1))))
    }
    bounds.append(.infinity)
    let densities = bounds.map(NormalDistribution.density)
    self.values = values
    self.shares = shares
    self.bounds = bounds
    scores = shares.indices.map { (densities[$0] - densities[$0 + 1]) / shares[$0] }
  }

  /// The place of the value that a normal number stands for.
  @inline(__always)
  func place(_ z: Double) -> Int {
    var (low, high) = (0, values.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if z < bounds[middle + 1] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func place(of value: Cell) -> Int? { values.firstIndex(of: value) }

  /// E[s(Z)·Heₖ(Z)] for k from 1 on, s being the score of Z's value: what a correlation of normal numbers leaves of itself in the scores.
  func hermite(_ count: Int) -> [Double] {
    var coefficients = [Double](repeating: 0, count: count)
    for place in values.indices {
      let (low, high) = (Self.hermite(bounds[place], count), Self.hermite(bounds[place + 1], count))
      for k in 0..<count { coefficients[k] += scores[place] * (low[k] - high[k]) }
    }
    return coefficients
  }

  /// Heₖ₋₁(z)·φ(z) for k from 1 on.
  private static func hermite(_ z: Double, _ count: Int) -> [Double] {
    guard z.isFinite else { return [Double](repeating: 0, count: count) }
    let density = NormalDistribution.density(z)
    var values = [1.0, z]
    for k in 2..<max(3, count) { values.append(z * values[k - 1] - Double(k - 1) * values[k - 2]) }
    return (0..<count).map { values[$0] * density }
  }
}

/// Numbers by evenly spaced quantiles, each the mean of some neighbouring values, with a straight line between two. Of values that are all
/// rounded alike the means lie between the least and the greatest, and so do the means when they are rounded.
struct Quantiles: Sendable, Hashable {
  /// What values are rounded to.
  enum Grain: Sendable, Hashable {
    /// Nothing.
    case free
    /// So many decimals.
    case decimals(Int)
    /// Whole multiples of that.
    case multiple(Int64)
  }

  /// From the least to the greatest, at least two.
  let knots: [Double]
  let grain: Grain

  @inline(__always)
  func value(_ z: Double) -> Double {
    let place = NormalDistribution.share(below: z) * Double(knots.count - 1)
    let below = min(Int(max(0, place)), knots.count - 2)
    let (low, high) = (knots[below], knots[below + 1])
    return grain.rounded(low + (high - low) * (place - Double(below)))
  }

  /// The share of values at most that, a flat part counting half.
  func share(below value: Double) -> Double {
    guard let first = knots.first, let last = knots.last, value >= first else { return 0 }
    if value > last { return 1 }
    let low = knots.lowestPlace { $0 >= value }
    let high = knots.lowestPlace { $0 > value }
    let count = Double(knots.count - 1)
    if high > low { return (Double(low) + Double(high - 1)) / 2 / count }
    let (below, above) = (knots[low - 1], knots[low])
    return (Double(low - 1) + (value - below) / (above - below)) / count
  }
}

extension Quantiles.Grain {
  @inline(__always)
  func rounded(_ value: Double) -> Double {
    switch self {
    case .free: value
    case .decimals(let digits): (value * Self.powers[digits]).rounded() / Self.powers[digits]
    case .multiple(let unit): (value / Double(unit)).rounded() * Double(unit)
    }
  }

  static let mostDecimals = 6
  private static let powers = (0...mostDecimals).map { pow(10, Double($0)) }
}

extension [Double] {
  /// Of an ascending list the first place from which on a test holds.
  func lowestPlace(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if holds(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
