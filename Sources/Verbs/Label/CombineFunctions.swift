import Descriptions
import Diagnostics
import Display
import Expressions
import Interpreter
import Language
import Plan
import Tables
import Training

/// `label outcome = vote(f, g)` and `weigh(f, g)`: labelling functions, each of which gives a class or abstains, combined into a label.
struct CombineFunctions {
  /// How they are combined.
  enum Way: String, CaseIterable {
    case vote, weigh
  }

  private struct Function {
    let expression: Expressions.Expression
    let words: String
  }

  private let name: String
  private let way: Way
  private let functions: [Function]
  private let otherwise: Tables.Cell?
  private let words: String

  /// The way that an expression asks for; nil for any other expression.
  static func way(_ written: Expr, _ scope: Scope) -> (way: Way, call: Call)? {
    guard case .call(let call) = written.kind, let way = Way(rawValue: call.function.text),
      scope.function(named: call.function.text) == nil
    else { return nil }
    return (way, call)
  }

  /// What binding the functions gave.
  enum Reading {
    case known(CombineFunctions)
    /// Columns that are not there before the script runs.
    case open
    case failed
  }

  static func read(
    _ name: String, _ way: Way, _ written: Call, _ call: VerbCall, _ schema: RelationSchema, otherwise: Tables.Cell?,
    _ sink: inout DiagnosticSink
  ) -> Reading {
    if let option = written.options.first {
      sink.report(.unknownOption, "'\(way.rawValue)' takes labelling functions alone", at: option.range)
      return .failed
    }
    guard !written.arguments.isEmpty else {
      sink.report(
        .missingArgument, "'\(way.rawValue)' needs labelling functions", at: written.function.range,
        label: "for example \(way.rawValue)(if tickets > 9 then \"leaves\" else missing, …)")
      return .failed
    }
    var functions: [Function] = []
    var isOpen = false
    for argument in written.arguments {
      switch call.expression(argument, in: schema, &sink) {
      case .failed: return .failed
      case .open: isOpen = true
      case .known(let expression):
        guard isOfOneType(expression, functions, otherwise, argument, &sink) else { return .failed }
        functions.append(Function(expression: expression, words: SyntaxPrinter.text(argument)))
      }
    }
    if isOpen { return .open }
    let words = "label \(name) = \(SyntaxPrinter.text(Expr(.call(written), at: written.function.range)))"
    return .known(CombineFunctions(name: name, way: way, functions: functions, otherwise: otherwise, words: words))
  }

  private static func isOfOneType(
    _ expression: Expressions.Expression, _ before: [Function], _ otherwise: Tables.Cell?, _ written: Expr,
    _ sink: inout DiagnosticSink
  ) -> Bool {
    let type = expression.type
    if let first = before.first?.expression.type, first != type {
      sink.report(
        .wrongType, "this labelling function gives \(type), and the first one \(first)", at: written.range)
      return false
    }
    guard let given = otherwise?.type, given != type else { return true }
    sink.report(.wrongType, "this labelling function gives \(type), and the default is \(given)", at: written.range)
    return false
  }

  private init(name: String, way: Way, functions: [Function], otherwise: Tables.Cell?, words: String) {
    self.name = name
    self.way = way
    self.functions = functions
    self.otherwise = otherwise
    self.words = words
  }

  /// What is known of the label before any row is read.
  var step: CombinedLabel { CombinedLabel(name, of: functions.map(\.expression), words: words) }

  // MARK: Running

  /// The label settled on the rows at hand, with what there is to show of the functions.
  ///
  /// It is settled here, and not when `train` runs: parts are drawn by the label. It sees what the functions say and no feature.
  func settled(_ relation: Relation, _ context: RunContext) throws(EngineError) -> (
    step: CombinedLabel, shown: [Display]
  ) {
    var free = FreeNames(besides: relation.schema.names)
    let names = functions.indices.map { free.take("vote_\($0 + 1)") }
    let derived = zip(names, functions).map { Step.feature(Derive($0, $1.expression)) }
    let table = try relation.appending(derived).columns(names, context)
    let votes = try VoteTable(names.compactMap { table[$0] }, context.progress)
    let choice = LabelChoice(votes, weighs: way == .weigh, seed: context.seed)
    let step = CombinedLabel(
      name, of: functions.map(\.expression), words: words, classes: votes.classes, choice: choice, otherwise: otherwise)
    return (step, [.table(figures(votes, choice))] + [.notes(notes(votes, choice))])
  }

  private func figures(_ votes: VoteTable, _ choice: LabelChoice) -> DisplayTable {
    let hasAccuracies = choice.accuracies != nil
    let rows = votes.figures.enumerated().map { place, figures -> [Tables.Cell] in
      let learned: [Tables.Cell] =
        hasAccuracies ? [.float(choice.accuracies?[place] ?? 0), .float(choice.weights[place])] : []
      return [
        .text(functions[place].words), .text(figures.classes.map(\.name).joined(separator: ", ")),
        .float(figures.coverage), .float(figures.overlaps), .float(figures.conflicts),
      ] + learned
    }
    let names =
      ["function", "gives", "coverage", "overlaps", "conflicts"] + (hasAccuracies ? ["accuracy", "weight"] : [])
    return DisplayTable(
      names, types: [.text, .text] + names.dropFirst(2).map { _ in .float }, rows: rows, title: "labelling functions")
  }

  private func notes(_ votes: VoteTable, _ choice: LabelChoice) -> [Note] {
    let silent = votes.rowCount - votes.coveredRows
    let silence = "\(way.rawValue): of \(silent) of \(counted(votes.rowCount, "row")) no function says anything"
    return [Note(silence)]
      + (Self.words(choice.verdict, choice.isWeighed).map { [Note("\(way.rawValue): \($0)")] } ?? [])
  }

  private static func words(_ verdict: LabelChoice.Verdict, _ isWeighed: Bool) -> String? {
    switch verdict {
    case .asked: nil
    case .nothingToWeigh: "too little to weigh functions by: each counts the same, as in `vote`"
    case .compared(let model, let vote, _):
      "held-out votes have a log likelihood of \(NumberText.figure(model)) a row where functions differ in accuracy and \(NumberText.figure(vote)) where they do not: "
        + (isWeighed ? "they are weighed" : "each counts the same, as in `vote`")
    }
  }
}
