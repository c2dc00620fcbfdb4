import Kernels
import Tables

/// Normal columns, and a sum of some of them with noise.
public struct RegressionRows: RowMaking {
  private let features: Int
  private let weights: [Double]
  private let bias: Double
  private let noise: Double
  private let seed: UInt64

  /// The first `informative` columns have weights from 0 to 100.
  public init(features: Int, informative: Int, bias: Double, noise: Double, seed: UInt64) {
    self.features = features
    self.bias = bias
    self.noise = noise
    self.seed = seed
    var random = CounterRandom(seed: seed, stream: 3)
    weights = (0..<min(features, informative)).map { _ in 100 * random.nextUniform() }
  }

  public var fields: [Field] { (1...max(1, features)).map { Field("x\($0)", .float) } + [Field("y", .float)] }

  public func rows(_ numbers: Range<Int>) -> Table {
    let random = CounterRandom(seed: seed, stream: 1)
    var columns = [[Double]](repeating: [], count: features)
    var sums: [Double] = []
    for number in numbers {
      var own = CounterRandom(seed: random.bits(at: UInt64(number)))
      var sum = bias
      for place in 0..<features {
        let value = own.nextNormal()
        columns[place].append(value)
        if place < weights.count { sum += weights[place] * value }
      }
      sums.append(sum + noise * own.nextNormal())
    }
    let made = columns.enumerated().map { ("x\($0 + 1)", Column.float(Cells($1))) }
    return Table(made + [("y", .float(Cells(sums)))])
  }
}
