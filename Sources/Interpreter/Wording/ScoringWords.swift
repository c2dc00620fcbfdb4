import Display
import Plan
import Scoring

extension ScoringProblem {
  var words: ProblemWords {
    switch self {
    case .cannotHold(let unsupported, let holder):
      ProblemWords("\(holder.words) cannot hold this step: \(unsupported.reason.words)")
    case .notComputed(let error): ProblemWords("cannot be computed: \(error.words)")
    case .notScored(let error): ProblemWords("the model cannot be scored: \(error.words)")
    case .undefined(let figure): ProblemWords(figure.words)
    case .unmet(let unmet, let onTest):
      ProblemWords((onTest ? "on the test part, " : "") + unmet.map(\.words).joined(separator: "; "))
    case .invalid(let rows, let all, let ofTable):
      ProblemWords(
        [
          rows > 0 ? "\(rows) of \(counted(all, "row")) \(rows == 1 ? "fails" : "fail") a rule" : nil,
          ofTable > 0 ? "\(counted(ofTable, "rule")) of the whole table \(ofTable == 1 ? "does" : "do") not hold" : nil,
        ].compactMap { $0 }.joined(separator: ", and "),
        help: rows > 0
          ? ["on_fail: quarantine or drop goes on with the other rows, warn with all"]
          : ["on_fail: warn goes on all the same"])
    }
  }
}

extension StepHolder {
  fileprivate var words: String {
    switch self {
    case .model: "the model"
    case .table: "the table"
    case .format(let name): name.uppercased()
    }
  }
}

extension Unsupported.Reason {
  fileprivate var words: String {
    switch self {
    case .noColumn(let name): "column '\(name)' is not there"
    case .unwired: "a column of the expression is not there"
    case .isVector(let name): "'\(name)' is a vector"
    case .noText(let name): "'\(name)' has no text"
    case .format(let words): words
    }
  }
}

extension UnmetRequirement {
  fileprivate var words: String {
    switch reached {
    case .value(let value): "required: \(requirement.words), and it is \(NumberText.figure(value))"
    case .undefined(let figure): "required: \(requirement.words), and it is undefined: \(figure.because)"
    }
  }
}

extension UndefinedFigure {
  /// `auc is undefined: all 40 rows are of 'no'`.
  var words: String { "\(metric) is undefined: \(because)" }

  fileprivate var because: String { reason.words(classes: classes, rows: rows) }
}
