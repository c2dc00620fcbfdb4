import Display
import Tables
import Validation

/// How the rules of a validation fared over the runs that a file has of them.
struct TrendDisplay {
  private let history: ValidationHistory
  private let pass: ValidationPass
  private let name: String

  /// How many runs are drawn.
  private static let drawn = 24

  /// `history` has the pass itself as its last run.
  init(_ history: ValidationHistory, _ pass: ValidationPass, name: String) {
    self.history = history
    self.pass = pass
    self.name = name
  }

  /// Nothing at the first run.
  var all: [Display] {
    let lines = pass.findings.compactMap { line($0.rule.words) }
    if lines.isEmpty { return [] }
    return [
      .table(
        DisplayTable(
          ["rule", "runs", "share false", "first", "before", "now", "verdict"], rows: lines,
          title: "over the runs on \(name)"))
    ]
  }

  private func line(_ rule: String) -> [Cell]? {
    let runs = history.runs(of: rule, table: name)
    guard runs.count > 1, let first = runs.first, let last = runs.last else { return nil }
    let shares = runs.suffix(Self.drawn).map(\.share)
    // A share of nothing is drawn as the lowest bar, not as a gap.
    let most = shares.max() ?? 0
    let bars = Sparkline.bars(shares.map { most > 0 ? max($0, most / 1000) : 0 })
    let change = runs[runs.count - 2].verdict == last.verdict ? "" : "\(runs[runs.count - 2].verdict.rawValue) → "
    return [
      .text(rule), .int(Int64(runs.count)), .text(most > 0 ? bars : "none"), .float(first.share),
      .float(runs[runs.count - 2].share), .float(last.share), .text(change + last.verdict.rawValue),
    ]
  }
}
