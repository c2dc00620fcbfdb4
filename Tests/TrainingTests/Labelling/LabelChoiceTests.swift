import Expressions
import Kernels
import Plan
import Tables
import Testing

@testable import Training

@Suite struct LabelChoiceTests {
  /// Rows of a hidden class, and what functions of some accuracy say of them; each abstains of some rows.
  private static func votes(
    _ accuracies: [Double], rows: Int = 2000, seed: UInt64 = 3
  ) -> (truth: [Bool], columns: [Column]) {
    var random = CounterRandom(seed: seed)
    let truth = (0..<rows).map { _ in random.nextUniform() < 0.5 }
    let columns = accuracies.map { accuracy in
      let cells = truth.map { truth -> Bool? in
        let said = random.nextUniform() < accuracy ? truth : !truth
        return random.nextUniform() < 0.2 ? nil : said
      }
      return Column.bool(Cells(cells, filler: false))
    }
    return (truth, columns)
  }

  @Test func aBadFunctionIsFoundAndWeighedAgainst() throws {
    let (_, columns) = Self.votes([0.85, 0.8, 0.75, 0.2])
    let choice = LabelChoice(try VoteTable(columns, Progress()), weighs: true, seed: 1)
    #expect(choice.isWeighed)
    let found = choice.accuracies ?? []
    #expect(zip(found, [0.85, 0.8, 0.75, 0.2]).allSatisfy { abs($0 - $1) < 0.05 })
    #expect(choice.weights[3] < 0 && choice.weights[0] > choice.weights[2])
  }

  @Test func functionsThatAreAlikeAreNotWeighed() throws {
    let (_, columns) = Self.votes([0.8, 0.8, 0.8, 0.8])
    let choice = LabelChoice(try VoteTable(columns, Progress()), weighs: true, seed: 1)
    #expect(!choice.isWeighed && choice.weights == [1, 1, 1, 1] && choice.accuracies != nil)
  }

  /// A function that only ever gives one class is not right for that: were it, all rows would be of one class.
  @Test func functionsOfOneClassEachAreWeighed() throws {
    var random = CounterRandom(seed: 5)
    let truth = (0..<3000).map { _ in random.nextUniform() < 0.3 }
    let functions: [(says: Bool, hit: Double, miss: Double)] = [
      (false, 0.5, 0.05), (false, 0.4, 0.1), (true, 0.6, 0.1), (true, 0.3, 0.03), (true, 0.35, 0.4),
    ]
    let columns = functions.map { function in
      Column.bool(
        Cells(
          truth.map {
            random.nextUniform() < ($0 == function.says ? function.hit : function.miss) ? function.says : nil
          },
          filler: false))
    }
    let choice = LabelChoice(try VoteTable(columns, Progress()), weighs: true, seed: 1)
    #expect(choice.isWeighed && choice.weights[4] < 0.5 && choice.weights[2] > 1)
    let accuracies = try #require(choice.accuracies)
    #expect(accuracies[0] > 0.85 && accuracies[3] > 0.7 && accuracies[4] < 0.45)
  }

  @Test func aFewRowsAreNotWeighed() throws {
    let (_, columns) = Self.votes([0.9, 0.2], rows: 12)
    let choice = LabelChoice(try VoteTable(columns, Progress()), weighs: true, seed: 1)
    #expect(choice.verdict == .nothingToWeigh && !choice.isWeighed)
  }

  @Test func coverageOverlapsAndConflictsAreCounted() throws {
    let table = try VoteTable(
      [
        .text(TextCells(["a", "a", nil, nil, "b"])), .text(TextCells(["a", "b", "b", nil, nil])),
        .text(TextCells([nil, "a", nil, nil, nil])),
      ], Progress())
    let figures = table.figures
    #expect(figures.map(\.coverage) == [0.6, 0.6, 0.2] && figures.map(\.overlaps) == [0.4, 0.4, 0.2])
    #expect(figures.map(\.conflicts) == [0.2, 0.2, 0.2] && table.coveredRows == 4)
    #expect(figures[0].classes == [.text("a"), .text("b")] && figures[2].classes == [.text("a")])
  }

  @Test func theMostVotesDecideAndTiesDoNot() throws {
    let names = ["f", "g", "h"]
    let table = Table([
      ("f", .text(TextCells(["a", "a", "a", nil, "b"]))), ("g", .text(TextCells(["a", "b", "b", nil, nil]))),
      ("h", .text(TextCells(["b", "b", nil, nil, nil]))),
    ])
    let votes = try VoteTable(names.compactMap { table[$0] }, Progress())
    let choice = LabelChoice(votes, weighs: false, seed: 1)
    func label(_ otherwise: Cell?) throws -> [Cell?] {
      let step = CombinedLabel(
        "y", of: names.map { .column($0, .text) }, words: "label y = vote(f, g, h)", classes: votes.classes,
        choice: choice, otherwise: otherwise)
      let fitted = try Recipe(steps: [.feature(step)]).fit(
        on: table, rows: RowList(0..<5), choosing: .all, Progress())
      return (0..<5).map { fitted.table["y"]?[$0] }
    }
    #expect(try label(nil) == [.text("a"), .text("b"), .missing, .missing, .text("b")])
    #expect(try label(.text("c")) == [.text("a"), .text("b"), .text("c"), .text("c"), .text("b")])
  }
}
