import Display
import Explanation
import Interpreter
import Notation
import Plan
import Tables
import Training

/// Runs a training and shows what came of it.
enum TrainingResult {
  static func outcome(of training: Training, on value: Value?, _ context: RunContext) throws(EngineError) -> Outcome {
    let split: Split?
    switch value {
    case .split(let own)?: split = own
    case .model(let model)?: split = model.split
    default: split = nil
    }
    guard let split else { throw EngineError(.rows(.noneToTrain)) }
    if let model = context.remembered, let same = try training.resumed(model, on: split) {
      return Outcome(.model(same))
    }
    let trained = try training.train(split, context.progress)
    let model = trained.model
    var displays = [display(model)]
    if let board = board(model) {
      displays.append(board)
    } else if let figures = try TrainingFigures.display(model, by: training.metric, context.progress) {
      displays.append(figures)
    }
    let warnings = model.label.map { label in trained.suspicions.map { suspicion($0, label) } } ?? []
    displays.append(.notes((model.notes.map { Note($0.words) } + warnings)))
    return Outcome(.model(model), displays, isCutShort: trained.isCutShort)
  }

  static func display(_ model: Model) -> Display {
    let inputs = model.graph.inputs.map(\.name)
    var facts = [Fact("algorithm", .text(model.algorithm))]
    if let label = model.label { facts.append(Fact("label", .text("\(label.name) (\(label.words))"))) }
    facts += [
      Fact("rows", .int(Int64(model.trainRows))), Fact("inputs", .text(NameList.of(inputs)), items: inputs),
    ]
    let options = model.options.map { "\($0.name): \($0.value)" }
    if !options.isEmpty { facts.append(Fact("options", .text(options.joined(separator: ", ")), items: options)) }
    if !model.steps.isEmpty {
      facts.append(Fact("steps", .text(model.steps.joined(separator: " · ")), items: model.steps))
    }
    return .facts(facts)
  }

  static func board(_ model: Model) -> Display? {
    guard !model.board.isEmpty, let metric = model.boardMetric else { return nil }
    let figures = model.boardFigures
    let rows: [[Cell]] = model.board.prefix(20).enumerated().map { place, entry in
      var cells: [Cell] = [.int(Int64(place + 1)), .text(entry.algorithm)]
      cells += [entry.score, entry.spread].map(Cell.figure)
      if let figures, figures.values.indices.contains(place) { cells += figures.values[place].map(Cell.figure) }
      cells.append(.text(entry.failure?.words ?? entry.options))
      return cells
    }
    var table = DisplayTable(
      ["rank", "algorithm", metric, "± se"] + (figures?.metrics ?? []) + ["options"],
      types: [.int, .text, .float, .float] + (figures?.metrics.map { _ in .float } ?? []) + [.text], rows: rows,
      title: figures.map { "board: \($0.words)" } ?? "board")
    table.totalRows = model.board.count
    table.isProse = true
    // Drawn options have all digits of a double; JSON and the model's record keep them.
    if let last = table.columns.indices.last { table.columns[last].format = .significant(4) }
    return .table(table)
  }

  private static func suspicion(_ finding: SuspiciousFeatures.Finding, _ label: ModelLabel) -> Note {
    // Rounded down: 99.95 % of the rows are not all of them.
    let share = Int(finding.share * 1000)
    return Note(
      .warning,
      "suspicious-feature: '\(finding.column)' alone decides '\(label.name)' in \(share / 10).\(share % 10) % of the rows; is it known when the model is asked?"
    )
  }
}

extension BoardFigures {
  /// What the figures are of: `means of 5 folds, 1047 rows`.
  fileprivate var words: String {
    let rows = counted(rows, "row")
    return folds.map { "means of \(counted($0, "fold")), \(rows)" } ?? "the valid part, \(rows)"
  }
}

extension ModelLabel {
  /// The task with its classes: `binary, positive yes`.
  var words: String {
    if let positive { return "binary, positive \(positive.name)" }
    return task == .multiclass ? "\(classes.count) classes" : "a number"
  }
}
