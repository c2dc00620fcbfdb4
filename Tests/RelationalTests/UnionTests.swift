import Engine
import Kernels
import Plan
import Tables
import Testing

@testable import Relational

/// Rows of several tables one below the other, column by column of a name.
@Suite struct UnionTests {
  private static let first = Table([
    ("a", .int(Cells([1, nil], filler: 0))), ("b", .text(TextCells(["x", "y"]))), ("c", .date(Cells([1, 2]))),
  ])
  private static let second = Table([("b", .text(TextCells([nil, "z"]))), ("a", .float(Cells([0.5, 2])))])

  private static func union(_ tables: [Table], source: String? = nil) -> (union: Union, own: Relation) {
    let relations = tables.enumerated().map { Relation(rows: .whole($1), name: "t\($0)") }
    let others = Array(relations.dropFirst())
    let union = Union(of: relations[0].schema, with: others.map(\.schema), source: source, words: "union")
    return (union.taking(others), relations[0])
  }

  private static let expected = Table([
    ("a", .float(Cells([1, nil, 0.5, 2], filler: 0))), ("b", .text(TextCells(["x", "y", nil, "z"]))),
    ("c", .date(Cells([1, 2, nil, nil], filler: 0))), ("from", .text(TextCells(["t0", "t0", "t1", "t1"]))),
  ])

  @Test(arguments: [nil, 1, 3]) func columnsComeTogetherByName(chunk: Int?) throws {
    let (union, own) = Self.union([Self.first, Self.second], source: "from")
    let inputs = try [Self.first, Self.second].map { table in
      try chunk.map { try table.stored(in: $0) } ?? .whole(table)
    }
    let collected = try union.apply(inputs, LocalExecutor(), Progress())
    #expect(try collected.rows.table(nil, Progress()) == Self.expected)
    let schema = try union.result(own.schema)
    #expect(schema.names == ["a", "b", "c", "from"] && schema.facts(of: "a")?.type == .float)
    let counts = UnionCounts(parts: [
      .init(name: "t0", rows: 2, lacking: []), .init(name: "t1", rows: 2, lacking: ["c"]),
    ])
    #expect(collected.notes == [StageNote(step: "union", .united(counts))])
  }

  @Test func columnsThatNobodyAsksForAreNotMade() throws {
    let relation = Relation(rows: .whole(Self.second), name: "t1")
    let union = Self.union([Self.first, Self.second]).union.taking([relation], .columns(["a"]))
    let rows = try union.apply([.whole(Self.first), .whole(Self.second)], LocalExecutor(), Progress()).rows
    #expect(try rows.table(nil, Progress()) == Self.expected.select(["a"]))
  }

  @Test func rowsThatAreEqualStayAndNoneMayBeThere() throws {
    let none = Self.second.head(0)
    let (union, _) = Self.union([none, Self.second, Self.second, none])
    let tables = [none, Self.second, Self.second, none]
    let rows = try union.apply(tables.map(Rows.whole), LocalExecutor(), Progress()).rows
    #expect(try rows.table(nil, Progress())["a"] == .float(Cells([0.5, 2, 0.5, 2])))
    let empty = try Self.union([none, none]).union.apply([.whole(none), .whole(none)], LocalExecutor(), Progress()).rows
    #expect(try empty.table(nil, Progress()) == none)
  }

  @Test func typesThatAreNotOneAreRefused() {
    let other = Table([("a", .text(TextCells(["1"])))])
    let (union, own) = Self.union([Self.first, other])
    let problem = JoinProblem.unlikeColumn("a", first: FieldPlace(.int, in: "t0"), second: FieldPlace(.text, in: "t1"))
    #expect(throws: EngineError(.join(problem))) { try union.result(own.schema) }
    #expect(throws: EngineError(.join(problem))) {
      try union.apply([.whole(Self.first), .whole(other)], LocalExecutor(), Progress())
    }
  }

  @Test func noDigitIsLost() {
    let wide = Table([("a", .int(Cells([9_007_199_254_740_993])))])
    let (union, _) = Self.union([wide, Self.second])
    #expect(throws: EngineError(.column(.losesDigits("a", 9_007_199_254_740_993, by: "union")))) {
      try union.apply([.whole(wide), .whole(Self.second)], LocalExecutor(), Progress())
    }
  }

  @Test func theColumnOfSourcesHasANameOfItsOwn() {
    let (union, own) = Self.union([Self.first, Self.second], source: "c")
    #expect(throws: EngineError(.column(.taken("c")))) { try union.result(own.schema) }
  }
}
