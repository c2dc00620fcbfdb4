import Display
import Notation
import Plan
import Tables

extension LabelProblem {
  var words: ProblemWords {
    switch self {
    case .notChosen: ProblemWords("no label was chosen", help: ["`label COLUMN` before `split`"])
    case .needed(let learner):
      ProblemWords("\(learner) learns a label, and none was chosen", help: ["`label COLUMN` before `split`"])
    case .notRanked(let learner):
      ProblemWords(
        "candidates are ranked by a label, and \(learner) learns none",
        help: ["train \(learner) alone, with fixed options"])
    case .ofNoModel(let model): ProblemWords("'\(model)' has no label to be judged by")
    case .noValue(let name): Self.twoClasses("'\(name)' has no value")
    case .oneClass(let name, let only): Self.twoClasses("'\(name)' has only one class, \(Discretion.told(only.name))")
    case .unknownClass(let name, let asked, let classes):
      ProblemWords(
        "'\(name)' has no class \(asked.name)",
        help: Discretion.isOn
          ? []
          : NearestName.value(asked, in: classes).map { ["`positive: \($0)`, if that is meant"] } ?? []
            + ["its classes: " + classes.prefix(12).map(\.name).joined(separator: ", ")])
    case .notPositive(let name, let asked, let classes):
      ProblemWords(
        classes == 0
          ? "'\(name)' is a number to predict, and has no positive class"
          : "'\(name)' has \(classes) classes, and a positive one is of two",
        help: [
          "a label of two classes: "
            + ScriptText.code("label is_it = \(ScriptText.name(name)) == \(Scalar.cell(asked))")
        ])
    case .tooManyClasses(let name, let count, let rows):
      ProblemWords(
        "'\(name)' has \(count) classes among \(counted(rows, "row")); is it an id?",
        help: [
          "\(Self.code(name, "classification")) takes them all the same",
          "a label of fewer classes is learned: `label NAME = EXPRESSION` makes one",
        ])
    case .notLearnable(_, let type): ProblemWords("a \(type) column cannot be a label")
    case .notNumber(let name, let type): ProblemWords("'\(name)' is \(type), not a number to predict")
    case .notClasses(let name): ProblemWords("'\(name)' is a number to predict, and only a class can be another one")
    case .wrongKind(let learner, let kind):
      ProblemWords("\(learner) learns \(kind.words), and the label has \(kind.other.words)")
    case .wrongTask(let learner, let label, let task, let fitting, let other):
      ProblemWords(
        "\(learner) does not learn a \(task.rawValue) label",
        help: ["for this label: " + fitting.joined(separator: ", ")] + Self.reading(label, as: other))
    case .guarded(let name, let words):
      ProblemWords(
        "'\(name)' tells the label, and \(ScriptText.code(words)) asks every request for it",
        help: ["leave out `guard: true`, or guard other columns"])
    case .answers(let problem): problem.words
    case .tooFewClasses: ProblemWords("the label needs at least two classes to tell apart")
    case .oneClassLearned(let rows):
      ProblemWords(
        "the label has a single class among the \(counted(rows, "row")) to learn from",
        help: ["stratify the split by the label"])
    }
  }

  private static func twoClasses(_ reason: String) -> ProblemWords {
    ProblemWords(reason, help: ["a label needs at least two classes among the rows"])
  }

  private static func code(_ name: String, _ task: String) -> String {
    ScriptText.code("label \(ScriptText.name(name)), task: \(task)")
  }

  private static func reading(_ label: String, as task: LabelTask?) -> [String] {
    switch task {
    case .classification: ["\(code(label, "classification")) takes its values as classes"]
    case .regression: ["\(code(label, "regression")) takes it as a number to predict"]
    case .auto, nil: []
    }
  }
}

extension LabelKind {
  var words: String {
    switch self {
    case .numbers: "numbers"
    case .classes: "classes"
    }
  }
}

extension LabelNote {
  /// For the label of that name: `survived: the positive class is 1`.
  public func words(for name: String) -> String {
    switch self {
    case .number: "\(name) is a number to predict"
    case .classes(let classes): "\(name) has \(classes.count) classes" + Self.sizes(of: classes)
    case .positive(let positive, let all):
      "\(name): the positive class is \(positive.value.name), \(positive.count) of \(counted(all, "row")) (\(Self.share(positive.count, of: all)))"
    }
  }

  private static func sizes(of classes: [ValueCount]) -> String {
    let counts = classes.map(\.count)
    guard classes.count <= 12 else { return " of \(counts.min() ?? 0) to \(counts.max() ?? 0) rows" }
    let all = counts.reduce(0, +)
    return ": " + classes.map { "\($0.value.name) \($0.count) (\(share($0.count, of: all)))" }.joined(separator: ", ")
  }

  private static func share(_ count: Int, of all: Int) -> String {
    NumberText.of(Double(count) / Double(max(all, 1)), .percent(decimals: 1))
  }
}
