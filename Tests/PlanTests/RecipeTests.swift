import Expressions
import Kernels
import Plan
import Tables
import Testing

@Suite struct RecipeTests {
  static let table = Table([
    ("a", .int(Cells([5, 1, nil, 4, 2], filler: 0))), ("b", .float(Cells([1, 2, 3, 4, 5]))),
    ("t", .text(TextCells(["x", "y", "x", nil, "z"]))),
  ])

  static func fit(_ steps: [Step], rows: RowList = RowList(0..<5), choosing: RowChoice = .all) throws -> FittedRecipe {
    try Recipe(steps: steps).fit(on: table, rows: rows, choosing: choosing, Progress())
  }

  static let half = Step.feature(Derive("half", .call(.divide, [.column("b", .float), .literal(.int(2))])))
  static let few = Step.choose(
    Filter(.call(.greater, [.column("b", .float), .literal(.int(2))]), words: "filter b > 2"))

  @Test func untouchedColumnsAreTheTablesOwn() throws {
    let fitted = try Self.fit([Self.half])
    #expect(fitted.names == ["a", "b", "t", "half"] && fitted.rowCount == 5)
    #expect(fitted.table.statistics(of: "t") === Self.table.statistics(of: "t"))
    #expect(fitted["half"]?.gathered == .float(Cells([0.5, 1, 1.5, 2, 2.5])))
  }

  /// A name that passes from one column to another is that of one alone, also where the first is only read on the way.
  @Test func aRenamedColumnThatIsNotAskedForIsGone() throws {
    var recipe = SettledRecipe()
    for step in [Step.rename([Step.Rename("a", "old")]), .rename([Step.Rename("t", "a")])] {
      recipe = try recipe.appending(step, Progress()) { _ in Table([], rowCount: 0) }.recipe
    }
    var pass = recipe.restricted(to: ["a"]).recipe.pass()
    let rows = try pass.take(Self.table.select(["a", "t"]), Progress())
    #expect(rows.names == ["a"] && rows["a"]?.type == .text)
  }

  @Test func rowsAreChosenBeforeAndAfterColumnsAreMade() throws {
    let both = try Self.fit([Self.half, Self.few, .drop(["t"]), Self.half])
    #expect(both.places == [2, 3, 4] && both.names == ["a", "b", "half"])
    #expect(
      both.table
        == Table([
          ("a", .int(Cells([nil, 4, 2], filler: 0))), ("b", .float(Cells([3, 4, 5]))),
          ("half", .float(Cells([1.5, 2, 2.5]))),
        ]))
    #expect(both.notes.map(\.place) == [1])
    guard case .chosen(from: 5, to: 3, _) = both.notes[0].remark else {
      Issue.record("not what was chosen: \(both.notes[0])")
      return
    }
    #expect(try Self.fit([Self.half, Self.few], choosing: .none).rowCount == 5)
  }

  @Test func partsAndOrdersAreListsOfRows() throws {
    let part = try Self.fit([Self.few, .rename([Step.Rename("b", "c")])], rows: [4, 0, 2])
    #expect(part.places == [4, 2] && part["c"]?.gathered == .float(Cells([5, 3])) && part["b"] == nil)
    let sorted = try Self.fit([.choose(Sort(by: [Sort.Key("a")], words: "sort a"))])
    #expect(sorted.places == [1, 4, 3, 0, 2])
  }

  @Test func goingOnGivesWhatStartingAnewGives() throws {
    let steps = [Self.half, Self.few, .drop(["t"]), Self.half]
    for cut in 0...steps.count {
      let shorter = Recipe(steps: Array(steps.prefix(cut)))
      let first = try shorter.fit(on: Self.table, rows: RowList(0..<5), choosing: .all, Progress())
      let rest = try Recipe(steps: steps).fit(after: first, of: shorter, choosing: .all, Progress())
      let whole = try Self.fit(steps)
      #expect(rest.table == whole.table && rest.places == whole.places && rest.notes == whole.notes)
    }
  }

  @Test func columnsSetAsideAreNoFeaturesUntilSelected() throws {
    var schema = RelationSchema(name: "rows", raw: Self.table.schema)
    schema.setAside(["t"])
    #expect(schema.features == ["a", "b"] && schema.names == ["a", "b", "t"])
    #expect(try Step.rename([Step.Rename("t", "u")]).result(schema).features == ["a", "b"])
    #expect(try Step.select(["a", "t"]).result(schema).features == ["a", "t"])
  }
}
