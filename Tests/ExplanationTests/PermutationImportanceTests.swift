import Explanation
import Kernels
import Learners
import Metrics
import Plan
import Tables
import Testing
import Training

@Suite(.serialized) struct PermutationImportanceTests {
  /// The label is decided by `a`, a little by `b` and not by `c`.
  static func model(_ rows: Int) throws -> (model: Model, raw: Table, labels: Column) {
    var random = CounterRandom(seed: 3, stream: 0)
    let columns = (0..<3).map { _ in (0..<rows).map { _ in Double.random(in: -1...1, using: &random) } }
    let words = (0..<rows).map { columns[0][$0] + columns[1][$0] / 4 > 0 ? "yes" : "no" }
    let label = LabelSpec(name: "y", positive: nil, origins: ["y"])
    let labels = Column.text(TextCells(words))
    let raw = Table(
      zip(["a", "b", "c"], columns).map { ($0, Column.float(Cells($1))) } + [("y", labels)])
    var schema = RelationSchema(name: "drawn", raw: raw.schema)
    schema.label = label
    let split = Split(
      name: "drawn", raw: raw, encoding: try LabelEncoding(labels, label),
      recipe: Recipe(steps: [.label(label)]).splitting(), schema: schema, train: RowList(0..<rows),
      valid: RowList(0..<0), sealed: SealedRows(RowList(0..<0), mark: 1), seed: 1)
    return (try Training([Candidate(LogisticRegression.self)], seed: 1).train(split, Progress()).model, raw, labels)
  }

  static func importance(_ rows: Int, _ metric: any Metric.Type = LogLoss.self) throws -> PermutationImportance {
    let (model, raw, labels) = try model(rows)
    return try PermutationImportance(
      model, raw: raw, labels: labels, metric: metric, repeats: 4, seed: 9, Progress())
  }

  @Test func columnsStandInTheOrderOfWhatTheyDecide() throws {
    let found = try Self.importance(2000)
    #expect(found.entries.map(\.column) == ["a", "b", "c"])
    #expect(found.entries[0].importance > 10 * abs(found.entries[2].importance))
  }

  @Test func threadsDoNotShow() throws {
    defer { Threads.set(2) }
    let results = try [1, 2, 5].map { threads in
      Threads.set(threads)
      return try Self.importance(3000).entries
    }
    #expect(results[0] == results[1] && results[0] == results[2])
  }

  @Test func aMetricWithoutAValueSaysWhy() throws {
    let (model, raw, labels) = try Self.model(200)
    let one = (0..<200).filter { labels[$0] == .text("no") }
    do {
      _ = try PermutationImportance(
        model, raw: raw.take(one), labels: labels.take(one), metric: AUC.self, repeats: 1, seed: 1, Progress())
      Issue.record("it has no value")
    } catch {
      let figure = UndefinedFigure("auc", .oneClass(0), classes: ["no", "yes"], rows: one.count)
      #expect(error.code == .noRows && error.problem == .scoring(.undefined(figure)))
    }
  }

  @Test func itStopsWhenItIsCancelled() throws {
    let (model, raw, labels) = try Self.model(200)
    let progress = Progress()
    progress.cancel()
    #expect(throws: EngineError.cancelled) {
      try PermutationImportance(
        model, raw: raw, labels: labels, metric: LogLoss.self, repeats: 3, seed: 1, progress)
    }
  }
}
