import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Engine
@testable import Relational

/// Groups are those that a plain walk over the rows finds, and their statistics those that an expression has over their rows alone.
@Suite(.serialized) struct GroupByTests {
  @Test(arguments: 0..<40) func groupsAreThoseOfAPlainWalk(seed: UInt64) throws {
    var rows = RandomRows(seed: seed, rows: [0, 1, 13, 90, 400][Int(seed % 5)])
    for _ in 0..<4 {
      let keys = Self.keys(&rows)
      let outputs = Self.outputs(&rows)
      let expected = try PlainGroups(rows.table, keys).table(outputs)
      let group = GroupBy(by: keys, outputs)
      for form in RowsForm.allCases {
        let made = try group.apply(
          [try form.rows(rows.table)], LocalExecutor(rowsPerChunk: form.chunk), Progress())
        let table = try made.rows.table(nil, Progress())
        #expect(
          difference(table, expected) == nil, "\(outputs.map { "\($0.name) = \($0.expression.display)" }), \(form)")
      }
    }
  }

  @Test(arguments: [1, 2, 3]) func theNumberOfThreadsNeverShows(threads: Int) throws {
    defer { Threads.set(2) }
    var rows = RandomRows(seed: 77, rows: 140_000)
    let keys = ["word", "few", "day"]
    let outputs = Self.outputs(&rows) + [Self.output("last one", .last, ["x"]), Self.output("half", .median, ["x"])]
    Threads.set(2)
    let expected = try Self.table(GroupBy(by: keys, outputs), rows.table)
    Threads.set(threads)
    #expect(difference(try Self.table(GroupBy(by: keys, outputs), rows.table), expected) == nil)
    let more = ["name", "many", "real", "bit"]
    let other = try Self.table(GroupBy(by: more, outputs), rows.table)
    Threads.set(2)
    #expect(difference(try Self.table(GroupBy(by: more, outputs), rows.table), other) == nil)
  }

  @Test func anOutputMayHaveTheNameOfTheColumnThatItIsOf() {
    let group = GroupBy(by: ["word"], [Self.output("x", .sum, ["x"]), Self.output("n", .mean, ["x"])])
    #expect(group.reads == ["word", "x"])
  }

  /// Keys that together take more than 64 bits, and many groups.
  @Test func manyAndWideKeysAreTold() throws {
    var random = CounterRandom(seed: 5)
    let count = 30_000
    func column() -> Column { .int(Cells((0..<count).map { _ in Int64(random.next(below: 1 << 31)) })) }
    let columns = (0..<4).map { ("k\($0)", column()) }
    let table = Table(columns + [("twice", .int(Cells((0..<count).map { Int64($0 / 2) })))])
    let wide = Table((0..<4).map { ("k\($0)", columns[$0].1) } + [("n", .int(Cells((0..<count).map { Int64($0) })))])
    let doubled = wide.take((0..<count).flatMap { [$0, $0] })
    let keys = columns.map(\.0)
    let group = GroupBy(by: keys, [Self.output("rows", .count, []), Self.output("first n", .min, ["n"])])
    let made = try Self.table(group, doubled)
    #expect(made.rowCount == count)
    #expect(made["rows"] == .int(Cells([Int64](repeating: 2, count: count))))
    #expect(made["first n"] == wide["n"])
    let pairs = try Self.table(GroupBy(by: ["twice"], [Self.output("rows", .count, [])]), table)
    #expect(pairs.rowCount == count / 2)
  }

  /// With a bound of nothing files are parted until they are parted no further.
  @Test(arguments: [(0 as UInt64, 25, 1), (1, 400, 20_000), (2, 400, 30_000), (3, 400, 40_000)])
  func groupsThatDoNotFitGoThroughFiles(seed: UInt64, count: Int, bound: Int) throws {
    var rows = RandomRows(seed: 900 + seed, rows: count)
    let keys = Self.keys(&rows) + ["x"]
    let outputs = Self.outputs(&rows)
    let expected = try Self.table(GroupBy(by: keys, outputs), rows.table)
    let group = GroupBy(by: keys, outputs, stateBound: bound)
    let made = try group.apply(
      [try RowsForm.byHundred.rows(rows.table)], LocalExecutor(rowsPerChunk: 7), Progress())
    #expect(difference(try made.rows.table(nil, Progress()), expected) == nil, "\(group.words)")
    #expect(made.notes.contains { if case .partitioned = $0.remark { true } else { false } })
  }

  /// A table in memory comes a stretch at a time where groups of all its rows would not fit.
  @Test(arguments: 0..<6) func theRowsOfATableMayComeInStretches(seed: UInt64) throws {
    var rows = RandomRows(seed: 950 + seed, rows: 200)
    let outputs = Self.outputs(&rows)
    for keys in [[], Self.keys(&rows)] {
      let group = GroupBy(by: keys, outputs)
      let whole = try group.apply([.whole(rows.table)], LocalExecutor(), Progress())
      for stretch in [1, 7, 500] {
        let parts = Rows.stored(TableStretches(rows.table, of: stretch))
        let made = try group.apply([parts], LocalExecutor(), Progress())
        let table = try made.rows.table(nil, Progress())
        #expect(difference(table, try whole.rows.table(nil, Progress())) == nil, "\(group.words)")
        #expect(made.notes == whole.notes)
      }
    }
  }

  @Test func aTableWithoutRowsHasItsColumnsInStretches() throws {
    let none = Table([("a", .int(Cells([])))])
    var chunks: [Table] = []
    try TableStretches(none).fold(nil, Progress()) { chunk throws(EngineError) in
      chunks.append(chunk)
      return true
    }
    #expect(chunks == [none])
  }

  @Test func whatIsLeftOutIsSaid() throws {
    let table = Table([
      ("k", .text(TextCells(["a", nil, "a", nil]))), ("x", .float(Cells([1, nil, nil, 4], filler: 0))),
      ("n", .int(Cells([.max, 1, 1, 2]))),
    ])
    let outputs = [Self.output("s", .sum, ["n"]), Self.output("m", .mean, ["x"]), Self.output("c", .count, ["x"])]
    let notes = try GroupBy(by: ["k"], outputs).apply([.whole(table)], LocalExecutor(), Progress()).notes
    #expect(
      notes.map(\.remark) == [
        .grouped(from: 4, to: 2, missing: [ColumnCount("k", 2)]), .leftOut([ColumnCount("x", 2)]), .notANumber(1),
      ])
  }

  /// Sums of ints are exact; what makes floats of them says how many lost digits, once for each column, in one pass or several.
  @Test(arguments: [true, false]) func digitsThatAreLostAreSaid(_ isWhole: Bool) throws {
    let wide: Int64 = 1 << 53
    let table = Table([
      ("k", .text(TextCells(["a", "a", "b", "b"]))), ("n", .int(Cells([wide + 1, wide, wide + 3, nil], filler: 0))),
      ("f", .float(Cells([0.5, 1, 2, 3]))),
    ])
    func remarks(_ outputs: [GroupBy.Output]) throws -> [StageRemark] {
      let rows = isWhole ? Rows.whole(table) : try RowsForm.byHundred.rows(table)
      let made = try GroupBy(by: ["k"], outputs).apply([rows], LocalExecutor(), Progress())
      return made.notes.map(\.remark).filter { if case .rounded = $0 { true } else { false } }
    }
    #expect(try remarks([Self.output("s", .sum, ["n"]), Self.output("m", .max, ["n"])]) == [])
    #expect(try remarks([Self.output("m", .median, ["n"]), Self.output("a", .mean, ["n"])]) == [.rounded(2)])
    let sum = Expression.aggregate(.sum, [.call(.add, [.column("n", .int), .column("f", .float)])])
    #expect(try remarks([GroupBy.Output("s", sum, words: "sum")]) == [.rounded(2)])
  }

  @Test func noRowsAreOneGroupWithoutAKey() throws {
    let table = Table([("x", .float(Cells([Double]())))])
    let outputs = [Self.output("n", .count, []), Self.output("m", .mean, ["x"]), Self.output("s", .sd, ["x"])]
    #expect(
      try Self.table(GroupBy(by: [], outputs), table)
        == Table([
          ("n", .int(Cells([0]))), ("m", .missing(.float, count: 1)), ("s", .missing(.float, count: 1)),
        ]))
    #expect(try Self.table(GroupBy(by: ["x"], outputs), table).rowCount == 0)
  }

  /// No column has to be read to count rows.
  @Test(arguments: RowsForm.allCases) func rowsAreCountedWithoutAColumn(form: RowsForm) throws {
    let rows = try form.rows(RandomRows(seed: 8, rows: 30).table)
    let made = try GroupBy(by: [], [Self.output("n", .count, [])])
      .apply([rows], LocalExecutor(rowsPerChunk: form.chunk), Progress()).rows
    #expect(try made.table(nil, Progress()) == Table([("n", .int(Cells([30])))]))
  }

  @Test func outputsMayReadKeysAndEachOther() throws {
    let table = Table([
      ("k", .text(TextCells(["b", "a", "b"]))), ("x", .float(Cells([1, 2, 4]))),
    ])
    let total = GroupBy.Output("total", .aggregate(.sum, [.column("x", .float)]), words: "sum(x)")
    let n = Self.output("n", .count, [])
    let each = GroupBy.Output(
      "each", .call(.divide, [.column("total", .float), .column("n", .int)]), words: "total / n")
    let name = GroupBy.Output("name", .call(.upper, [.column("k", .text)]), words: "upper(k)")
    let made = try Self.table(GroupBy(by: ["k"], [total, n, each, name]), table)
    #expect(made.names == ["k", "total", "n", "each", "name"])
    #expect(made["each"] == .float(Cells([2.5, 2])))
    #expect(made["name"] == .text(TextCells(["B", "A"])))
  }

  /// What is read of a file is what the statistics are of, whatever the outputs are called.
  @Test func aStatisticIsOfTheColumnOfTheRowsAlsoWhereAnOutputHasItsName() throws {
    let table = Table([("x", .int(Cells([7, 9]))), ("m", .text(TextCells(["b", "a"])))])
    let mean = GroupBy.Output("m", .aggregate(.mean, [.column("x", .int)]), words: "mean(x)")
    let least = GroupBy.Output("least", .aggregate(.min, [.column("m", .text)]), words: "min(m)")
    let half = GroupBy.Output("half", .call(.divide, [.column("m", .float), .literal(.int(2))]), words: "m / 2")
    let group = GroupBy(by: [], [mean, least, half])
    #expect(group.reads == ["x", "m"])
    #expect(
      try Self.table(group, table)
        == Table([
          ("m", .float(Cells([8]))), ("least", .text(TextCells(["a"]))), ("half", .float(Cells([4]))),
        ]))
    #expect(GroupBy(by: [], [mean, half]).reads == ["x"])
  }

  @Test(arguments: RowsForm.allCases) func equalNumbersHaveNoSpread(form: RowsForm) throws {
    let sizes = (2...40).flatMap { size in [Int64](repeating: Int64(size), count: size) }
    let table = Table([
      ("size", .int(Cells(sizes))), ("x", .float(Cells(sizes.map { Double($0) * 0.37 / 3 }))),
    ])
    let group = GroupBy(by: ["size"], [Self.output("s", .sd, ["x"]), Self.output("v", .var, ["x"])])
    let made = try group.apply([try form.rows(table)], LocalExecutor(rowsPerChunk: form.chunk), Progress()).rows
    let zeros = Column.float(Cells([Double](repeating: 0, count: 39)))
    let result = try made.table(nil, Progress())
    #expect(result["s"] == zeros && result["v"] == zeros)
  }

  @Test func theCutIsNew() throws {
    var schema = RelationSchema(
      name: "t",
      columns: [
        ("k", ColumnFacts(type: .text, origins: ["raw"])),
        ("x", ColumnFacts(type: .float, origins: ["x"], fittedBy: "impute x = mean")),
        ("y", ColumnFacts(type: .float, origins: ["a", "b"])),
      ])
    let n = GroupBy.Output("m", .aggregate(.mean, [.column("y", .float)]), words: "mean(y)")
    let result = try GroupBy(by: ["k"], [n]).result(schema)
    #expect(result.names == ["k", "m"])
    #expect(result.facts(of: "k")?.origins == ["k"] && result.facts(of: "m")?.origins == ["m"])
    #expect(throws: EngineError(.column(.fitted("x", by: "impute x = mean")))) {
      try GroupBy(by: ["x"], [n]).result(schema)
    }
    #expect(throws: EngineError(.column(.unknown("z", in: "t")))) { try GroupBy(by: ["z"], [n]).result(schema) }
    schema.label = LabelSpec(name: "k", positive: nil, origins: ["raw"], task: .classification)
    #expect(try GroupBy(by: ["k"], [n]).result(schema).label?.origins == ["k"])
    #expect(try GroupBy(by: [], [n]).result(schema).label == nil)
  }

  // MARK: Making

  private static func table(_ group: GroupBy, _ table: Table) throws -> Table {
    try group.apply([.whole(table)], LocalExecutor(), Progress()).rows.table(nil, Progress())
  }

  private static func keys(_ rows: inout RandomRows) -> [String] {
    var random = rows.random
    defer { rows = rows.drawing(random) }
    return RandomRows.keys.filter { _ in random.next(below: 3) == 0 }
  }

  private static func outputs(_ rows: inout RandomRows) -> [GroupBy.Output] {
    var random = rows.random
    defer { rows = rows.drawing(random) }
    var outputs = [output("n", .count, [])]
    for place in 0..<8 {
      let aggregate = Aggregate.allCases[random.next(below: Aggregate.allCases.count)]
      let column = RandomRows.values[random.next(below: RandomRows.values.count)]
      let type = rows.table[column]?.type ?? .float
      var arguments = [Expression.column(column, type)]
      if aggregate == .quantile { arguments.append(.literal(.float([0, 0.1, 0.5, 1][random.next(below: 4)]))) }
      if aggregate == .correlation { arguments.append(.column("y", .float)) }
      if random.next(below: 4) == 0, type.isNumeric {
        arguments[0] = .call(.multiply, [arguments[0], .literal(.int(2))])
      }
      guard aggregate.result(arguments.map(\.type)) != nil else { continue }
      outputs.append(GroupBy.Output("o\(place)", .aggregate(aggregate, arguments), words: aggregate.rawValue))
    }
    return outputs
  }

  private static func output(_ name: String, _ aggregate: Aggregate, _ columns: [String]) -> GroupBy.Output {
    let types: [String: ColumnType] = ["n": .int]
    let arguments = columns.map { Expression.column($0, types[$0] ?? .float) }
    return GroupBy.Output(name, .aggregate(aggregate, arguments), words: aggregate.rawValue)
  }
}

/// Groups by looking at one row after the other.
private struct PlainGroups {
  private let table: Table
  private let keys: [String]
  private var groups: [[Int]] = []

  init(_ table: Table, _ keys: [String]) {
    self.table = table
    self.keys = keys
    var known: [[Cell]: Int] = [:]
    let columns = keys.compactMap { table[$0] }
    for row in 0..<table.rowCount {
      let key = columns.map { $0[row] }
      let place = known[key] ?? groups.count
      if place == groups.count { groups.append([]) }
      known[key] = place
      groups[place].append(row)
    }
    if keys.isEmpty, groups.isEmpty { groups = [[]] }
  }

  func table(_ outputs: [GroupBy.Output]) throws -> Table {
    var columns: [(String, Column)] = keys.compactMap { key in
      table[key].map { (key, $0.take(groups.map { $0[0] })) }
    }
    for output in outputs {
      let cells = try groups.map { rows -> Cell in
        let fitted = try output.expression.fitted(on: table.take(rows), Progress())
        if case .literal(let cell) = fitted { return cell }
        return .missing
      }
      columns.append((output.name, .from(cells, type: output.expression.type)))
    }
    return Table(columns, rowCount: groups.count)
  }
}
