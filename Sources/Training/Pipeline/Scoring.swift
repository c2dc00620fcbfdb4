import Kernels
import Plan
import Scoring
import Tables

extension Scorer {
  /// A scorer for a graph that was built here. Throws `trainingFailed` with the reason when it does not compile.
  public static func compiled(_ graph: Graph) throws(EngineError) -> Scorer {
    do {
      return try Scorer(graph: graph)
    } catch {
      throw EngineError(.scoring(.notScored(error)))
    }
  }
}

extension ScoredRows {
  /// Scores a table of raw columns, with the labels of its rows beside.
  public static func scoring(
    _ raw: Table, with scorer: Scorer, rows: RowList, labels: Column, _ progress: Progress
  ) throws(EngineError) -> ScoredRows {
    let scored = try EngineError.checking { () throws(Cancelled) in try scorer.score(raw, progress) }
    return ScoredRows(
      rows: rows, labels: labels, prediction: scored.prediction, probabilities: scored.probabilities)
  }

  /// Scores rows of a split's raw table, with their labels beside. Only the columns that the model takes are brought together.
  public static func scoring(
    _ split: Split, rows: RowList, with scorer: Scorer, _ progress: Progress
  ) throws(EngineError) -> ScoredRows {
    guard let labels = split.labels else { throw EngineError(.label(.notChosen(split.name))) }
    let inputs = split.raw.select(scorer.inputs.map(\.name))
    return try scoring(inputs.take(rows), with: scorer, rows: rows, labels: labels.take(rows), progress)
  }

  /// Several scored parts one after the other, with the fold each came from.
  public static func joined(_ parts: [ScoredRows]) -> ScoredRows? {
    guard let first = parts.first else { return nil }
    let folds = parts.enumerated().flatMap { fold, part in [Int32](repeating: Int32(fold), count: part.rows.count) }
    let prediction = Column.joined(parts.map(\.prediction)) ?? first.prediction
    let labels = Column.joined(parts.map(\.labels)) ?? first.labels
    let probabilities = first.probabilities.map { vector in
      VectorCells(
        names: vector.names, values: parts.flatMap { $0.probabilities?.denseValues ?? [] },
        count: parts.reduce(0) { $0 + $1.rows.count })
    }
    return ScoredRows(
      rows: RowList(parts.flatMap { Array($0.rows) }), folds: folds, labels: labels, prediction: prediction,
      probabilities: probabilities)
  }
}

extension Column {
  /// Columns of one type one after the other; nil when there are none.
  static func joined(_ columns: [Column]) -> Column? {
    guard let type = columns.first?.type else { return nil }
    return Column.from(columns.flatMap { column in (0..<column.count).map { column[$0] } }, type: type)
  }
}
