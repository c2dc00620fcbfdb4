import Kernels
import Plan
import Scoring
import Tables
import Testing
import Training

/// What the steps that fill missing cells give, worked out by hand.
@Suite struct ImputingTests {
  static let table = Table([
    ("x", .float(Cells([1, 2, 3, 10, nil], filler: 0))), ("y", .float(Cells([10, nil, 30, 100, 21], filler: 0))),
    ("g", .text(TextCells(["a", "a", "b", nil, "b"]))), ("n", .int(Cells([1, nil, 3, 4, 5], filler: 0))),
  ])

  static func filled(_ step: any FeatureStep, _ table: Table = table) throws -> FittedRecipe {
    try Recipe(steps: [.feature(step)]).fit(on: table, rows: RowList(0..<table.rowCount), choosing: .all, Progress())
  }

  private static func numbers(_ column: Column?) -> [Double?] {
    column.map { column in (0..<column.count).map { column[$0].number } } ?? []
  }

  @Test func theNearestRowsHaveTheirMean() throws {
    let fitted = try Self.filled(JointImputation(["x", "y"], from: ["x", "y"], .knn(2)))
    // Row 1 is 1 away from rows 0 and 2; row 4 is 9 and 11 away from rows 2 and 0.
    #expect(Self.numbers(fitted.table["y"]) == [10, 20, 30, 100, 21])
    #expect(Self.numbers(fitted.table["x"]) == [1, 2, 3, 10, 2])
  }

  @Test func aRowThatSharesNothingGetsTheMean() throws {
    let table = Table([
      ("x", .float(Cells([1, 3, nil], filler: 0))), ("y", .float(Cells([nil, nil, 5], filler: 0))),
    ])
    let fitted = try Self.filled(JointImputation(["x"], from: ["x", "y"], .knn(1)), table)
    #expect(Self.numbers(fitted.table["x"]) == [1, 3, 2])
  }

  @Test func equationsFollowTheOtherColumns() throws {
    let rows = 40
    var random = CounterRandom(seed: 5)
    let x = (0..<rows).map { _ in random.nextNormal() }
    let table = Table([
      ("x", .float(Cells(x))),
      ("y", .float(Cells(x.enumerated().map { $0 % 9 == 4 ? nil : 3 * $1 + 1 }, filler: 0))),
    ])
    let fitted = try Self.filled(JointImputation(["y"], from: ["x", "y"], .iterative(10)), table)
    let found = Self.numbers(fitted.table["y"])
    #expect(zip(found, x).allSatisfy { abs(($0 ?? .infinity) - (3 * $1 + 1)) < 1e-3 })
    let isChained = fitted.notes.contains { if case .chained(_, isSettled: true) = $0.remark { true } else { false } }
    #expect(isChained)
  }

  @Test func aGroupHasItsOwnStatisticAndAllRowsHaveOneForTheRest() throws {
    let fitted = try Self.filled(GroupedImputation("n", .mean, by: ["g"]))
    #expect(Self.numbers(fitted.table["n"]) == [1, 1, 3, 4, 5])
    let table = Table([
      ("n", .float(Cells([1, nil, nil, 5], filler: 0))), ("g", .text(TextCells(["a", nil, "c", "b"]))),
    ])
    #expect(Self.numbers(try Self.filled(GroupedImputation("n", .mean, by: ["g"]), table).table["n"]) == [1, 3, 3, 5])
  }

  @Test func keysOfSeveralColumnsAreToldApart() throws {
    let table = Table([
      ("w", .text(TextCells(["p", "q", nil, nil, "q"]))), ("g", .text(TextCells(["a", "ab", "a", "ab", "ab"]))),
      ("h", .text(TextCells(["bc", "c", "bc", "c", "c"]))),
    ])
    let fitted = try Self.filled(GroupedImputation("w", .mode, by: ["g", "h"]), table)
    #expect((0..<5).map { fitted.table["w"]?[$0] } == ["p", "q", "p", "q", "q"].map { .text($0) })
  }

  /// What is filled on the rows at hand, by the graph, and row by row has the same bits.
  @Test(arguments: [JointImputation.Method.knn(2), .iterative(4)])
  func rowsAndGraphAgree(_ method: JointImputation.Method) throws {
    let step = JointImputation(["x", "y"], from: ["x", "y", "n"], method, flag: true)
    let fitted = try Self.filled(step)
    var scope = fitted.scope
    for name in ["x", "y"] {
      let port = try scope.column(name)
      let graph = scope.builder.graph(prediction: port, probabilities: nil, classes: [])
      let scored = try Scorer(graph: graph).score(Self.table, Progress()).prediction
      #expect(scored == fitted.table[name])
    }
    #expect(fitted.table["x_missing"] == .bool(Cells([false, false, false, false, true])))
  }

  @Test func whatWasFilledIsToldWithItsMeans() throws {
    let fitted = try Self.filled(Impute("x", .mean))
    guard case .filled(let columns)? = fitted.notes.first?.remark else {
      Issue.record("nothing is told: \(fitted.notes)")
      return
    }
    #expect(columns.map(\.filled) == [1] && columns[0].value == .float(4))
    #expect(columns[0].before?.mean == 4 && columns[0].after?.mean == 4)
    #expect(abs((columns[0].before?.deviation ?? 0) - (50.0 / 3).squareRoot()) < 1e-15)
    #expect(abs((columns[0].after?.deviation ?? 0) - (50.0 / 4).squareRoot()) < 1e-15)
  }
}
