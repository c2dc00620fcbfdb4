import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct OutlierTests {
  private static let values: [Double?] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100, nil]

  private static func made(_ act: Outliers.Act, _ rule: OutlierRule, _ rows: Table) throws -> CleanedColumns {
    try CleanedColumns(Outliers("x", rule, act), on: rows)
  }

  /// NumPy: quartiles 3.25 and 7.75; mean 14.5, sd 30.15 (n - 1); median 5.5, median distance 2.5.
  @Test(
    arguments: [
      (OutlierRule.Method.iqr, 1.5, -3.5, 14.5), (.z, 2, -45.80478145774733, 74.80478145774734),
      (.mad, 3.5, -7.47276941192402, 18.47276941192402),
    ])
  func fencesAreThoseOfTheMethod(method: OutlierRule.Method, k: Double, low: Double, high: Double) throws {
    let made = try Self.made(.clip, OutlierRule(method, k: k), .floats("x", Self.values))
    let fenced = try #require(made.fenced)
    #expect(abs((fenced.low?.number ?? 0) - low) < 1e-9 && abs((fenced.high?.number ?? 0) - high) < 1e-9)
    #expect(fenced.below == 0 && fenced.above == 1)
    #expect(made.cells("x")[9] == fenced.high && made.cells("x")[10] == .missing)
  }

  @Test func actsKeepAllElse() throws {
    let rows = Table.floats("x", Self.values)
    let rule = OutlierRule(.iqr, k: 1.5)
    let missing = try Self.made(.missing, rule, rows)
    #expect(missing.cells("x")[9] == .missing && missing.cells("x")[8] == .float(9))
    let flagged = try Self.made(.flag, rule, rows)
    #expect(flagged.cells("x_outlier").map { $0 == .bool(true) } == Self.values.map { $0 == 100 })
    #expect(flagged.cells("x_outlier")[10] == .bool(false), "a missing cell is no outlier")
    #expect(flagged.cells("x")[9] == .float(100))
    let fresh = Table.floats("x", [-100, 14.5, 14.6, nil])
    #expect(try missing.scored(fresh).cells == [.missing, .float(14.5), .missing, .missing])
  }

  @Test func wholeNumbersAreClippedToWholeNumbers() throws {
    let rows = Table.ints("x", Self.values.map { $0.map { Int64($0) } })
    let made = try Self.made(.clip, OutlierRule(.iqr, k: 1.5), rows)
    #expect(made.fenced?.low == .int(-3) && made.fenced?.high == .int(14))
    #expect(made.cells("x")[9] == .int(14) && made.table["x"]?.type == .int)
  }

  @Test func numbersPastTheLargestHaveNoFence() throws {
    let large = 1.5e308
    let made = try Self.made(.clip, OutlierRule(.iqr, k: 3), .floats("x", [-large, -large, 0, large, large]))
    #expect(made.fenced?.low == nil && made.fenced?.high == nil && made.fenced?.open == nil)
    #expect(made.cells("x")[0] == .float(-large))
    let wide = try Self.made(.clip, OutlierRule(.iqr, k: 1.5), .ints("x", [.min, .min, 0, .max, .max]))
    #expect(wide.fenced?.low == nil && wide.cells("x")[0] == .int(.min))
  }

  @Test(arguments: OutlierRule.Method.allCases) func columnsWithoutASpreadAreLeftAndToldOf(
    method: OutlierRule.Method
  ) throws {
    let rule = OutlierRule(method, k: method.k)
    func open(_ cells: [Double?]) throws -> Fenced.Open? {
      try Self.made(.missing, rule, .floats("x", cells)).fenced?.open
    }
    #expect(try open([Double?](repeating: 7, count: 30)) == .noSpread)
    #expect(try open([nil, nil]) == .noValue)
    #expect(try open([]) == .noValue)
    let counts = [Double?](repeating: 0, count: 30) + [1, 2]
    #expect(try open(counts) == (method == .z ? nil : .noSpread), "the middle of counts is often one value")
  }

  @Test func fewValuesCannotLieFarFromTheirMean() throws {
    let made = try Self.made(.clip, OutlierRule(.z, k: 3), .floats("x", [0, 0, 0, 0, 1000]))
    #expect(made.fenced?.open == .tooFew(5) && made.cells("x")[4] == .float(1000))
  }

  // MARK: Rows

  @Test func rowsAreLeftOutByTheFencesOfAllColumns() throws {
    let table = Table([
      ("a", .float(Cells([1, 2, 3, 4, 100], filler: 0))), ("b", .int(Cells([nil, 50, 1, 2, 3], filler: 0))),
    ])
    let chooser = OutlierRows(["a", "b"], OutlierRule(.iqr, k: 1.5))
    let fitted = try Recipe(steps: [.choose(chooser)]).fit(
      on: table, rows: RowList(0..<5), choosing: .all, Progress())
    #expect(Array(fitted.places) == [0, 2, 3])
    guard case .chosen(from: 5, to: 3, .outliers(let columns)?)? = fitted.notes.first?.remark else {
      Issue.record("\(fitted.notes)")
      return
    }
    #expect(columns.map(\.above) == [1, 1] && columns.map(\.below) == [0, 0] && columns.map(\.column) == ["a", "b"])
  }
}
