import Glibc

/// From scores to probabilities, losses and slopes, four rows at a time and in plain arithmetic, so that it is the same on every
/// machine.
enum LogisticLink {
  typealias Lanes = SIMD4<Double>

  /// eˣ to the last digit or two, for x ≤ 0; below −700 the value at −700. With the division that follows 9.4 ns a value, beside
  /// 4.7 of the `Exponential` that boosting, which needs ten digits, takes of each row for each tree: so there are both.
  @inline(__always)
  static func exponential(_ exponent: Lanes) -> Lanes {
    let x = pointwiseMax(exponent, Lanes(repeating: -700))
    // eˣ = 2ᵏ · eʳ with |r| ≤ ln 2 / 2; adding 1.5 · 2⁵² leaves k in the low bits.
    let magic = Lanes(repeating: 0x1.8p52)
    let shifted = x * Lanes(repeating: 1.4426950408889634) + magic
    let whole = shifted - magic
    // ln 2 in two parts, the first short enough that k times it is exact.
    let rest = (x - whole * Lanes(repeating: 0x1.62e42feep-1)) - whole * Lanes(repeating: 0x1.a39ef35793c76p-33)
    var sum = Lanes(repeating: 1.0 / 479_001_600)
    sum = sum * rest + Lanes(repeating: 1.0 / 39_916_800)
    sum = sum * rest + Lanes(repeating: 1.0 / 3_628_800)
    sum = sum * rest + Lanes(repeating: 1.0 / 362_880)
    sum = sum * rest + Lanes(repeating: 1.0 / 40_320)
    sum = sum * rest + Lanes(repeating: 1.0 / 5040)
    sum = sum * rest + Lanes(repeating: 1.0 / 720)
    sum = sum * rest + Lanes(repeating: 1.0 / 120)
    sum = sum * rest + Lanes(repeating: 1.0 / 24)
    sum = sum * rest + Lanes(repeating: 1.0 / 6)
    sum = sum * rest + Lanes(repeating: 0.5)
    sum = sum * rest + Lanes(repeating: 1)
    sum = sum * rest + Lanes(repeating: 1)
    let bits = unsafeBitCast(shifted, to: SIMD4<Int64>.self) &<< 52
    return unsafeBitCast(unsafeBitCast(sum, to: SIMD4<Int64>.self) &+ bits, to: Lanes.self)
  }

  /// What a chunk's rows add to the loss, and the least of their margins: how far a row's score is on its own side.
  struct Sums {
    var loss = 0.0
    var margin = Double.infinity
  }

  /// Two classes. Replaces each row's score by the slope of its loss and writes the loss's curvature. `targets` are 0 or 1, and
  /// one half for a row that only fills the chunk, of weight 0. `classWeights` where the rows of a class have one weight.
  @inline(never)
  static func binary(
    _ slopes: UnsafeMutablePointer<Lanes>, _ bends: UnsafeMutablePointer<Lanes>, targets: UnsafePointer<Lanes>,
    weights: UnsafePointer<Lanes>, classWeights: [Double]?, lanes: Int
  ) -> Sums {
    let own = classWeights == nil ? softplus(slopes, weights, lanes) : 0
    let (zero, one) = (Lanes.zero, Lanes(repeating: 1))
    var (linear, margin) = (Lanes.zero, Lanes(repeating: .infinity))
    var logarithms = (0.0, 0.0)
    var lane = 0
    while lane < lanes {
      // The logarithm of a product for the sum of logarithms: 64 factors of at most 2.
      let end = min(lane &+ 64, lanes)
      var (zeros, ones) = (one, one)
      while lane < end {
        let (score, target, weight) = (slopes[lane], targets[lane], weights[lane])
        let small = exponential(-pointwiseMax(score, -score))
        let sum = one + small
        let likely = one / sum
        let unlikely = small * likely
        let chance = unlikely.replacing(with: likely, where: score .>= zero)
        let (isZero, isOne) = (target .== zero, target .== one)
        zeros *= one.replacing(with: sum, where: isZero)
        ones *= one.replacing(with: sum, where: isOne)
        linear += weight * (pointwiseMax(score, zero) - target * score)
        slopes[lane] = weight * (chance - target)
        bends[lane] = weight * likely * unlikely
        let side = (target + target - one) * score
        margin = pointwiseMin(margin, margin.replacing(with: side, where: isZero .| isOne))
        lane &+= 1
      }
      logarithms.0 += log(zeros[0]) + log(zeros[1]) + log(zeros[2]) + log(zeros[3])
      logarithms.1 += log(ones[0]) + log(ones[1]) + log(ones[2]) + log(ones[3])
    }
    let together = classWeights.map { $0[0] * logarithms.0 + $0[1] * logarithms.1 }
    let loss = linear.sum() + (together ?? own)
    return Sums(loss: loss, margin: margin.min())
  }

  /// The sum of weight · ln(1 + e^−|score|).
  private static func softplus(_ scores: UnsafePointer<Lanes>, _ weights: UnsafePointer<Lanes>, _ lanes: Int) -> Double
  {
    var sum = 0.0
    for lane in 0..<lanes {
      let (score, weight) = (scores[lane], weights[lane])
      let size = Lanes(repeating: 1) + exponential(-pointwiseMax(score, -score))
      for part in 0..<4 { sum += weight[part] * log(size[part]) }
    }
    return sum
  }

  /// More classes. Replaces the scores (one class after the other, `lanes` each) by slopes, and writes the probabilities.
  static func softmax(
    _ slopes: UnsafeMutablePointer<Lanes>, _ chances: UnsafeMutablePointer<Lanes>, codes: UnsafePointer<Int32>,
    weights: UnsafePointer<Double>, classes: Int, lanes: Int, rows: Int
  ) -> Sums {
    var sums = Sums()
    for lane in 0..<lanes {
      var (largest, second) = (slopes[lane], Lanes(repeating: -.infinity))
      for score in 1..<classes {
        let value = slopes[score &* lanes &+ lane]
        second = pointwiseMax(second, pointwiseMin(largest, value))
        largest = pointwiseMax(largest, value)
      }
      var total = Lanes.zero
      for score in 0..<classes {
        let size = exponential(slopes[score &* lanes &+ lane] - largest)
        chances[score &* lanes &+ lane] = size
        total += size
      }
      let share = Lanes(repeating: 1) / total
      for score in 0..<classes { chances[score &* lanes &+ lane] *= share }
      for part in 0..<min(4, max(0, rows - lane * 4)) {
        let row = lane * 4 + part
        let own = slopes[Int(codes[row]) &* lanes &+ lane][part]
        sums.loss += weights[row] * (log(total[part]) + largest[part] - own)
        sums.margin = min(sums.margin, own - (own == largest[part] ? second[part] : largest[part]))
      }
    }
    slope(slopes, chances, codes: codes, weights: weights, classes: classes, lanes: lanes, rows: rows)
    return sums
  }

  private static func slope(
    _ slopes: UnsafeMutablePointer<Lanes>, _ chances: UnsafePointer<Lanes>, codes: UnsafePointer<Int32>,
    weights: UnsafePointer<Double>, classes: Int, lanes: Int, rows: Int
  ) {
    let wide = UnsafeRawPointer(weights).assumingMemoryBound(to: Lanes.self)
    for score in 0..<classes {
      for lane in 0..<lanes { slopes[score &* lanes &+ lane] = wide[lane] * chances[score &* lanes &+ lane] }
    }
    let single = UnsafeMutableRawPointer(slopes).assumingMemoryBound(to: Double.self)
    for row in 0..<rows { single[Int(codes[row]) &* lanes &* 4 &+ row] -= weights[row] }
  }
}
