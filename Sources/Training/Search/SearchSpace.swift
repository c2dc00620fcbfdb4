import Descriptions
import Glibc
import Kernels
import Learners
import Plan

/// How a search goes through its space.
public enum SearchMethod: String, ChoiceValue {
  /// Independent draws (Bergstra & Bengio 2012).
  case random
  /// Every combination of lists and whole ranges.
  case grid
}

/// The hyperparameters of a learner that were written as ranges or lists, and the settings to try.
public struct SearchSpace: Sendable {
  /// The tuned hyperparameters, in the order in which the learner declares them.
  public let tuned: [(name: String, space: TunedSpace)]
  /// All options as written.
  public let options: Options

  /// The most combinations a grid may have.
  public static let largestGrid = 10_000

  public init(_ description: Description, _ options: Options) {
    self.options = options
    tuned = description.parameters.compactMap { parameter in
      options.values[parameter.name].flatMap(parameter.space).map { (parameter.name, $0) }
    }
  }

  /// Whether every option is fixed, so that there is nothing to search.
  public var isFixed: Bool { tuned.isEmpty }

  /// The number of different settings; nil when a range of real numbers makes them countless, or for more than `largestGrid`.
  public var count: Int? {
    var product = 1
    for (_, space) in tuned {
      guard let values = Self.valueCount(space) else { return nil }
      let (next, overflow) = product.multipliedReportingOverflow(by: values)
      guard !overflow, next <= Self.largestGrid else { return nil }
      product = next
    }
    return product
  }

  /// The settings to try, each with all options fixed; the same for the same seed. No setting comes twice, so there are fewer
  /// than `trials` when the space is smaller. One setting when nothing is tuned.
  ///
  /// Throws `badOption` for a grid over real numbers or with more combinations than `trials`.
  public func settings(_ method: SearchMethod, trials: Int, seed: UInt64) throws(EngineError) -> [Options] {
    if isFixed { return [options] }
    guard trials > 0 else { throw EngineError(.option(.outOfBounds("trials", Double(trials), from: 1, to: nil))) }
    switch method {
    case .grid: return try grid(trials)
    case .random: return draws(trials, seed)
    }
  }

  private func grid(_ trials: Int) throws(EngineError) -> [Options] {
    for (name, space) in tuned where Self.valueCount(space) == nil {
      throw EngineError(.option(.notCountable(name)))
    }
    guard let count, count <= trials else {
      throw EngineError(.option(.gridTooLarge(count, most: Self.largestGrid, trials: trials)))
    }
    return (0..<count).map(combination)
  }

  /// The last hyperparameter varies fastest.
  private func combination(_ place: Int) -> Options {
    var rest = place
    var settled = options
    for (name, space) in tuned.reversed() {
      let values = Self.valueCount(space) ?? 1
      settled.set(name, Self.value(space, at: rest % values))
      rest /= values
    }
    return settled
  }

  private func draws(_ trials: Int, _ seed: UInt64) -> [Options] {
    var seen: Set<Options> = []
    var drawn: [Options] = []
    var attempt: UInt64 = 0
    let enough = min(trials, count ?? trials)
    // A small space is exhausted long before: each attempt finds a new setting with a chance of at least 1 in count.
    let most = UInt64(enough) &* 200
    while drawn.count < enough, attempt < most {
      let setting = draw(CounterRandom(seed: seed, stream: attempt))
      if seen.insert(setting).inserted { drawn.append(setting) }
      attempt += 1
    }
    return drawn
  }

  private func draw(_ random: CounterRandom) -> Options {
    var settled = options
    for (place, (name, space)) in tuned.enumerated() {
      settled.set(name, Self.value(space, random.uniform(at: UInt64(place))))
    }
    return settled
  }

  private static func valueCount(_ space: TunedSpace) -> Int? {
    switch space {
    case .choice(let values): values.count
    case .range(let low, let high, _, let isWhole):
      isWhole && high - low < Double(largestGrid) ? Int(exactly: (high - low + 1).rounded(.down)) : nil
    }
  }

  private static func value(_ space: TunedSpace, at place: Int) -> RawValue {
    switch space {
    case .choice(let values): values[place]
    case .range(let low, _, _, _): whole(low + Double(place))
    }
  }

  /// `uniform` is in [0, 1).
  private static func value(_ space: TunedSpace, _ uniform: Double) -> RawValue {
    switch space {
    case .choice(let values):
      return values[min(values.count - 1, Int(uniform * Double(values.count)))]
    case .range(let low, let high, let isLog, let isWhole):
      // Whole numbers get an interval each, half a step beyond the ends, so that both ends are as likely as the middle.
      let margin = isWhole ? 0.5 : 0
      let (from, to) = (low - margin, high + margin)
      let drawn = isLog ? exp(log(from) + uniform * (log(to) - log(from))) : from + uniform * (to - from)
      let kept = min(max(isWhole ? drawn.rounded() : drawn, low), high)
      return isWhole ? whole(kept) : .float(kept)
    }
  }

  private static func whole(_ value: Double) -> RawValue { Int64(exactly: value).map(RawValue.int) ?? .float(value) }
}
