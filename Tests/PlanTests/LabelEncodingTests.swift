import Plan
import Tables
import Testing

@Suite struct LabelEncodingTests {
  static func spec(_ positive: Cell? = nil, task: LabelTask = .auto) -> LabelSpec {
    LabelSpec(name: "y", positive: positive, origins: ["y"], task: task)
  }

  @Test func ofTwoClassesThePositiveOneComesLast() throws {
    let cells = Column.text(TextCells(["no", "yes", "no", nil, "no"]))
    let usual = try LabelEncoding(cells, Self.spec())
    #expect(usual.label.classes == [.text("no"), .text("yes")] && usual.classCounts == [3, 1])
    #expect(usual.target([0, 1, 4]) == .classes([0, 1, 0], count: 2))
    let asked = try LabelEncoding(cells, Self.spec(.text("no")))
    #expect(asked.label.classes == [.text("yes"), .text("no")] && asked.classCounts == [1, 3])
    #expect(asked.target([0, 1, 4]) == .classes([1, 0, 1], count: 2))
    // Which of them is positive is no matter of strata.
    #expect(usual.strata == [0, 1, 0, -1, 0] && asked.strata == usual.strata)
  }

  @Test func withoutAUsualNameTheRarerClassIsPositive() throws {
    let encoding = try LabelEncoding(.text(TextCells(["a", "b", "b", "b"])), Self.spec())
    #expect(encoding.label.positive == .text("a"))
  }

  @Test func intsOfFewValuesAreClassesAndOthersNumbers() throws {
    #expect(try LabelEncoding(.int(Cells((0..<100).map { Int64($0 % 20) })), Self.spec()).label.task == .multiclass)
    let numbers = try LabelEncoding(.int(Cells((0..<100).map { Int64($0 % 21) })), Self.spec())
    #expect(numbers.label.task == .regression && numbers.target([20, 0]) == .numbers([20, 0]))
    let asked = try LabelEncoding(.float(Cells([0, 1, 1, 0])), Self.spec(task: .classification))
    #expect(asked.label.classes == [.float(0), .float(1)])
  }

  @Test func anIdIsNoLabelUnlessItIsAskedFor() throws {
    let ids = Column.text(TextCells((0..<4000).map { "id\($0 / 2)" }))
    let error = #expect(throws: EngineError.self) { try LabelEncoding(ids, Self.spec()) }
    #expect(error?.code == .tooLarge && error?.problem == .label(.tooManyClasses("y", 2000, rows: 4000)))
    #expect(try LabelEncoding(ids, Self.spec(task: .classification)).label.classes.count == 2000)
  }

  @Test func labelsThatCannotBeLearnedAreRefused() {
    let refused: [(Column, LabelSpec)] = [
      (.text(TextCells(["a", "a", nil])), Self.spec()), (.text(TextCells([nil])), Self.spec()),
      (.date(Cells([1, 2])), Self.spec()), (.text(TextCells(["a", "b"])), Self.spec(task: .regression)),
      (.text(TextCells(["a", "b"])), Self.spec(.text("c"))),
    ]
    for (cells, spec) in refused {
      let error = #expect(throws: EngineError.self) { try LabelEncoding(cells, spec) }
      #expect(error?.code == .badLabel)
    }
  }
}
