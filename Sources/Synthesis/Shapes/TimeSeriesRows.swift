import Glibc
import Kernels
import Tables

/// A number a day: a line, a wave and noise that remembers the days before.
public struct TimeSeriesRows: RowMaking {
  /// What it is put together of.
  public struct Parts: Sendable, Hashable {
    /// The first day, in days since 1970-01-01.
    public let start: Int32
    public let level: Double
    /// What is added from a day to the next.
    public let trend: Double
    /// The days of a wave, and how high it is.
    public let period: Double
    public let amplitude: Double
    /// The standard deviation of what is new each day.
    public let noise: Double
    /// The share of yesterday's noise that is left, from 0 to 0.99.
    public let memory: Double

    public init(
      start: Int32, level: Double, trend: Double, period: Double, amplitude: Double, noise: Double, memory: Double
    ) {
      self.start = start
      self.level = level
      self.trend = trend
      self.period = period
      self.amplitude = amplitude
      self.noise = noise
      self.memory = memory
    }
  }

  private let parts: Parts
  private let seed: UInt64
  /// What is left of the noise of the days before, as far as it counts.
  private let weights: [Double]

  public init(_ parts: Parts, seed: UInt64) {
    self.parts = parts
    self.seed = seed
    var (weights, weight) = ([Double](), 1.0)
    while weight > 1e-6, weights.count < 2000 {
      weights.append(weight)
      weight *= parts.memory
    }
    self.weights = weights
  }

  public let fields = [Field("day", .date), Field("y", .float)]

  public func rows(_ numbers: Range<Int>) -> Table {
    let random = CounterRandom(seed: seed, stream: 1)
    // The noise of days before the first is drawn at places of its own behind all others.
    let first = numbers.lowerBound - weights.count + 1
    let shocks = (first..<max(first, numbers.upperBound)).map { day in
      NormalDistribution.quantile((Double(random.bits(at: UInt64(bitPattern: Int64(day))) >> 11) + 0.5) * 0x1p-53)
    }
    let values = numbers.map { day -> Double in
      let place = day - first
      let noise = weights.indices.reduce(0) { $0 + weights[$1] * shocks[place - $1] }
      let wave = parts.amplitude * sin(2 * .pi * Double(day) / parts.period)
      return parts.level + parts.trend * Double(day) + wave + parts.noise * noise
    }
    let days = numbers.map { Int32(clamping: Int64(parts.start) + Int64($0)) }
    return Table([("day", .date(Cells(days))), ("y", .float(Cells(values)))])
  }
}
