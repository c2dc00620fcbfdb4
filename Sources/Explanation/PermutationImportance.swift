import Kernels
import Metrics
import Plan
import Scoring
import Synchronization
import Tables
import Training

/// How much worse a model's metric gets when one raw column is shuffled (Breiman 2001), repeated and averaged.
public struct PermutationImportance: Sendable {
  public struct Entry: Sendable, Equatable {
    public let column: String
    /// Mean fall of the metric, positive for a column that helps, in the metric's unit whichever way is better.
    public let importance: Double
    /// Standard deviation over the repeats.
    public let spread: Double
  }

  /// Most important first; equal ones in the order of the model's inputs.
  public let entries: [Entry]
  /// The metric on the rows as they are.
  public let baseline: Double
  public let metric: any Metric.Type

  /// Below this many rows one scoring does not keep several threads busy.
  static let wideRows = 1 << 17

  /// Shuffles each of the model's inputs `repeats` times among `raw`. The numbers do not depend on the threads: where one scoring does
  /// not keep them busy, several shuffles are scored at a time.
  ///
  /// Throws `noLabel` for a model without a label, `noRows` with the reason when the metric is not defined on the rows, `interrupted` when cancelled.
  public init(
    _ model: Model, raw: Table, labels: Column, metric: any Metric.Type, repeats: Int, seed: UInt64,
    _ progress: Progress
  ) throws(EngineError) {
    self.metric = metric
    let label = try model.requiredLabel()
    let task = ShuffledScoring(
      model: model, raw: raw, labels: TrueLabels(labels, label), metric: metric, seed: seed, progress: progress)
    let value = try task.value(of: raw)
    guard let baseline = value.number else {
      throw EngineError(
        .scoring(
          .undefined(
            UndefinedFigure(
              metric.name, value.reason ?? .noRows, classes: label.classes.map(\.description),
              rows: raw.rowCount))))
    }
    self.baseline = baseline
    let places = model.graph.inputs.indices.filter { raw[model.graph.inputs[$0].name] != nil }
    let rounds = max(1, repeats)
    let values = try task.values(places.flatMap { place in (0..<rounds).map { (place, $0) } })
    let sign: Double = metric.direction == .higher ? 1 : -1
    let found = places.enumerated().map { order, place in
      let falls = values[order * rounds..<(order + 1) * rounds].compactMap { $0 }.map { sign * (baseline - $0) }
      return Self.entry(model.graph.inputs[place].name, falls)
    }
    entries = found.enumerated().sorted {
      $0.element.importance == $1.element.importance
        ? $0.offset < $1.offset : $0.element.importance > $1.element.importance
    }.map(\.element)
  }

  private static func entry(_ column: String, _ falls: [Double]) -> Entry {
    let count = Double(max(falls.count, 1))
    let mean = falls.reduce(0, +) / count
    let variance = falls.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return Entry(column: column, importance: mean, spread: variance.squareRoot())
  }
}

/// How many rounds have ended.
private final class Rounds: Sendable {
  private let count = Atomic<Int>(0)

  func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}

/// Scores rows with one column shuffled.
private struct ShuffledScoring: Sendable {
  let model: Model
  let raw: Table
  let labels: TrueLabels
  let metric: any Metric.Type
  let seed: UInt64
  let progress: Progress

  func value(of table: Table) throws(EngineError) -> MetricValue {
    let scored = try EngineError.checking { () throws(Cancelled) in try model.scorer.score(table, progress) }
    return metric.value(labels.judgement(of: scored.prediction, scored.probabilities))
  }

  /// The metric for each input and round, nil where it is undefined. Which random numbers shuffle depends on them alone.
  func values(_ rounds: [(place: Int, round: Int)]) throws(EngineError) -> [Double?] {
    let done = Rounds()
    let isWide = raw.rowCount >= PermutationImportance.wideRows
    let batch = isWide ? 1 : rounds.count
    var values: [Double?] = []
    for start in stride(from: 0, to: rounds.count, by: batch) {
      let part = rounds[start..<min(start + batch, rounds.count)]
      let results = parallelMap(part.count) { offset -> Result<Double?, EngineError> in
        let (place, round) = part[start + offset]
        return Result { () throws(EngineError) in
          let value = try shuffled(place, round)
          try EngineError.checking { () throws(Cancelled) in
            try progress.checkpoint(Double(done.next()) / Double(rounds.count), "explain")
          }
          return value
        }
      }
      for result in results { values.append(try result.get()) }
    }
    return values
  }

  private func shuffled(_ place: Int, _ round: Int) throws(EngineError) -> Double? {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let name = model.graph.inputs[place].name
    guard let column = raw[name] else { return nil }
    var random = CounterRandom(seed: seed, stream: UInt64(place) << 32 | UInt64(round))
    return try value(of: raw.with(name, column.take(random.permutation(raw.rowCount)))).number
  }
}
