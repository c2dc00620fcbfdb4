import Kernels
import Plan
import Scoring
import Tables
import Testing
import Training

@Suite struct ScalingTests {
  static let table = Table([
    ("x", .float(Cells([1, 2, 3, 4, nil], filler: 0))), ("n", .int(Cells([-3, 0, 3, 100, 7]))),
    ("same", .float(Cells([0.1, 0.1, 0.1, 0.1, 0.1]))),
  ])

  static func scaled(_ column: String, _ method: any ScalingMethod.Type) throws -> [Double?] {
    let recipe = Recipe(steps: [.feature(Scale(column, method))])
    let fitted = try recipe.fit(on: table, rows: RowList(0..<5), choosing: .all, Progress())
    return (0..<5).map { fitted.table[column]?[$0].number }
  }

  @Test func eachMethodIsItsFormula() throws {
    let sd = (1.25).squareRoot()
    let standard = try Self.scaled("x", StandardScaling.self)
    #expect(
      zip(standard, [-1.5, -0.5, 0.5, 1.5]).allSatisfy { abs(($0 ?? 9) - $1 / sd) < 1e-15 } && standard[4] == nil)
    #expect(try Self.scaled("x", MinMaxScaling.self) == [0, 1.0 / 3, 2.0 / 3, 1, nil])
    #expect(try Self.scaled("n", RobustScaling.self) == [-6.0 / 7, -3.0 / 7, 0, 97.0 / 7, 4.0 / 7])
  }

  @Test func aConstantIsOnlyShifted() throws {
    let shifting: [any ScalingMethod.Type] = [StandardScaling.self, MinMaxScaling.self, RobustScaling.self]
    for method in shifting {
      #expect(try Self.scaled("same", method).allSatisfy { $0 == 0 })
    }
  }

  @Test func namesAreDistinctAndFound() {
    #expect(Set(ScalingCatalog.all.map { $0.name }).count == ScalingCatalog.all.count)
    #expect(ScalingCatalog.all.allSatisfy { ScalingCatalog.named($0.name)?.name == $0.name })
  }
}
