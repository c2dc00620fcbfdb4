import Kernels
import Tables
import Testing

@testable import Synthesis

@Suite struct ShapeTests {
  private static let asked = ClusterRows.Classification(
    features: 8, informative: 3, redundant: 2, classes: 4, clustersPerClass: 2, separation: 2, flipped: 0)

  private static func all(_ seed: UInt64) -> [any RowMaking] {
    [
      MoonRows(.moons, noise: 0.1, seed: seed), MoonRows(.circles(factor: 0.5), noise: 0, seed: seed),
      ClusterRows.blobs(centers: 5, features: 3, spread: 0.5, seed: seed),
      ClusterRows.classification(asked, seed: seed),
      RegressionRows(features: 4, informative: 2, bias: 3, noise: 1, seed: seed),
      TimeSeriesRows(
        TimeSeriesRows.Parts(start: 100, level: 10, trend: 1, period: 7, amplitude: 2, noise: 1, memory: 0.9),
        seed: seed),
    ]
  }

  @Test func rowsHangOnTheirNumbersAndTheSeedAlone() {
    for (one, other) in zip(Self.all(7), Self.all(8)) {
      let whole = one.rows(0..<500)
      #expect(whole.schema.fields == one.fields)
      #expect(one.rows(123..<456) == whole.take(RowList(123..<456)))
      #expect(other.rows(0..<500) != whole)
      #expect(one.rows(0..<0).names == whole.names)
    }
  }

  @Test func classesAreAllAsFrequent() {
    for (rows, count) in [(Self.all(7)[0], 2), (Self.all(7)[2], 5), (Self.all(7)[3], 4)] {
      let labels = rows.rows(0..<1000).numbers("y")
      for label in 0..<count { #expect(labels.count { $0 == Double(label) } == 1000 / count) }
    }
  }

  @Test func circlesAreRound() {
    let rows = Self.all(7)[1].rows(0..<400)
    let (x, y, label) = (rows.numbers("x1"), rows.numbers("x2"), rows.numbers("y"))
    for row in 0..<400 {
      let radius = ((x[row] ?? 0) * (x[row] ?? 0) + (y[row] ?? 0) * (y[row] ?? 0)).squareRoot()
      #expect(abs(radius - (label[row] == 0 ? 1 : 0.5)) < 1e-12)
    }
  }

  @Test func redundantColumnsAreSumsOfTheOthers() {
    let rows = Self.all(7)[3].rows(0..<400)
    let columns = (1...8).map { rows.numbers("x\($0)").compactMap(\.self) }
    // What four columns of numbers hang together in has no more than three directions.
    func residual(_ target: [Double], _ inputs: [[Double]]) -> Double {
      var left = target
      for _ in 0..<2000 {
        for input in inputs {
          let slope = zip(left, input).reduce(0) { $0 + $1.0 * $1.1 } / input.reduce(0) { $0 + $1 * $1 }
          for row in left.indices { left[row] -= slope * input[row] }
        }
      }
      return left.reduce(0) { $0 + $1 * $1 } / target.reduce(0) { $0 + $1 * $1 }
    }
    #expect(residual(columns[3], Array(columns[0..<3])) < 1e-6)
    #expect(residual(columns[4], Array(columns[0..<3])) < 1e-6)
    #expect(residual(columns[5], Array(columns[0..<3])) > 0.9)
  }

  @Test func aRegressionIsItsSum() {
    let rows = RegressionRows(features: 3, informative: 1, bias: 5, noise: 0, seed: 3).rows(0..<100)
    let (x, y) = (rows.numbers("x1").compactMap(\.self), rows.numbers("y").compactMap(\.self))
    let weight = (y[0] - 5) / x[0]
    #expect(weight >= 0 && weight <= 100)
    #expect(zip(x, y).allSatisfy { abs($1 - 5 - weight * $0) < 1e-9 })
  }

  @Test func aSeriesIsALineAWaveAndNoiseThatRemembers() {
    func series(_ noise: Double, _ memory: Double) -> [Double] {
      let parts = TimeSeriesRows.Parts(
        start: 100, level: 10, trend: 0.5, period: 4, amplitude: 2, noise: noise, memory: memory)
      return TimeSeriesRows(parts, seed: 9).rows(0..<4000).numbers("y").compactMap(\.self)
    }
    let plain = series(0, 0.5)
    #expect(abs(plain[0] - 10) < 1e-9 && abs(plain[1] - 12.5) < 1e-9 && abs(plain[4] - 12) < 1e-9)
    let noise = zip(series(1, 0.8), series(0, 0.8)).map { $0 - $1 }
    let variance = noise.reduce(0) { $0 + $1 * $1 } / 4000
    let lagged = zip(noise, noise.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 } / 4000
    #expect(abs(lagged / variance - 0.8) < 0.05)
    #expect(abs(variance - 1 / (1 - 0.64)) < 0.5)
  }
}
