import Glibc
import Kernels
import Tables

/// What the cells of a made column are drawn from, each for itself.
public enum Distribution: Sendable, Hashable {
  case normal(mean: Double, sd: Double)
  /// Its logarithm is normal.
  case lognormal(mean: Double, sd: Double)
  /// From `low` to `high`, the latter left out.
  case uniform(low: Double, high: Double)
  /// Whole numbers, both ends among them.
  case integers(low: Int64, high: Int64)
  case exponential(mean: Double)
  case poisson(mean: Double)
  /// True so often.
  case chance(Double)
  /// Values with the sums of their weights up to each.
  case choice([Cell], bounds: [Double])
  case sequence(start: Int64, step: Int64)
  /// Days, both ends among them.
  case dates(from: Int32, to: Int32)
  /// Moments in whole seconds, both ends among them.
  case moments(from: Int64, to: Int64)
  case fake(Fake)
  /// Sentences of so many words.
  case sentences(words: Int)

  /// The type of the cells; nil for a choice among cells of several types.
  public var type: ColumnType? {
    switch self {
    case .normal, .lognormal, .uniform, .exponential: .float
    case .integers, .poisson, .sequence: .int
    case .chance: .bool
    case .dates: .date
    case .moments: .datetime
    case .fake, .sentences: .text
    case .choice(let values, _): Self.type(values)
    }
  }

  /// Ints beside floats are floats.
  private static func type(_ values: [Cell]) -> ColumnType? {
    let types = Set(values.compactMap(\.type))
    return types.count == 1 ? types.first : types == [.int, .float] ? .float : nil
  }

  /// A choice among values by weights, which are at least 0 and of which one is above; all alike without.
  public static func choice(_ values: [Cell], weights: [Double]? = nil) -> Distribution? {
    let weights = weights ?? values.map { _ in 1 }
    let all = weights.reduce(0, +)
    guard !values.isEmpty, weights.count == values.count, weights.allSatisfy({ $0 >= 0 }), all > 0, all.isFinite else {
      return nil
    }
    var sum = 0.0
    return .choice(
      values,
      bounds: weights.map {
        sum += $0
        return sum / all
      })
  }

  // MARK: Drawing

  /// The column of the rows of these numbers; `random` is the column's own.
  func column(_ numbers: Range<Int>, _ random: CounterRandom) -> Column {
    func own(_ number: Int) -> CounterRandom { CounterRandom(seed: random.bits(at: UInt64(number))) }
    func floats(_ draw: (inout CounterRandom) -> Double) -> Column {
      .float(
        Cells(
          numbers.map { number in
            var drawn = own(number)
            return draw(&drawn)
          }))
    }
    func texts(_ draw: (inout CounterRandom) -> String) -> Column {
      .text(
        TextCells(
          numbers.map { number -> String? in
            var drawn = own(number)
            return draw(&drawn)
          }))
    }
    switch self {
    case .normal(let mean, let sd): return floats { mean + sd * $0.nextNormal() }
    case .lognormal(let mean, let sd): return floats { exp(mean + sd * $0.nextNormal()) }
    case .uniform(let low, let high): return floats { low + (high - low) * $0.nextUniform() }
    case .exponential(let mean): return floats { -mean * log(1 - $0.nextUniform()) }
    case .integers(let low, let high): return .int(Cells(numbers.map { Self.whole(low, high, random, $0) }))
    case .moments(let first, let last):
      let (low, high) = (first / 1_000_000, last / 1_000_000)
      return .datetime(Cells(numbers.map { Self.whole(low, high, random, $0) &* 1_000_000 }))
    case .dates(let first, let last):
      return .date(Cells(numbers.map { Int32(clamping: Self.whole(Int64(first), Int64(last), random, $0)) }))
    case .poisson(let mean):
      return .int(
        Cells(
          numbers.map { number in
            var drawn = own(number)
            return Poisson.draw(mean, &drawn)
          }))
    case .chance(let share): return .bool(Cells(numbers.map { random.uniform(at: UInt64($0)) < share }))
    case .sequence(let start, let step): return .int(Cells(numbers.map { start &+ step &* Int64($0) }))
    case .fake(let fake): return texts { fake.text(&$0) }
    case .sentences(let words): return texts { FakeWords.sentence(words, &$0) }
    case .choice(let values, let bounds): return chosen(values, bounds, numbers, random)
    }
  }

  /// A whole number from `low` to `high`.
  private static func whole(_ low: Int64, _ high: Int64, _ random: CounterRandom, _ number: Int) -> Int64 {
    let span = UInt64(bitPattern: high &- low)
    let bits = random.bits(at: UInt64(number))
    if span == .max { return Int64(bitPattern: bits) }
    return low &+ Int64(bitPattern: bits.multipliedFullWidth(by: span + 1).high)
  }

  private func chosen(
    _ values: [Cell], _ bounds: [Double], _ numbers: Range<Int>, _ random: CounterRandom
  ) -> Column {
    let places = numbers.map { number in
      min(bounds.lowestPlace { $0 > random.uniform(at: UInt64(number)) }, values.count - 1)
    }
    guard type == .text else { return Column.from(places.map { values[$0] }, type: type ?? .text) }
    let words = values.map(\.description)
    return .text(
      TextCells(
        .dictionary(codes: places.map { Int32($0) }, words: words),
        validity: Bitmap(places.map { values[$0] != .missing })))
  }
}

/// Counts of what happens so often on average.
enum Poisson {
  static let greatestMean = 1e9

  static func draw(_ mean: Double, _ random: inout CounterRandom) -> Int64 {
    mean < 10 ? product(mean, &random) : rejection(mean, &random)
  }

  /// How many uniform numbers are multiplied until they fall below e^-mean (Knuth).
  private static func product(_ mean: Double, _ random: inout CounterRandom) -> Int64 {
    let limit = exp(-mean)
    var (count, product) = (Int64(0), random.nextUniform())
    while product > limit {
      count += 1
      product *= random.nextUniform()
    }
    return count
  }

  /// Transformed rejection (Hörmann, The transformed rejection method for generating Poisson random variables, 1993: PTRS).
  private static func rejection(_ mean: Double, _ random: inout CounterRandom) -> Int64 {
    let b = 0.931 + 2.53 * mean.squareRoot()
    let a = -0.059 + 0.02483 * b
    let inverse = 1.1239 + 1.1328 / (b - 3.4)
    let sure = 0.9277 - 3.6224 / (b - 2)
    while true {
      let (u, v) = (random.nextUniform() - 0.5, 1 - random.nextUniform())
      let edge = 0.5 - abs(u)
      guard edge > 0 else { continue }
      let k = ((2 * a / edge + b) * u + mean + 0.43).rounded(.down)
      if edge >= 0.07, v <= sure { return Int64(exactly: k) ?? 0 }
      if k < 0 || edge < 0.013 && v > edge { continue }
      let chance = -mean + k * log(mean) - logFactorial(k)
      if log(v * inverse / (a / (edge * edge) + b)) <= chance { return Int64(exactly: k) ?? 0 }
    }
  }

  /// log k!, by Stirling's series from 10 on.
  private static func logFactorial(_ k: Double) -> Double {
    if k < 10 { return log((1...max(1, Int(k))).reduce(1.0) { $0 * Double($1) }) }
    let inverse = 1 / k
    let series = inverse * (1.0 / 12 - inverse * inverse * (1.0 / 360 - inverse * inverse / 1260))
    return k * log(k) - k + 0.5 * log(2 * .pi * k) + series
  }
}
