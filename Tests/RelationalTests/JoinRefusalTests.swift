import Engine
import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Relational

/// What tables cannot be joined is told before, or at the latest when their rows are there.
@Suite struct JoinRefusalTests {
  private static func relation(_ columns: [(String, Column)], _ name: String) -> Relation {
    Relation(rows: .whole(Table(columns)), name: name)
  }

  private static func join(
    _ own: Relation, _ other: Relation, _ kind: JoinKind = .left, on keys: [JoinKey] = [JoinKey(own: "k", other: "k")],
    nearest: NearestKey? = nil, suffix: String = "_right", expecting: JoinExpectation = .manyToMany
  ) -> Join {
    Join(
      kind, on: keys, nearest: nearest, of: own.schema, with: other.schema, suffix: suffix, expecting: expecting,
      words: "join"
    ).taking(other)
  }

  private func problem(_ body: () throws -> Void) -> EngineProblem? {
    do {
      try body()
      return nil
    } catch {
      return (error as? EngineError)?.problem
    }
  }

  private func run(_ join: Join, _ own: Relation) throws {
    _ = try LocalExecutor().rows(try Relation(own, transformedBy: join), Progress())
  }

  private static let ints = relation([("k", .int(Cells([1, 2, 2]))), ("v", .int(Cells([1, 2, 3])))], "ints")

  @Test(arguments: [Column.text(TextCells(["1"])), .bool(Cells([true])), .date(Cells([1])), .datetime(Cells([1]))])
  func keysOfTypesThatAreNeverEqualAreRefused(_ column: Column) {
    let other = Self.relation([("k", column)], "other")
    let found = problem { _ = try Self.join(Self.ints, other).result(Self.ints.schema) }
    #expect(found == .join(.unlikeKeys(Field("k", .int), Field("k", column.type), in: "other")))
    // Also where the types show only with the rows.
    let open = Join(
      .left, on: [JoinKey(own: "k", other: "k")], of: Self.ints.schema,
      with: RelationSchema(name: "other", isOpen: true), words: "")
    #expect(problem { try run(open.taking(other), Self.ints) } == found)
  }

  @Test func wholeNumbersAndFractionsAreComparedWithoutRounding() throws {
    let own = Self.relation([("k", .int(Cells([9_007_199_254_740_993, 3, 0])))], "own")
    let other = Self.relation(
      [("k", .float(Cells([9_007_199_254_740_992, 3, 3.5, -0.0]))), ("v", .int(Cells([1, 2, 3, 4])))], "other")
    let rows = try LocalExecutor().rows(Relation(own, transformedBy: Self.join(own, other)), Progress()).rows
    let table = try rows.table(nil, Progress())
    #expect(table["v"] == .int(Cells([nil, 2, 4], filler: 0)))
    #expect(table["k"] == .int(Cells([9_007_199_254_740_993, 3, 0])))
    // A column that has to hold both would round the first.
    #expect(
      problem { try run(Self.join(own, other, .full), own) }
        == .column(.losesDigits("k", 9_007_199_254_740_993, by: "join")))
  }

  @Test func aKeyThatStandsMoreOftenThanExpectedIsAnError() throws {
    let once = Self.relation([("k", .int(Cells([2, 3]))), ("w", .int(Cells([1, 2])))], "once")
    let repeated = { (name: String, expected: String) in
      EngineProblem.join(.repeated(keys: 1, in: name, expected: expected))
    }
    for (own, other, expecting, found) in [
      (Self.ints, once, JoinExpectation.manyToOne, nil), (once, Self.ints, .oneToMany, nil),
      (once, once, .oneToOne, nil), (Self.ints, Self.ints, .manyToMany, nil),
      (once, Self.ints, .manyToOne, repeated("ints", "many_to_one")),
      (Self.ints, once, .oneToMany, repeated("ints", "one_to_many")),
      (Self.ints, once, .oneToOne, repeated("ints", "one_to_one")),
    ] {
      for bounds in [JoinBounds(), JoinBounds(parts: 2), JoinBounds(batchRows: 1)] {
        var join = Self.join(own, other, expecting: expecting)
        join.bounds = bounds
        #expect(problem { try run(join, own) } == found, "\(own.name) \(other.name) \(expecting) \(bounds)")
      }
    }
  }

  /// 4.9 thousand million rows are not begun with.
  @Test func aResultFarBeyondMemoryIsCountedAndRefused() {
    let count = 70_000
    let same = Self.relation([("k", .int(Cells([Int64](repeating: 1, count: count))))], "same")
    let found = EngineProblem.join(.tooManyRows(count * count, of: count, and: count))
    for bounds in [JoinBounds(), JoinBounds(parts: 2), JoinBounds(batchRows: 1 << 10)] {
      var join = Self.join(same, same, .inner)
      join.bounds = bounds
      #expect(problem { try run(join, same) } == found)
    }
  }

  @Test func aNameThatIsTakenIsNeverOverwritten() throws {
    let own = Self.relation([("k", .int(Cells([1]))), ("v", .int(Cells([1]))), ("v_right", .int(Cells([2])))], "own")
    let found = problem { _ = try Self.join(own, Self.ints).result(own.schema) }
    #expect(found == .join(.takenName("v_right", for: "v")))
    let result = try Self.join(own, Self.ints, suffix: "_2").result(own.schema)
    #expect(result.names == ["k", "v", "v_right", "v_2"])
  }

  @Test func aFittedColumnIsReadTooEarly() throws {
    let mean = Expression.aggregate(.mean, [.column("v", .int)])
    let fitted = try Self.ints.appending(.feature(Derive("m", mean, words: "derive m = mean(v)")))
    for (own, other) in [(fitted, Self.ints), (Self.ints, fitted)] {
      let found = problem { _ = try Self.join(own, other).result(own.schema) }
      #expect(found == .column(.fitted("m", by: "derive m = mean(v)")))
    }
  }

  @Test func whatTheLabelIsMadeOfIsStillKnownBehindIt() throws {
    let label = LabelSpec(name: "y", positive: nil, origins: ["v"])
    let derived = try Self.ints.appending(.feature(Derive("y", .column("v", .int)))).appending(.label(label))
    let once = Self.relation([("k", .int(Cells([2]))), ("w", .int(Cells([1])))], "once")
    let result = try Self.join(derived, once).result(derived.schema)
    #expect(result.label?.origins == ["v", "y"])
    #expect(result.facts(of: "v")?.origins == ["v"] && result.facts(of: "w")?.origins == ["w"])
  }

  @Test func aVectorCannotBeMissing() {
    let vector = Self.relation(
      [("k", .int(Cells([1]))), ("g", .vector(VectorCells(names: ["a"], values: [1], count: 1)))], "vector")
    let gap = EngineProblem.join(.neverMissing("g", in: "vector"))
    #expect(problem { _ = try Self.join(Self.ints, vector, .left).result(Self.ints.schema) } == gap)
    #expect(problem { _ = try Self.join(vector, Self.ints, .right).result(vector.schema) } == gap)
    #expect(problem { try run(Self.join(Self.ints, vector, .inner), Self.ints) } == nil)
    let on = [JoinKey(own: "k", other: "g")]
    #expect(
      problem { _ = try Self.join(Self.ints, vector, .inner, on: on).result(Self.ints.schema) }
        == .join(.noKey(Field("g", .vector), in: "vector")))
  }

  @Test func theNearestIsLookedForInAnOrderAlone() {
    let texts = Self.relation([("t", .text(TextCells(["a"]))), ("k", .int(Cells([1])))], "texts")
    let join = Self.join(
      texts, texts, .asof, on: [], nearest: NearestKey(own: "t", other: "t", .backward, tolerance: nil))
    #expect(
      problem { _ = try join.result(texts.schema) } == .join(.noOrder(Field("t", .text), in: "texts")))
  }

  @Test func columnsThatAreNotThereAreTold() {
    let on = [JoinKey(own: "nope", other: "k")]
    #expect(
      problem { _ = try Self.join(Self.ints, Self.ints, on: on).result(Self.ints.schema) }
        == .column(.unknown("nope", in: "ints")))
  }
}
