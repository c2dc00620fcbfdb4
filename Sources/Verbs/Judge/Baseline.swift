import Display
import Metrics
import Plan
import Tables

/// How often the most frequent class alone would be right: what an accuracy is to be held against where classes are uneven.
struct Baseline {
  /// From so many times an even share on a class makes the shares uneven.
  private static let uneven = 1.2

  let row: MetricsDisplay.Row
  let note: String

  /// Of the first column's most frequent class; nil for numbers, for columns of different labels, and where classes are about as
  /// frequent as each other.
  init?(_ columns: [JudgedFigures]) {
    guard let all = columns.first, all.label.task != .regression, columns.allSatisfy({ $0.label == all.label }),
      let most = all.judgement.counts.support.max(), most > 0
    else { return nil }
    let counts = all.judgement.counts
    guard Double(most * counts.classCount) >= Self.uneven * Double(counts.rowCount) else { return nil }
    let code = counts.support.firstIndex(of: most) ?? 0
    row = MetricsDisplay.Row(
      "baseline accuracy",
      columns.map { column in
        MetricsDisplay.Figure(Double(column.judgement.counts.support[code]) / Double(column.rowCount))
      })
    note = "baseline accuracy: of answering \(all.label.classes[code].quotedName), the most frequent class, always"
  }
}
