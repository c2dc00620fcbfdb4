import Kernels
import Tables
import Testing

@testable import Synthesis

@Suite struct CorrelationMatrixTests {
  private static func matrix(_ rows: [[Double]]) throws -> CorrelationMatrix {
    try #require(CorrelationMatrix(size: rows.count, entries: rows.flatMap(\.self)))
  }

  @Test func aFactorGivesTheMatrix() throws {
    let matrix = try Self.matrix([[1], [0.5, 1], [-0.3, 0.2, 1]])
    let factor = try #require(matrix.factor())
    for row in 0..<3 {
      for column in 0...row {
        let sum = (0...column).reduce(0) {
          $0 + factor[row * (row + 1) / 2 + $1] * factor[column * (column + 1) / 2 + $1]
        }
        #expect(abs(sum - matrix[row, column]) < 1e-12)
      }
    }
  }

  @Test func whatIsNoCorrelationIsRepaired() throws {
    // Two that go together cannot go with a third in opposite ways.
    let broken = try Self.matrix([[1], [0.9, 1], [0.9, -0.9, 1]])
    #expect(broken.factor() == nil)
    let repaired = broken.repaired()
    #expect(repaired.factor() != nil)
    for row in 0..<3 { #expect(repaired[row, row] == 1) }
    #expect(repaired[1, 0] > 0.3 && repaired[2, 0] > 0.3 && repaired[2, 1] < -0.3)
    let sound = try Self.matrix([[1], [0.5, 1]])
    #expect(sound.repaired() == sound)
  }

  @Test func columnsChangePlaces() throws {
    let matrix = try Self.matrix([[1], [0.5, 1], [-0.3, 0.2, 1]])
    let turned = matrix.permuted([2, 0, 1])
    #expect(turned[1, 0] == -0.3 && turned[2, 0] == 0.2 && turned[2, 1] == 0.5)
  }

  @Test func entriesHaveToBeCorrelations() {
    #expect(CorrelationMatrix(size: 2, entries: [1, 2, 1]) == nil)
    #expect(CorrelationMatrix(size: 2, entries: [1, 0.5]) == nil)
    #expect(CorrelationMatrix(size: 2, entries: [1, .nan, 1]) == nil)
  }

  /// The correlation behind two bools is that of the normal numbers that they were cut from.
  @Test(arguments: [-0.7, -0.2, 0.0, 0.4, 0.8]) func boolsTellTheCorrelationBehindThem(_ correlation: Double) {
    var random = CounterRandom(seed: 21)
    var (a, b, c) = ([Bool](), [Bool](), [Double]())
    for _ in 0..<20_000 {
      let x = random.nextNormal()
      let y = correlation * x + (1 - correlation * correlation).squareRoot() * random.nextNormal()
      a.append(x > 0.3)
      b.append(y > -0.6)
      c.append(y)
    }
    let columns: [Column] = [.bool(Cells(a)), .bool(Cells(b)), .float(Cells(c))]
    let rows = Array(0..<20_000)
    let scores = columns.compactMap { column in
      MarginalFit(column, at: rows, isGuarded: false) { _ in 0 }.map { LatentScores(column, at: rows, $0.marginal) }
    }
    #expect(abs(scores[0].correlation(scores[1]) - correlation) < 0.04)
    #expect(abs(scores[0].correlation(scores[2]) - correlation) < 0.04)
  }
}
