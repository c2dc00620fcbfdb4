import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Engine
@testable import Relational

@Suite(.serialized) struct PivotTests {
  static let sales = Table([
    ("shop", .text(TextCells(["a", "a", "b", "b", "a", nil]))),
    ("month", .text(TextCells(["feb", "jan", "jan", "mar", "feb", "jan"]))),
    ("sold", .int(Cells([1, 2, 3, nil, 5, 6], filler: 0))), ("paid", .float(Cells([0.5, 1, 2, 3, 4, 5]))),
  ])

  private func pivot(
    _ values: [String], by: [String] = ["shop"], using: Aggregate?, stated: [Cell]? = nil, fill: Cell? = nil,
    prefix: String = ""
  ) -> Pivot {
    Pivot(names: "month", values: values, by: by, using: using, stated: stated, fill: fill, prefix: prefix)
  }

  private func table(_ transform: any TableTransform, _ table: Table, _ form: RowsForm = .whole) throws -> Table {
    try transform.apply([try form.rows(table)], LocalExecutor(rowsPerChunk: form.chunk), Progress())
      .rows.table(nil, Progress())
  }

  @Test(arguments: RowsForm.allCases) func columnsStandInTheOrderOfTheirFirstRows(form: RowsForm) throws {
    let made = try table(pivot(["sold"], using: .sum), Self.sales, form)
    let expected = Table([
      ("shop", .text(TextCells(["a", "b", nil]))), ("feb", .int(Cells([6, nil, nil], filler: 0))),
      ("jan", .int(Cells([2, 3, 6]))), ("mar", .int(Cells([nil, nil, nil], filler: 0))),
    ])
    #expect(difference(made, expected) == nil)
  }

  @Test func severalValuesAreToldApart() throws {
    let made = try table(pivot(["sold", "paid"], using: .max, fill: .int(0)), Self.sales)
    #expect(made.names == ["shop", "sold_feb", "sold_jan", "sold_mar", "paid_feb", "paid_jan", "paid_mar"])
    // There is a row for b in March, whose cell is missing; a has none.
    #expect(made["sold_mar"] == .int(Cells([0, nil, 0], filler: 0)))
    #expect(made["paid_feb"] == .float(Cells([4, 0, 0])))
  }

  @Test func statedColumnsAreKnownBefore() throws {
    let stage = pivot(["sold"], using: .mean, stated: [.text("mar"), .text("apr"), .text("jan")], prefix: "m_")
    let schema = RelationSchema(name: "t", raw: Self.sales.schema)
    let result = try stage.result(schema)
    #expect(result.names == ["shop", "m_mar", "m_apr", "m_jan"] && !result.isOpen)
    #expect(result.facts(of: "m_apr")?.type == .float)
    let collected = try stage.apply([.whole(Self.sales)], LocalExecutor(), Progress())
    let made = try collected.rows.table(nil, Progress())
    #expect(
      made.schema.fields == result.columns.compactMap { column in column.facts.type.map { Field(column.name, $0) } })
    #expect(made["m_jan"] == .float(Cells([2, 3, 6])))
    #expect(collected.notes.contains { $0.remark == .unnamed("month", missing: 0, others: 2) })
    #expect(try pivot(["sold"], using: .mean).result(schema).isOpen)
  }

  @Test func severalRowsOfACellNeedAStatistic() throws {
    let keys = [ReshapingProblem.KeyCell("shop", .text("a")), .init("month", .text("feb"))]
    #expect(throws: EngineError(.reshaping(.manyRows(2, column: "sold", of: keys)))) {
      try table(pivot(["sold"], using: nil), Self.sales)
    }
    let one = try table(pivot(["sold"], by: ["shop", "paid"], using: nil), Self.sales)
    #expect(one.rowCount == 6 && one["feb"]?.missingCount == 4)
  }

  @Test func whatCannotBeColumnsIsRefused() throws {
    let names = Column.text(TextCells((0..<1001).map { "n\($0)" }))
    let wide = Table([
      ("month", names), ("sold", .int(Cells([Int64](repeating: 1, count: 1001)))),
      ("shop", .int(Cells([Int64](repeating: 1, count: 1001)))),
    ])
    #expect(throws: EngineError(.reshaping(.tooManyColumns(1001, most: 1000, of: "month")))) {
      try table(pivot(["sold"], using: .sum), wide)
    }
    let clash = Table([
      ("month", .text(TextCells(["shop"]))), ("sold", .int(Cells([1]))), ("shop", .int(Cells([1]))),
    ])
    #expect(throws: EngineError(.column(.taken("shop")))) { try table(pivot(["sold"], using: .sum), clash) }
    let blank = Table([("month", .text(TextCells([""]))), ("sold", .int(Cells([1]))), ("shop", .int(Cells([1])))])
    #expect(throws: EngineError(.reshaping(.noName(.text(""), of: "month")))) {
      try table(pivot(["sold"], using: .sum), blank)
    }
    let schema = RelationSchema(name: "t", raw: Self.sales.schema)
    #expect(throws: EngineError(.reshaping(.badFill(.text("no"), .int)))) {
      try pivot(["sold"], using: .sum, fill: .text("no")).result(schema)
    }
  }

  @Test func rowsWithoutANameAreLeftOutAndSaid() throws {
    let gap = Table([
      ("month", .text(TextCells(["jan", nil, nil]))), ("sold", .int(Cells([1, 2, 3]))),
      ("shop", .text(TextCells(["a", "a", "b"]))),
    ])
    let collected = try pivot(["sold"], using: .sum).apply([.whole(gap)], LocalExecutor(), Progress())
    #expect(try collected.rows.table(nil, Progress())["jan"] == .int(Cells([1, nil], filler: 0)))
    #expect(
      collected.notes.map(\.remark).prefix(2) == [
        .reshaped(from: 3, to: 2, columns: 2), .unnamed("month", missing: 2, others: 0),
      ])
  }

  // MARK: Back again

  @Test(arguments: 0..<20) func rowsThatAreUnpivotedPivotBack(seed: UInt64) throws {
    let rows = RandomRows(seed: 5000 + seed, rows: 60)
    let all = rows.table.select(["x", "y", "i"]).with("id", .int(Cells((0..<60).map { Int64($0) })))
    let longer = Unpivot(["i", "x", "y"], name: "part", value: "cell", dropsMissing: false)
    var first: Table?
    for form in RowsForm.allCases {
      let long = try table(longer, all, form)
      #expect(long.names == ["id", "part", "cell"] && long.rowCount == 180)
      if let first { #expect(difference(long, first) == nil) }
      first = long
    }
    let long = try #require(first)
    #expect(long["part"]?[0] == .text("i") && long["part"]?[4] == .text("x") && long["id"]?[4] == .int(1))
    let back = Pivot(names: "part", values: ["cell"], by: ["id"], using: nil, stated: nil, fill: nil, prefix: "")
    let wide = try table(back, long)
    #expect(wide.names == ["id", "i", "x", "y"])
    #expect(wide["x"] == all["x"] && wide["y"] == all["y"])
    let kept = try table(Unpivot(["x", "y"], name: "part", value: "cell", dropsMissing: true), all)
    #expect(kept.rowCount == 120 - (all["x"]?.missingCount ?? 0) - (all["y"]?.missingCount ?? 0))
  }

  @Test func typesThatDoNotAgreeAreRefused() throws {
    func result(_ columns: [String]) throws -> RelationSchema {
      let schema = RelationSchema(name: "t", raw: RandomRows(seed: 1, rows: 3).table.schema)
      return try Unpivot(columns, name: "n", value: "v", dropsMissing: false).result(schema)
    }
    #expect(try result(["i", "x"]).facts(of: "v")?.type == .float)
    #expect(try result(["when", "moment"]).facts(of: "v")?.type == .datetime)
    #expect(throws: EngineError(.reshaping(.mixedTypes("i", .int, with: "plain", .text)))) {
      try result(["i", "x", "plain"])
    }
    let schema = RelationSchema(name: "t", raw: Self.sales.schema)
    #expect(throws: EngineError(.column(.taken("shop")))) {
      try Unpivot(["sold"], name: "shop", value: "v", dropsMissing: false).result(schema)
    }
    let wide = Table([("a", .int(Cells([9_007_199_254_740_993]))), ("b", .float(Cells([0.5])))])
    #expect(throws: EngineError(.reshaping(.losesDigits("a", 9_007_199_254_740_993)))) {
      try table(Unpivot(["a", "b"], name: "n", value: "v", dropsMissing: false), wide)
    }
  }
}
