import Descriptions
import Synthesis
import Tables

/// What the cells of a column may be drawn from, as it is written in `of:`.
struct DistributionForm: Sendable {
  let name: String
  /// How it is written: `normal(mean, sd)`.
  let signature: String
  let summary: String
  /// nil for arguments that do not do.
  private let make: @Sendable ([RawValue]) -> Distribution?

  static let all: [DistributionForm] =
    [
      DistributionForm("normal", "normal(mean, sd)", "normal numbers") { raw in
        guard let (mean, sd) = DistributionForm.two(raw), sd >= 0 else { return nil }
        return .normal(mean: mean, sd: sd)
      },
      DistributionForm("lognormal", "lognormal(mean, sd)", "numbers whose logarithm is normal") { raw in
        guard let (mean, sd) = DistributionForm.two(raw), sd >= 0, abs(mean) + 9 * sd < 700 else { return nil }
        return .lognormal(mean: mean, sd: sd)
      },
      DistributionForm("uniform", "uniform(low, high)", "numbers between two") { raw in
        guard let (low, high) = DistributionForm.two(raw), low < high, (high - low).isFinite else { return nil }
        return .uniform(low: low, high: high)
      },
      DistributionForm("integers", "integers(low, high)", "whole numbers, both ends among them") { raw in
        guard raw.count == 2, case .int(let low) = raw[0], case .int(let high) = raw[1], low <= high else { return nil }
        return .integers(low: low, high: high)
      },
      DistributionForm("exponential", "exponential(mean)", "waiting times") { raw in
        guard let mean = DistributionForm.one(raw), mean > 0 else { return nil }
        return .exponential(mean: mean)
      },
      DistributionForm("poisson", "poisson(mean)", "counts of what happens so often on average, up to 1e9") { raw in
        guard let mean = DistributionForm.one(raw), mean >= 0, mean <= 1e9 else { return nil }
        return .poisson(mean: mean)
      },
      DistributionForm("chance", "chance(share)", "true so often") { raw in
        guard let share = DistributionForm.one(raw), share >= 0, share <= 1 else { return nil }
        return .chance(share)
      },
      DistributionForm("choice", "choice([value, …], [weight, …])", "one of some values, all alike without weights") {
        DistributionForm.choice($0)
      },
      DistributionForm("sequence", "sequence(start, step)", "whole numbers that count the rows, from 1 by 1 without") {
        DistributionForm.sequence($0)
      },
      DistributionForm("dates", "dates(first, last)", "days, or moments in whole seconds") {
        DistributionForm.dates($0)
      },
    ] + fakes

  private static let fakes = Fake.allCases.map { fake in
    fake == .sentence
      ? DistributionForm(fake.word, "\(fake.word)(words)", fake.summary) { raw in
        if raw.isEmpty { return .fake(fake) }
        guard let words = DistributionForm.one(raw).flatMap(Int.init(exactly:)), words > 0, words <= 1000 else {
          return nil
        }
        return .sentences(words: words)
      }
      : DistributionForm(fake.word, "\(fake.word)()", fake.summary) { $0.isEmpty ? .fake(fake) : nil }
  }

  private init(
    _ name: String, _ signature: String, _ summary: String, _ make: @escaping @Sendable ([RawValue]) -> Distribution?
  ) {
    self.name = name
    self.signature = signature
    self.summary = summary
    self.make = make
  }

  func distribution(_ arguments: [RawValue]) -> Distribution? { make(arguments) }

  // MARK: Arguments

  private static func one(_ raw: [RawValue]) -> Double? {
    raw.count == 1 ? raw[0].number.flatMap { $0.isFinite ? $0 : nil } : nil
  }

  private static func two(_ raw: [RawValue]) -> (Double, Double)? {
    guard raw.count == 2, let first = raw[0].number, let second = raw[1].number, first.isFinite, second.isFinite else {
      return nil
    }
    return (first, second)
  }

  private static func choice(_ raw: [RawValue]) -> Distribution? {
    guard raw.count == 1 || raw.count == 2, case .list(let values) = raw[0] else { return nil }
    let cells = values.compactMap(\.cell)
    guard cells.count == values.count, cells.contains(where: { $0 != .missing }) else { return nil }
    var weights: [Double]?
    if raw.count == 2 {
      guard case .list(let written) = raw[1] else { return nil }
      let numbers = written.compactMap(\.number)
      guard numbers.count == written.count else { return nil }
      weights = numbers
    }
    guard let made = Distribution.choice(cells, weights: weights), made.type != nil else { return nil }
    return made
  }

  private static func sequence(_ raw: [RawValue]) -> Distribution? {
    var numbers: [Int64] = []
    for value in raw {
      guard case .int(let number) = value else { return nil }
      numbers.append(number)
    }
    guard numbers.count <= 2 else { return nil }
    return .sequence(start: numbers.first ?? 1, step: numbers.count > 1 ? numbers[1] : 1)
  }

  private static func dates(_ raw: [RawValue]) -> Distribution? {
    guard raw.count == 2 else { return nil }
    switch (raw[0], raw[1]) {
    case (.date(let first), .date(let last)): return first <= last ? .dates(from: first, to: last) : nil
    case (.datetime(let first), .datetime(let last)): return first <= last ? .moments(from: first, to: last) : nil
    default: return nil
    }
  }
}
