import Kernels
import Plan
import Tables
import Testing

@testable import Synthesis

@Suite struct CopulaTests {
  private static let real = MixedRows.mixed(4000)

  @Test func distributionsAreThoseOfTheRows() throws {
    let made = try MixedRows.made(Self.real, 4000)
    for name in ["x", "y", "age", "day"] {
      let (one, other) = try (#require(Self.real[name]), #require(made[name]))
      #expect(try #require(SampleDistance.kolmogorovSmirnov(one, other)) < 0.04, "\(name)")
    }
    for name in ["flag", "plan"] {
      let (one, other) = try (#require(Self.real[name]), #require(made[name]))
      #expect(try #require(SampleDistance.totalVariation(one, other)) < 0.04, "\(name)")
    }
  }

  @Test func noValueLeavesTheRangeAndFormsStay() throws {
    let made = try MixedRows.made(Self.real, 4000)
    for name in ["x", "y", "age", "day"] {
      let real = Self.real.numbers(name).compactMap(\.self)
      let other = made.numbers(name).compactMap(\.self)
      #expect(try #require(other.min()) >= #require(real.min()), "\(name)")
      #expect(try #require(other.max()) <= #require(real.max()), "\(name)")
    }
    // Three decimals stay three decimals.
    #expect(made.numbers("x").allSatisfy { $0.map { abs($0 * 1000 - ($0 * 1000).rounded()) < 1e-6 } ?? true })
    #expect(made.schema == Self.real.schema)
  }

  @Test func numbersGoTogetherAsInTheRows() throws {
    let made = try MixedRows.made(Self.real, 4000)
    for (one, other) in [("x", "y"), ("x", "age"), ("y", "age"), ("x", "day")] {
      #expect(abs(Self.real.correlation(one, other) - made.correlation(one, other)) < 0.06, "\(one) \(other)")
    }
  }

  @Test func textsAndBoolsGoWithNumbers() throws {
    let made = try MixedRows.made(Self.real, 4000)
    func mean(_ table: Table, _ column: String, _ value: Cell) -> Double {
      let rows = (0..<table.rowCount).filter { table[column]?[$0] == value }
      return rows.reduce(0) { $0 + (table.numbers("x")[$1] ?? 0) } / Double(max(1, rows.count))
    }
    let small = Self.real.head(1500)
    let few = made.head(1500)
    for (column, value) in [("flag", Cell.bool(true)), ("plan", .text("basic")), ("plan", .text("gold"))] {
      #expect(abs(mean(small, column, value) - mean(few, column, value)) < 2.5, "\(column) \(value)")
    }
  }

  @Test func gapsComeAsOftenAndTogether() throws {
    let made = try MixedRows.made(Self.real, 4000)
    let (y, day) = try (#require(made["y"]), #require(made["day"]))
    let real = try #require(Self.real["y"])
    #expect(abs(Double(y.missingCount - real.missingCount)) / 4000 < 0.03)
    #expect((0..<4000).allSatisfy { y.isValid($0) == day.isValid($0) })
    // Gaps are more frequent where x is large.
    func share(_ table: Table, _ isLarge: Bool) -> Double {
      let (x, column) = (table.numbers("x"), table["y"])
      let rows = (0..<table.rowCount).filter { ((x[$0] ?? 0) > 50) == isLarge }
      return Double(rows.count { !(column?.isValid($0) ?? true) }) / Double(rows.count)
    }
    #expect(abs(share(made, true) - share(Self.real, true)) < 0.06)
    #expect(abs(share(made, false) - share(Self.real, false)) < 0.06)
  }

  @Test func classesHaveDistributionsOfTheirOwn() throws {
    // Within each class x has another sign of its relation to z, which one copula of all rows cannot hold.
    var random = CounterRandom(seed: 5)
    var (xs, zs, labels) = ([Double](), [Double](), [String?]())
    for row in 0..<3000 {
      let sign = row % 3 == 0 ? -1.0 : 1
      let a = random.nextNormal()
      xs.append(a)
      zs.append(sign * a + 0.3 * random.nextNormal())
      labels.append(sign < 0 ? "down" : "up")
    }
    let table = Table([("x", .float(Cells(xs))), ("z", .float(Cells(zs))), ("way", .text(TextCells(labels)))])
    let made = try MixedRows.made(table, 3000, by: "way")
    let down = (0..<3000).filter { made["way"]?[$0] == .text("down") }
    #expect(abs(Double(down.count) / 3000 - 1 / 3.0) < 0.04)
    #expect(made.take(down).correlation("x", "z") < -0.9)
    #expect(made.take((0..<3000).filter { !down.contains($0) }).correlation("x", "z") > 0.9)
  }

  @Test func rowsHangOnTheirNumbersAndTheSeedAlone() throws {
    let rows = try CopulaRows(MixedRows.model(Self.real, by: "plan"), seed: 11)
    let whole = rows.rows(0..<1000)
    var builder = TableBuilder()
    for start in [0, 1, 64, 700] {
      builder.append(rows.rows(start..<[0: 1, 1: 64, 64: 700, 700: 1000][start, default: 0]))
    }
    #expect(builder.finish(ScanReport(schema: whole.schema, rowCount: 1000)) == whole)
    #expect(try CopulaRows(MixedRows.model(Self.real, by: "plan"), seed: 12).rows(0..<1000) != whole)
  }

  @Test func learningDoesNotHangOnThreads() throws {
    defer { Threads.set(2) }
    Threads.set(1)
    let one = try MixedRows.model(Self.real)
    Threads.set(4)
    #expect(try MixedRows.model(Self.real) == one)
  }

  // MARK: Given cells

  @Test func aGivenValueIsInEachRowAndTheOthersFollowIt() throws {
    let model = try MixedRows.model(Self.real)
    let made = try CopulaRows(model, given: [("plan", .text("gold"))], seed: 3).rows(0..<2000)
    #expect((0..<2000).allSatisfy { made["plan"]?[$0] == .text("gold") })
    let gold = Self.real.take((0..<4000).filter { Self.real["plan"]?[$0] == .text("gold") })
    let mean = made.numbers("x").reduce(0) { $0 + ($1 ?? 0) } / 2000
    let real = gold.numbers("x").reduce(0) { $0 + ($1 ?? 0) } / Double(gold.rowCount)
    #expect(abs(mean - real) < 2.5)
    #expect(mean > 53)
  }

  @Test func aGivenNumberMovesWhatGoesWithIt() throws {
    let model = try MixedRows.model(Self.real)
    let made = try CopulaRows(model, given: [("x", .float(65)), ("y", .missing)], seed: 3).rows(0..<2000)
    #expect(made.numbers("x").allSatisfy { $0 == 65 })
    #expect(made["y"]?.missingCount == 2000)
    let flags = Double((0..<2000).count { made["flag"]?[$0] == .bool(true) }) / 2000
    // a is 1.5, and the flag is raised where a and a normal number are above 0.5 together.
    #expect(abs(flags - 0.84) < 0.08)
  }

  @Test func whatNoRowHasIsRefused() throws {
    let model = try MixedRows.model(Self.real)
    #expect(throws: EngineError(.synthesis(.neverMade("silver", column: "plan")))) {
      try CopulaRows(model, given: [("plan", .text("silver"))], seed: 3)
    }
    #expect(throws: EngineError.self) { try CopulaRows(model, given: [("age", .int(4000))], seed: 3) }
  }

  // MARK: Little to learn from

  @Test(arguments: [1, 2, 3, 7]) func fewRowsAreEnough(_ count: Int) throws {
    let made = try MixedRows.made(MixedRows.mixed(count), 50, by: "plan")
    #expect(made.rowCount == 50)
    #expect(made.schema == Self.real.schema)
  }

  @Test func columnsWithoutValuesStayWithout() throws {
    let table = Table([
      ("a", .missing(.float, count: 40)), ("b", .float(Cells((0..<40).map(Double.init)))),
      ("c", .int(Cells([Int64](repeating: 5, count: 40)))), ("d", .missing(.text, count: 40)),
    ])
    let made = try MixedRows.made(table, 60)
    #expect(made["a"]?.missingCount == 60)
    #expect(made["d"]?.missingCount == 60)
    #expect(made.numbers("c").allSatisfy { $0 == 5 })
  }

  @Test func whatIsNoNumberIsNotLearned() throws {
    var odd = (0..<60).map(Double.init)
    odd[7] = .infinity
    odd[30] = .nan
    let none = [Double](repeating: .infinity, count: 60)
    let table = Table([("a", Column.float(Cells(odd))), ("b", Column.float(Cells(none)))])
    let made = try MixedRows.made(table, 200)
    #expect(made.numbers("a").allSatisfy { $0?.isFinite ?? true })
    #expect(made["b"]?.missingCount == 200)
    let check = try NearnessCheck(NearestRows(table, columns: ["a", "b"]), name: "t", Progress())
    #expect(try check.passing(made, Progress()).count <= 200)
  }

  /// Columns that are missing in the same rows, of which one is given and one is not to be there.
  @Test func givenCellsMayBeAtOdds() throws {
    let rows = try CopulaRows(MixedRows.model(Self.real), given: [("y", .float(0.5)), ("day", .missing)], seed: 3)
    let made = rows.rows(0..<100)
    #expect(made["day"]?.missingCount == 100)
    #expect(made.numbers("y").allSatisfy { $0 == 0.5 })
  }

  @Test func wideWholeNumbersEndInNoTrap() throws {
    let wide: [Int64] = (0..<100).map { $0 % 2 == 0 ? Int64.max - Int64($0) : Int64.min + Int64($0) }
    let made = try MixedRows.made(Table([("w", .int(Cells(wide)))]), 500)
    #expect(made.rowCount == 500)
  }
}
