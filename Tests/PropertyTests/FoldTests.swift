import Expressions
import Kernels
import Plan
import Tables
import Testing

/// What is held out is not seen: changing cells of held-out rows changes no answer of the models that left them out.
@Suite(.serialized) struct FoldTests {
  @Test func aFoldIsJudgedByAModelThatHasNotSeenIt() {
    let property = Property(250) { HeldOutCase($0).folds() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 180, "only \(property.held) held: \(property.refused)")
  }

  @Test func aModelHasNotSeenTheValidAndTheSealedPart() {
    let property = Property(250) { HeldOutCase($0).parts() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 180, "only \(property.held) held: \(property.refused)")
  }
}

struct HeldOutCase {
  private let table: RandomTable
  private let recipe: RandomRecipe
  private let learner: String
  private let rows: [[String]]
  /// Other cells for every row, with the same label.
  private let others: [[String]]

  init(_ seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0xF0)
    table = RandomTable(&random)
    // Rows that are chosen before the split would draw other parts.
    recipe = RandomRecipe(table, choosesRows: false, &random)
    learner = ParityCase.learner(isNumber: table.classes.isEmpty, &random)
    rows = table.rows(60, withUnseen: false, &random)
    let drawn = table.rows(60, withUnseen: true, &random)
    others = zip(rows, drawn).map { $1.dropLast() + [$0[$0.count - 1]] }
  }

  private func script(_ file: String, _ split: String) -> String {
    let lines =
      ["load \"\(file)\", \(table.options(Expression.quoted))"] + recipe.before + ["label y", split] + recipe.after
      + ["as parts", "train \(learner)", "as m"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func run(_ rows: [[String]], _ split: String) -> ScriptRun {
    let folder = CaseFolder()
    let script = script(folder.write(table.file(rows), to: "rows.csv"), split)
    if Property.only != nil { print(script, table.file(rows), separator: "\n") }
    return ScriptRun(script)
  }

  /// Half of each fold's rows get other cells: the other half's answers come from models that left both out.
  func folds() -> Verdict {
    let split = "split test: 0.1, folds: 3, seed: 5"
    let first = run(rows, split)
    guard let parts = first.split("parts"), let model = first.model("m"),
      let before = try? model.trainer?.outOfFold(parts, Progress())
    else { return .refused(first.messages.last ?? "no folds") }
    let judged = Array(before.rows)
    for fold in Set(before.folds).sorted() {
      let members = judged.indices.filter { before.folds[$0] == fold }
      let changed = members.prefix(members.count / 2)
      var cells = rows
      for place in changed { cells[judged[place]] = others[judged[place]] }
      let second = run(cells, split)
      guard let parts = second.split("parts"), let model = second.model("m"),
        let after = try? model.trainer?.outOfFold(parts, Progress())
      else { return .refused(second.messages.last ?? "no folds") }
      for place in members.dropFirst(changed.count) {
        guard Array(after.rows)[place] == judged[place], after.prediction[place] == before.prediction[place],
          probabilities(after, place) == probabilities(before, place)
        else {
          return .failed("fold \(fold), row \(judged[place]): \(learner); \(recipe.before) split \(recipe.after)")
        }
      }
    }
    return .held
  }

  private func probabilities(_ scored: ScoredRows, _ row: Int) -> [UInt64] {
    scored.probabilities.map { $0.row(row).map(\.bitPattern) } ?? []
  }

  func parts() -> Verdict {
    let split = "split train: 0.6, valid: 0.2, test: 0.2, seed: 5"
    let first = run(rows, split)
    guard let parts = first.split("parts"), let model = first.model("m") else {
      return .refused(first.messages.last ?? "no model")
    }
    let seen = Set(parts.train)
    let cells = rows.indices.map { seen.contains($0) ? rows[$0] : others[$0] }
    guard let other = run(cells, split).model("m") else { return .failed("no model any more: \(learner)") }
    return model.graph == other.graph
      ? .held : .failed("another model: \(learner); \(recipe.before) split \(recipe.after)")
  }
}
