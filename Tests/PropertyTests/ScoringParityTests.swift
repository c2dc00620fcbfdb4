import Display
import Engine
import Expressions
import Kernels
import Notation
import Packaging
import Plan
import Scoring
import Tables
import Testing

@testable import Serving
@testable import Verbs

/// A row is scored the same, bit for bit, however it comes to the model: as a row of a table that the recipe's steps, all of them or
/// some, are recorded on; raw, wide or one at a time; from a file; by the model's package; over HTTP.
@Suite(.serialized) struct ScoringParityTests {
  @Test func everyWayOfScoringGivesTheSameBits() {
    let property = Property(2600) { ParityCase($0).verdict() }
    for failure in property.failures.prefix(5) { Issue.record("\(failure)") }
    #expect(property.failures.isEmpty, "\(property.failures.count) of the cases failed")
    #expect(Property.only != nil || property.held >= 2000, "only \(property.held) were scored: \(property.refused)")
  }
}

/// A random table, recipe and learner.
struct ParityCase {
  let table: RandomTable
  let recipe: RandomRecipe
  let learner: String
  let train: [[String]]
  let fresh: [[String]]
  /// How many of the steps are recorded on the table that is scored.
  let recorded: Int
  private let order: [Int]

  init(_ seed: UInt64) {
    var random = CounterRandom(seed: seed, stream: 0xA1)
    table = RandomTable(&random)
    recipe = RandomRecipe(table, &random)
    train = table.rows(24 + random.next(below: 40), withUnseen: false, &random)
    fresh = table.rows(1 + random.next(below: 14), withUnseen: true, &random)
    learner = Self.learner(isNumber: table.classes.isEmpty, &random)
    recorded = random.next(below: recipe.before.count + recipe.after.count + 1)
    order = random.permutation(table.columns.count + 1)
  }

  static func learner(isNumber: Bool, _ random: inout CounterRandom) -> String {
    let trees = ["tree", "tree, depth: 2", "boost, trees: 3", "dummy"]
    let all = trees + (isNumber ? ["linear"] : ["logistic", "logistic, C: 0.01"])
    return all[random.next(below: all.count)]
  }

  func script(train: String, fresh: String, package: String) -> String {
    let options = table.options(Expression.quoted)
    let steps = recipe.before + recipe.after
    let lines =
      ["load \"\(train)\", \(options)"] + recipe.before
      + ["label y", "as shown", "split train: 0.8, test: 0.2, seed: 3"] + recipe.after
      + ["as parts", "train \(learner)", "as m", "export \"\(package)\""]
      + ["load \"\(fresh)\", \(options)", "as raw"] + steps.prefix(recorded) + ["as some"]
      + ["m |> predict some", "as by_some", "m |> predict shown", "as by_shown", "m |> predict parts", "as by_parts"]
      + ["m |> predict \"\(fresh)\"", "as by_file", "load \"\(package)\"", "as packed"]
      + ["packed |> predict some", "as by_packed", "packed |> predict \"\(fresh)\"", "as by_packed_file"]
    return lines.joined(separator: "\n") + "\n"
  }

  func verdict() -> Verdict {
    let folder = CaseFolder()
    let train = folder.write(table.file(train), to: "train.csv")
    // The columns of what is scored come in another order.
    let fresh = folder.write(table.file(fresh, order: order), to: "fresh.csv")
    let script = script(train: train, fresh: fresh, package: folder.path + "/m.mlpkg")
    if Property.only != nil {
      print(script, table.file(self.train), table.file(self.fresh, order: order), separator: "\n")
    }
    let run = ScriptRun(script)
    guard run.status == .done else {
      let message = run.messages.last ?? "\(run.status)"
      return Verdict.refusals.contains(where: message.hasPrefix) ? .refused(message) : .failed(message)
    }
    do {
      try compare(run)
      return .held
    } catch let difference as Difference {
      return .failed(
        difference.words + "; " + learner + "; " + (recipe.before + ["split"] + recipe.after).joined(separator: " · "))
    } catch {
      return .failed("\(error)")
    }
  }

  // MARK: Comparing

  private struct Difference: Error {
    let words: String
  }

  private func compare(_ run: ScriptRun) throws {
    guard let model = run.model("m"), let packed = run.model("packed"), let raw = run.table("raw"),
      let split = run.split("parts")
    else { throw Difference(words: "a value is not there") }
    let wide = Answers(try model.scorer.score(raw, Progress()))
    try same(wide, Answers(try packed.scorer.score(raw, Progress())), "the reloaded package")
    let bytes = MlpkgWriter.bytes(PackageFile(model))
    let again = try MlpkgReader.read(bytes)
    guard MlpkgWriter.bytes(again) == bytes else { throw Difference(words: "the package has two spellings") }
    try same(wide, rowByRow(model, raw), "one row at a time")
    try same(wide, try served(model, raw), "the served answer")
    for name in ["by_file", "by_packed_file"] { try same(wide, try answers(run, name, model), name) }
    let places = try self.places(run, "some")
    for name in ["by_some", "by_packed"] { try same(wide.at(places), try answers(run, name, model), name) }
    try trainingRows(run, model, split)
  }

  /// The table and the split that the model was trained from.
  private func trainingRows(_ run: ScriptRun, _ model: Model, _ split: Split) throws {
    guard let shown = run.relation("shown") else { throw Difference(words: "a value is not there") }
    let base = try LocalExecutor().base(shown, Progress())
    let all = Answers(try model.scorer.score(base, Progress()))
    try same(all.at(try places(run, "shown")), try answers(run, "by_shown", model), "by_shown")
    let fitted = try split.recipe.fit(on: split.raw, rows: split.train, choosing: .afterSplit, Progress())
    let open = Answers(try model.scorer.score(split.raw.take(Array(fitted.places) + split.valid), Progress()))
    try same(open, try answers(run, "by_parts", model), "by_parts")
  }

  private func places(_ run: ScriptRun, _ name: String) throws -> [Int] {
    guard let relation = run.relation(name) else { throw Difference(words: "a value is not there") }
    let base = try LocalExecutor().base(relation, Progress())
    let fitted = try relation.recipe.fit(
      on: base, rows: RowList(0..<base.rowCount), choosing: .all, Progress())
    // What the prompt shows was computed step by step, as the steps were recorded.
    guard fitted.table == run.table(name) else {
      throw Difference(words: "\(name) is shown otherwise than its recipe makes it")
    }
    return Array(fitted.places)
  }

  private func answers(_ run: ScriptRun, _ name: String, _ model: Model) throws -> Answers {
    guard let table = run.table(name), let prediction = table["prediction"] else {
      throw Difference(words: "\(name) is not there")
    }
    let chances = model.graph.classes.compactMap { table["probability_\($0)"] }
    return Answers(
      predictions: (0..<table.rowCount).map { prediction[$0] },
      probabilities: (0..<table.rowCount).map { row in chances.map { $0[row].number ?? .nan } })
  }

  private func rowByRow(_ model: Model, _ raw: Table) -> Answers {
    let scorer = RowScorer(model.scorer)
    let scores = rows(model, raw).map { scorer.score(row: $0) }
    return Answers(predictions: scores.map(\.prediction), probabilities: scores.map(\.probabilities))
  }

  private func rows(_ model: Model, _ raw: Table) -> [[Cell]] {
    let inputs = model.scorer.inputs.map { raw[$0.name] }
    return (0..<raw.rowCount).map { row in inputs.map { $0?[row] ?? .missing } }
  }

  private func served(_ model: Model, _ raw: Table) throws -> Answers {
    let responder = Responder(try GraphModel(model, version: "1"))
    let body = CellJSON.rows(rows(model, raw), model.scorer.inputs)
    let (answer, _) = responder.respond(Call(method: "POST", path: "/v1/predict", body: body))
    let json = try JSONValue(parsing: answer.body)
    guard let elements = json["predictions"]?.elements else {
      throw Difference(words: "the server answers \(String(decoding: answer.body, as: UTF8.self))")
    }
    let type = model.graph.classes.first?.type ?? .float
    return Answers(
      predictions: elements.map { Self.cell($0["prediction"], type) },
      probabilities: elements.map { element in
        model.graph.classes.compactMap { element["probabilities"]?[$0.description]?.double }
      })
  }

  private static func cell(_ value: JSONValue?, _ type: ColumnType) -> Cell {
    switch value {
    case .string(let text)?: .text(text)
    case .bool(let bool)?: .bool(bool)
    case let value?: type == .int ? value.int.map(Cell.int) ?? .missing : value.double.map(Cell.float) ?? .missing
    case nil: .missing
    }
  }

  private func same(_ left: Answers, _ right: Answers, _ way: String) throws {
    guard let words = left.difference(from: right) else { return }
    throw Difference(words: "\(way): \(words)")
  }
}

/// Predictions and probabilities, row by row.
struct Answers {
  let predictions: [Cell]
  let probabilities: [[Double]]

  init(predictions: [Cell], probabilities: [[Double]]) {
    self.predictions = predictions
    self.probabilities = probabilities
  }

  init(_ scored: Scored) {
    predictions = (0..<scored.prediction.count).map { scored.prediction[$0] }
    let vector = scored.probabilities
    probabilities = predictions.indices.map { row in
      vector.map { $0.row(row) } ?? []
    }
  }

  func at(_ rows: [Int]) -> Answers {
    Answers(predictions: rows.map { predictions[$0] }, probabilities: rows.map { probabilities[$0] })
  }

  /// Where they differ in a bit.
  func difference(from other: Answers) -> String? {
    guard predictions.count == other.predictions.count else {
      return "\(other.predictions.count) rows, not \(predictions.count)"
    }
    for row in predictions.indices {
      let (a, b) = (predictions[row], other.predictions[row])
      if a != b || a.number?.bitPattern != b.number?.bitPattern { return "row \(row) is \(b), not \(a)" }
      let (p, q) = (probabilities[row], other.probabilities[row])
      if p.map(\.bitPattern) != q.map(\.bitPattern) { return "row \(row) has \(q), not \(p)" }
    }
    return nil
  }
}
