import Kernels
import Metrics
import Plan
import Scoring
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

  /// Shuffles each of the model's inputs `repeats` times among `raw`. Throws `noRows` when the metric is not defined on the rows.
  public init(
    _ model: Model, raw: Table, labels: Column, metric: any Metric.Type, repeats: Int, seed: UInt64,
    _ progress: Progress
  ) throws(EngineError) {
    self.metric = metric
    let rows = RowList(0..<raw.rowCount)
    func value(_ table: Table) throws(EngineError) -> Double? {
      metric.value(
        try ScoredRows.scoring(table, with: model.scorer, rows: rows, labels: labels, progress).predictions(model.label)
      )
    }
    guard let baseline = try value(raw) else {
      throw EngineError(.noRows, metric.description.name, "\(metric.description.name) is not defined on these rows")
    }
    self.baseline = baseline
    let sign: Double = metric.direction == .higher ? 1 : -1
    var found: [Entry] = []
    for (place, field) in model.graph.inputs.enumerated() {
      guard let column = raw[field.name] else { continue }
      var falls: [Double] = []
      for round in 0..<max(1, repeats) {
        try EngineError.checking { () throws(Cancelled) in
          try progress.checkpoint(Double(place) / Double(model.graph.inputs.count), "explain \(field.name)")
        }
        var random = CounterRandom(seed: seed, stream: UInt64(place) << 32 | UInt64(round))
        let shuffled = raw.with(field.name, column.take(random.permutation(raw.rowCount)))
        if let worse = try value(shuffled) { falls.append(sign * (baseline - worse)) }
      }
      found.append(Self.entry(field.name, falls))
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
