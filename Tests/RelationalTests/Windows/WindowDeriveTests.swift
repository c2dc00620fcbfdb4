import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Engine
@testable import Relational

/// What a row makes of the rows around it is what a look at each row's part, sorted, gives.
@Suite(.serialized) struct WindowDeriveTests {
  static let functions: [Expression] = {
    let x = Expression.column("x", .float)
    let i = Expression.column("i", .int)
    let when = Expression.column("when", .date)
    let plain = Expression.column("plain", .text)
    func n(_ value: Int64) -> Expression { .literal(.int(value)) }
    return [
      .window(.rowNumber, []), .window(.rank, []), .window(.denseRank, []), .window(.ntile, [n(3)]),
      .window(.ntile, [n(50)]), .window(.lag, [x]), .window(.lag, [plain, n(3)]), .window(.lead, [i, n(2)]),
      .window(.lead, [.column("flag", .bool)]), .window(.diff, [i]), .window(.diff, [x, n(2)]), .window(.diff, [when]),
      .window(.rollingMean, [.column("y", .float), n(3)]), .window(.rollingMean, [i, n(4), n(1)]),
      .window(.rollingMean, [.column("big", .int), n(3), n(1)]), .window(.cumMean, [.column("big", .int)]),
      .window(.rollingSum, [i, n(5), n(2)]), .window(.rollingSum, [.column("y", .float), n(7), n(1)]),
      .window(.rollingSum, [.column("flag", .bool), n(2)]), .window(.rollingMin, [i, n(3)]),
      .window(.rollingMin, [when, n(4), n(1)]), .window(.rollingMax, [.column("y", .float), n(2), n(1)]),
      .window(.rollingMax, [.column("moment", .datetime), n(3), n(2)]),
      .window(.rollingSd, [.column("y", .float), n(5), n(2)]), .window(.rollingSd, [i, n(3)]), .window(.cumSum, [i]),
      .window(.cumSum, [.column("y", .float)]), .window(.cumSum, [.column("big", .int)]),
      .window(.cumMean, [.column("y", .float)]), .window(.cumMin, [i]), .window(.cumMax, [when]),
      .window(.cumCount, [plain]),
      .call(.subtract, [x, .window(.lag, [x])]), .window(.lag, [.call(.multiply, [i, n(2)])]),
      .window(.lag, [.window(.rank, [])]),
    ]
  }()

  @Test(arguments: 0..<40) func windowsAreThoseOfAPlainLook(seed: UInt64) throws {
    let rows = RandomRows(seed: 3000 + seed, rows: [0, 1, 30, 120][Int(seed % 4)])
    var random = rows.random
    let by = ["few", "word", "real", "bit"].filter { _ in random.next(below: 3) == 0 }
    let orders = [["i"], ["y", "when"], ["plain"], ["flag", "i"], []][random.next(below: 5)]
    let order = orders.map { Sort.Key($0, isDescending: random.next(below: 2) == 0) }
    let derivations = Self.functions.enumerated().map { place, function in
      WindowDerive.Derivation("w\(place)", function, words: function.display)
    }
    let expected = try PlainWindows(rows.table, by: by, order: order).table(Self.functions)
    let stage = WindowDerive(derivations, by: by, order: order)
    var first: Table?
    for form in RowsForm.allCases {
      Threads.set(form == .bySeven ? 1 : 2)
      let made = try stage.apply([try form.rows(rows.table)], LocalExecutor(rowsPerChunk: form.chunk), Progress())
      let table = try made.rows.table(nil, Progress())
      #expect(Array(table.names.prefix(rows.table.names.count)) == rows.table.names)
      for (place, function) in Self.functions.enumerated() {
        let column = try #require(table["w\(place)"])
        #expect(
          near(column, expected[place]) == nil, "\(function.display) by \(by) in the order of \(order), \(form)")
      }
      if let first { #expect(difference(table, first) == nil, "\(form)") }
      first = table
    }
    Threads.set(2)
  }

  @Test func statisticsOfPartsAreThoseOfGroups() throws {
    let rows = RandomRows(seed: 4, rows: 300)
    for aggregate in Aggregate.allCases {
      var arguments = [Expression.column(aggregate == .any || aggregate == .all ? "flag" : "i", .int)]
      if aggregate == .any || aggregate == .all { arguments = [.column("flag", .bool)] }
      if aggregate == .quantile { arguments.append(.literal(.float(0.3))) }
      if aggregate == .correlation { arguments.append(.column("y", .float)) }
      let statistic = Expression.aggregate(aggregate, arguments)
      let stage = WindowDerive(
        [.init("s", statistic, words: ""), .init("more", .call(.isMissing, [statistic]), words: "")],
        by: ["word", "few"], order: [])
      let made = try stage.apply([.whole(rows.table)], LocalExecutor(), Progress()).rows.table(nil, Progress())
      let groups = try DenseCodes(["word", "few"].map { try #require(rows.table[$0]) }, rows: 300, Progress())
      let grouped = try GroupBy(by: ["word", "few"], [.init("s", statistic, words: "")])
        .apply([.whole(rows.table)], LocalExecutor(), Progress()).rows.table(nil, Progress())
      #expect(made["s"] == grouped["s"]?.take(RowList(ids: groups.codes)), "\(aggregate)")
    }
  }

  @Test func derivationsWorkFromLeftToRight() throws {
    let table = Table([("t", .int(Cells([3, 1, 2]))), ("x", .float(Cells([30, 10, 20])))])
    let before = Expression.window(.lag, [.column("x", .float)])
    let stage = WindowDerive(
      [
        .init("x", before, words: "lag(x)"),
        .init("twice", .window(.lag, [.column("x", .float)]), words: "lag(x)"),
      ], by: [], order: [.init("t")])
    #expect(stage.reads == ["t", "x"])
    let made = try stage.apply([.whole(table)], LocalExecutor(), Progress()).rows.table(nil, Progress())
    #expect(made["x"] == .float(Cells([20, nil, 10], filler: 0)))
    #expect(made["twice"] == .float(Cells([10, nil, nil], filler: 0)))
    #expect(made.names == ["t", "x", "twice"])
  }

  @Test func whatIsPastItsTypeIsCounted() throws {
    let table = Table([("x", .int(Cells([.max, 1, 5])))])
    let sum = WindowDerive.Derivation("s", .window(.cumSum, [.column("x", .int)]), words: "cum_sum(x)")
    let made = try WindowDerive([sum], by: [], order: []).apply([.whole(table)], LocalExecutor(), Progress())
    #expect(try made.rows.table(nil, Progress())["s"] == .int(Cells([.max, nil, nil], filler: 0)))
    #expect(made.notes.map(\.remark) == [.notANumber(2)])
  }

  /// A large number that leaves the window leaves nothing of its roundings.
  @Test func whatLeavesTheWindowLeavesNothing() throws {
    let table = Table([("x", .float(Cells([1e300, 1e290, 0.1, 0.2, 0.3, 0.4])))])
    let sum = WindowDerive.Derivation(
      "s", .window(.rollingSum, [.column("x", .float), .literal(.int(2))]), words: "")
    let made = try WindowDerive([sum], by: [], order: []).apply([.whole(table)], LocalExecutor(), Progress())
    let column = try #require(try made.rows.table(nil, Progress())["s"])
    #expect((3..<6).map { column[$0] } == [.float(0.1 + 0.2), .float(0.5), .float(0.7)])
  }

  @Test(arguments: WindowFunction.allCases)
  func everyFunctionHasAnExampleThatGivesWhatItSays(function: WindowFunction) throws {
    let description = function.description
    let table = Table(description.sample.map { ($0.name, .from($0.cells, type: $0.type)) })
    let stage = WindowDerive([.init("w", description.example, words: "")], by: [], order: [])
    let made = try stage.apply([.whole(table)], LocalExecutor(), Progress()).rows.table(nil, Progress())
    let column = try #require(made["w"])
    #expect(column[column.count - 1] == description.exampleResult)
    #expect(column.type == description.example.type && !description.summary.isEmpty)
    #expect(WindowFunction.named(description.name) == function)
  }

  @Test func theCutIsNewAndNothingFittedPassesIt() throws {
    let lag = WindowDerive.Derivation("p", .window(.lag, [.column("x", .float)]), words: "lag(x)")
    var schema = RelationSchema(
      name: "t",
      columns: [
        ("x", ColumnFacts(type: .float, origins: ["a"])), ("y", ColumnFacts(type: .float, origins: ["a", "b"])),
      ])
    let result = try WindowDerive([lag], by: [], order: []).result(schema)
    #expect(result.names == ["x", "y", "p"] && result.facts(of: "y")?.origins == ["y"])
    schema.set("y", ColumnFacts(type: .float, origins: ["y"], fittedBy: "scale y = standard"))
    #expect(throws: EngineError(.column(.fitted("y", by: "scale y = standard")))) {
      try WindowDerive([lag], by: [], order: []).result(schema)
    }
  }
}

/// Where two columns differ by more than a few roundings.
private func near(_ made: Column, _ expected: [Cell]) -> String? {
  for (row, cell) in expected.enumerated() {
    if case .float(let other) = cell, case .float(let own) = made[row] {
      if abs(own - other) <= 1e-9 * max(1, abs(other)) { continue }
    }
    if made[row] != cell { return "row \(row): \(made[row]), not \(cell)" }
  }
  return made.count == expected.count ? nil : "\(made.count) rows"
}

/// Each row's part, put in order by comparing cells.
private struct PlainWindows {
  private let table: Table
  /// The rows of each part in order.
  private var parts: [[Int]] = []
  private let keys: [(column: Column, isDescending: Bool)]

  init(_ table: Table, by: [String], order: [Sort.Key]) {
    self.table = table
    keys = order.compactMap { key in table[key.column].map { ($0, key.isDescending) } }
    var known: [[Cell]: Int] = [:]
    for row in 0..<table.rowCount {
      let key = by.compactMap { table[$0]?[row] }
      let place = known[key] ?? parts.count
      if place == parts.count { parts.append([]) }
      known[key] = place
      parts[place].append(row)
    }
    let ranks = keys.map { ($0.column.ranks, $0.isDescending) }
    for place in parts.indices {
      parts[place].sort { left, right in
        for (ranks, isDescending) in ranks where ranks[left] != ranks[right] {
          if ranks[left] < 0 || ranks[right] < 0 { return ranks[right] < 0 }
          return isDescending ? ranks[left] > ranks[right] : ranks[left] < ranks[right]
        }
        return left < right
      }
    }
  }

  func table(_ functions: [Expression]) throws -> [[Cell]] { try functions.map { try column($0, table) } }

  private func column(_ expression: Expression, _ table: Table) throws -> [Cell] {
    var work = table
    let plain = try expression.replacingStatistics { part throws in
      guard case .window(let function, let arguments) = part else { return part }
      var cells = [Cell](repeating: .missing, count: table.rowCount)
      var values = cells
      if function.firstCount != 0, let first = arguments.first {
        let column = try first.column(on: work, Progress()).column
        values = (0..<table.rowCount).map { column[$0] }
      }
      let counts = function.counts(arguments) ?? []
      for rows in parts {
        for place in rows.indices { cells[rows[place]] = try cell(function, values, counts, rows, place, part.type) }
      }
      let name = "\u{0}plain\(work.names.count)"
      work = work.with(name, .from(cells, type: part.type))
      return .column(name, part.type)
    }
    let column = try plain.column(on: work, Progress()).column
    return (0..<table.rowCount).map { column[$0] }
  }

  private func cell(
    _ function: WindowFunction, _ values: [Cell], _ counts: [Int], _ rows: [Int], _ place: Int, _ type: ColumnType
  ) throws -> Cell {
    let step = counts.first ?? 1
    func at(_ other: Int) -> Cell { rows.indices.contains(other) ? values[rows[other]] : .missing }
    func over(_ start: Int, _ aggregate: Aggregate, least: Int) -> Cell {
      let cells = rows[max(0, start)...place].map { values[$0] }
      if cells.count(where: { $0 != .missing }) < least { return .missing }
      let own = cells.lazy.compactMap(\.type).first ?? .float
      return aggregate.value([.from(cells, type: own)], rowCount: cells.count)
    }
    let least = counts.count > 1 ? counts[1] : step
    switch function {
    case .rowNumber: return .int(Int64(place + 1))
    case .rank: return .int(Int64(rows[..<place].prefix { differ($0, rows[place]) }.count + 1))
    case .denseRank:
      return .int(Int64((1..<max(1, place + 1)).count { differ(rows[$0 - 1], rows[$0]) } + 1))
    case .ntile:
      // As SQL deals them out: one after the other, the first parts getting what is over.
      var sizes = [Int](repeating: rows.count / step, count: step)
      for part in 0..<rows.count % step { sizes[part] += 1 }
      var (part, end) = (0, sizes[0])
      while place >= end {
        part += 1
        end += sizes[part]
      }
      return .int(Int64(part + 1))
    case .lag: return at(place - step)
    case .lead: return at(place + step)
    case .diff:
      let pair = [at(place), at(place - step)].map {
        $0 == .missing ? Expression.missing($0.type ?? .int) : .literal($0)
      }
      guard at(place) != .missing, at(place - step) != .missing else { return .missing }
      let compiled = try CompiledExpression(.call(.subtract, pair))
      return compiled.evaluate(row: [], compiled.makeScratch())
    case .rollingMean: return over(place - step + 1, .mean, least: least)
    case .rollingSum: return over(place - step + 1, .sum, least: least)
    case .rollingMin: return over(place - step + 1, .min, least: least)
    case .rollingMax: return over(place - step + 1, .max, least: least)
    case .rollingSd: return over(place - step + 1, .sd, least: max(2, least))
    case .cumSum: return over(0, .sum, least: 1)
    case .cumMean: return over(0, .mean, least: 1)
    case .cumMin: return over(0, .min, least: 1)
    case .cumMax: return over(0, .max, least: 1)
    case .cumCount: return over(0, .count, least: 0)
    }
  }

  /// Whether two rows differ in the order; without one, every row does.
  private func differ(_ left: Int, _ right: Int) -> Bool {
    left != right && (keys.isEmpty || keys.contains { $0.column[left] != $0.column[right] })
  }
}

extension Column {
  /// For each row the place of its value among the sorted values, equal values sharing one; -1 for missing. O(n log n).
  ///
  /// Text is ordered by code points, false before true.
  fileprivate var ranks: [Int] {
    switch self {
    case .bool(let cells): return (0..<cells.count).map { cells[$0].map { $0 ? 1 : 0 } ?? -1 }
    case .int(let cells), .datetime(let cells): return Self.ranks(cells.values, valid: cells.isValid)
    case .float(let cells): return Self.ranks(cells.values, valid: cells.isValid)
    case .date(let cells): return Self.ranks(cells.values, valid: cells.isValid)
    case .text(let cells):
      let (codes, words) = cells.encoded()
      let sorted = words.indices.sorted { words[$0].unicodeScalars.lexicographicallyPrecedes(words[$1].unicodeScalars) }
      var rank = [Int](repeating: 0, count: words.count)
      for (place, word) in sorted.enumerated() { rank[word] = place }
      return codes.map { $0 < 0 ? -1 : rank[Int($0)] }
    case .vector(let cells): return [Int](repeating: 0, count: cells.count)
    }
  }

  private static func ranks<Value: Comparable>(_ values: [Value], valid: (Int) -> Bool) -> [Int] {
    var ranks = [Int](repeating: -1, count: values.count)
    let order = values.indices.filter(valid).sorted { values[$0] < values[$1] }
    var rank = -1
    for (place, row) in order.enumerated() {
      if place == 0 || values[order[place - 1]] < values[row] { rank += 1 }
      ranks[row] = rank
    }
    return ranks
  }
}
