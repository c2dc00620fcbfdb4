import Glibc
import Kernels
import Plan
import Testing

@testable import Learners

@Suite struct BoostingLossTests {
  /// Rows that end within four, scores far out among them.
  @Test(arguments: [1, 6, 1024, 3001])
  func logisticGradientsAreRoundedToOneStep(rows: Int) {
    var random = CounterRandom(seed: 7)
    let codes = (0..<rows).map { Int32($0 % 3 == 0 ? 1 : 0) }
    let target = ClassTarget(codes: codes, counts: [rows - (rows + 2) / 3, (rows + 2) / 3], weights: nil)
    let loss = BoostingLoss(target)
    for row in 0..<rows { loss.scores[row] = row % 5 == 0 ? (row % 2 == 0 ? 700 : -700) : 3 * random.nextNormal() }
    let scale = loss.scale
    let pairs = UnsafeMutablePointer<Int32>.allocate(capacity: rows + 3)
    defer { pairs.deallocate() }
    loss.write(0..<rows, output: 0, scale, RandomRounding(random, tree: 3), into: pairs)
    var sums = (gradient: 0.0, hessian: 0.0)
    for row in 0..<rows {
      let chance = 1 / (1 + exp(-loss.scores[row]))
      let gradient = (chance - Double(codes[row])) * scale.gradient
      let hessian = chance * (1 - chance) * scale.hessian
      let found = (gradient: Double(pairs[row] >> 16), hessian: Double(pairs[row] & 0xFFFF))
      #expect(abs(found.gradient - gradient) < 1.001 && abs(found.hessian - hessian) < 1.001, "row \(row)")
      sums.gradient += found.gradient - gradient
      sums.hessian += found.hessian - hessian
    }
    // Up as often as down.
    #expect(abs(sums.gradient) < 1 + 0.02 * Double(rows) && abs(sums.hessian) < 1 + 0.02 * Double(rows))
  }
}
