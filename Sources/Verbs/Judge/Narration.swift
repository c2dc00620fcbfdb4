import Display
import Explanation
import Glibc
import Interpreter
import Kernels
import Metrics
import Notation
import Plan
import Tables
import Training

/// What an explanation says in sentences, from the values that it shows.
struct Narration {
  private static let mostNamed = 3

  private let model: Model
  private let label: ModelLabel
  private let importances: Importances
  private let reading: ReadableModel
  private let judgement: Judgement

  /// Scores the rows that the importances were measured on.
  init(
    _ model: Model, _ importances: Importances, _ reading: ReadableModel, _ progress: Progress
  ) throws(EngineError) {
    label = try model.requiredLabel()
    guard let split = model.split else { throw EngineError(.rows(.noneOfModel(model.name))) }
    self.model = model
    self.importances = importances
    self.reading = reading
    judgement = try Plan.ScoredRows.scoring(split, rows: importances.rows, with: model.scorer, progress).judgement(
      label)
  }

  /// A line a sentence.
  var text: String { ([reliance] + meaning + [quality].compactMap { $0 }).joined(separator: "\n") }

  private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

  private var part: String {
    importances.areValid ? "on the valid part" : "on the training rows, which it has learned from,"
  }

  // MARK: Importance

  private var reliance: String {
    let metric = importances.measured.metric.name
    let useful = importances.measured.entries.filter { $0.importance > 0 }
    guard let first = useful.first else {
      return "Shuffling any one column \(part) makes \(metric) no worse: the model relies on none of them alone."
    }
    let others = useful.dropFirst().prefix(Self.mostNamed - 1).map {
      "\(ValueName.quoted($0.column)) (\(NumberText.figure($0.importance)))"
    }
    let next = others.isEmpty ? "" : "; next comes \(others.joined(separator: ", then "))"
    return
      "The model relies most on \(ValueName.quoted(first.column)): shuffled \(part) it makes \(metric) worse by \(NumberText.figure(first.importance))\(next)."
  }

  // MARK: Direction

  private var meaning: [String] {
    switch reading {
    case .coefficients(let shown):
      let columns = importances.measured.entries.filter { $0.importance > 0 }.prefix(Self.mostNamed).map(\.column)
      let sentences = columns.compactMap { direction($0, shown.coefficients) }
      return sentences.isEmpty ? [] : [Self.capitalised(sentences.joined(separator: "; ")) + "."]
    case .tree(let tree): return [firstQuestion(tree)]
    case .answersOnly: return []
    }
  }

  /// Where a column points to: by its largest weight, that of a category by the value that has it.
  private func direction(_ column: String, _ coefficients: Coefficients) -> String? {
    let terms = coefficients.terms.filter { $0.feature.column == column }
    let weights = terms.flatMap { term in
      (term.standardised ?? term.weights).enumerated().map { (term: term, score: $0, weight: $1) }
    }
    guard let most = weights.max(by: { abs($0.weight) < abs($1.weight) }), most.weight != 0 else { return nil }
    let isUp = most.weight > 0
    let subject =
      if case .indicator = most.term.feature.meaning { ValueName.quoted(most.term.feature.name) } else {
        "a higher \(ValueName.quoted(column))"
      }
    guard let answer = coefficients.classes[most.score] else {
      return "\(subject) \(isUp ? "raises" : "lowers") \(ValueName.quoted(label.name))"
    }
    return "\(subject) speaks \(isUp ? "for" : "against") \(answer.quotedName)\(ratio(most.term, coefficients))"
  }

  private func ratio(_ term: Coefficients.Term, _ coefficients: Coefficients) -> String {
    guard coefficients.areLogOdds else { return "" }
    let value = exp(term.standardised?[0] ?? term.weights[0])
    guard value.isFinite, value > 0 else { return "" }
    return " (odds × \(NumberText.figure(value))\(term.standardised == nil ? "" : " per sd"))"
  }

  private func firstQuestion(_ reading: TreeReading) -> String {
    let tree = reading.display(levels: 1)
    guard tree.nodes.count == 3, let rule = tree.nodes[1].rule else {
      return "The tree asks nothing: it gives every row the same answer."
    }
    let most = reading.mostFrequent(levels: 1)
    func words(_ place: Int) -> String {
      let node = tree.nodes[place]
      return "\(node.rows.map { counted($0, "training row") } ?? "rows"), \(Self.answer(node, most[place]))"
    }
    return
      "The tree asks first whether \(SafeText.escaped(rule)): where it is so \(words(1)), else \(words(2))."
  }

  /// `mostly 'a' (62.0%)`, `evenly 'a' and 'b' (50.0% each)`, `mean 3.2`
  private static func answer(_ node: TreeDisplay.Node, _ most: [Cell]) -> String {
    guard let share = node.share.map({ NumberText.of($0, .percent(decimals: 1)) }) else {
      return "mean \(name(node.answer))"
    }
    guard most.count > 1, let last = most.last else { return "mostly \(node.answer.quotedName) (\(share))" }
    let others = most.dropLast().map(\.quotedName).joined(separator: ", ")
    return "evenly \(others) and \(last.quotedName) (\(share) each)"
  }

  private static func name(_ cell: Cell) -> String { cell.number.map { NumberText.figure($0) } ?? cell.name }

  // MARK: Quality

  /// Beside what needs no model: the most frequent class, or the mean.
  private var quality: String? {
    guard judgement.rowCount > 0, judgement.unansweredCount == 0 else { return nil }
    let start = Self.capitalised(part)
    if label.task == .regression {
      let rows = Double(judgement.rowCount)
      let mean = judgement.trueValues.reduce(0, +) / rows
      let spread = (judgement.trueValues.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / rows).squareRoot()
      guard let error = RMSE.value(judgement).number, spread.isFinite else { return nil }
      return
        "\(start) it is off by \(NumberText.figure(error)) (rmse, \(counted(judgement.rowCount, "row"))), where the mean alone would be off by \(NumberText.figure(spread))."
    }
    let counts = judgement.counts
    guard let most = counts.support.indices.max(by: { (counts.support[$0], $1) < (counts.support[$1], $0) }) else {
      return nil
    }
    func share(_ count: Int) -> String { NumberText.of(Double(count) / Double(counts.rowCount), .percent(decimals: 1)) }
    return
      "\(start) it answers \(share(counts.correct)) of \(counted(counts.rowCount, "row")) right, where always answering \(label.classes[most].quotedName) would be right for \(share(counts.support[most]))."
  }
}
