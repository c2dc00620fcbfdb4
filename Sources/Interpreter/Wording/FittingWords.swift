import Notation
import Plan

extension FittingProblem {
  var words: ProblemWords {
    switch self {
    case .notFinite(let part): part.notFinite
    case .overflow(let quantity, let part, let advice):
      ProblemWords("\(part.words) needs \(quantity.words) beyond the largest number", help: advice.map(\.words))
    case .dependent(let learner, let quantity, let advice):
      ProblemWords(
        "\(learner) did not find \(quantity.words): the columns hang together too closely", help: advice.map(\.words))
    case .tooManyRows(let rows, let most, let learner):
      ProblemWords("\(learner) takes at most \(most) rows, not \(rows)", help: [Advice.fewerRows.words])
    case .tooManyRecords(let rows, let classes, let learner, let advice):
      ProblemWords("\(learner) cannot order \(rows) rows of \(classes) classes", help: advice.map(\.words))
    case .tooManyLeaves(let most, let classes, let values, let learner, let advice):
      ProblemWords(
        "the \(learner) has more than \(most) leaves, and each holds a value for \(classes) classes: more than \(values) values",
        help: advice.map(\.words))
    case .tooManyPlaces(let places, let most, let advice):
      ProblemWords(
        "the features are \(places) numbers a row, and a model takes at most \(most)", help: advice.map(\.words))
    case .tooLargeForGraph(let learner): ProblemWords("the \(learner) grew beyond what a scoring graph can hold")
    case .memory(let rows, let numbers):
      ProblemWords(
        "\(rows) rows × \(numbers) numbers need \(Self.bytes(rows, numbers)) bytes, more than there is memory")
    case .noFeature(let leftOut):
      ProblemWords(
        leftOut.isEmpty ? "there is no feature to learn from" : "no column is a feature to learn from",
        help: leftOut.map(\.words))
    case .weights(let learner): ProblemWords("\(learner) does not let rows count by weights")
    case .fractionalWeights(let learner): ProblemWords("\(learner) counts rows: weights have to be whole numbers")
    case .badWeights: ProblemWords("the weights are not one finite number a row, of which none is below zero")
    case .tooManyCells(let most, let learner, let advice):
      ProblemWords(
        "the \(learner) grows so deep that its nodes hold more than \(most) cells together: splits part few rows from all others",
        help: advice.map(\.words))
    case .everyCandidate(let failures):
      ProblemWords(
        "every candidate failed", help: failures.map { "\($0.algorithm): \($0.reason?.words ?? "no score")" })
    }
  }

  private static func bytes(_ rows: Int, _ numbers: Int) -> String {
    let (count, isOver) = rows.multipliedReportingOverflow(by: numbers)
    let (bytes, isOverToo) = count.multipliedReportingOverflow(by: 8)
    return isOver || isOverToo ? "over \(Int.max)" : "\(bytes)"
  }
}

extension LearnedPart {
  fileprivate var words: String {
    switch self {
    case .label: "the label"
    case .column(let name): "'\(name)'"
    case .learner(let name): name
    }
  }

  fileprivate var notFinite: ProblemWords {
    let reason = "\(words) has a value that is not a finite number"
    switch self {
    case .label: return ProblemWords(reason, help: ["filter such rows out"])
    case .column: return ProblemWords(reason, help: ["filter such rows out, or impute the column"])
    case .learner: return ProblemWords(reason)
    }
  }
}

extension FittedQuantity {
  fileprivate var words: String {
    switch self {
    case .weight: "a weight"
    case .weights: "weights"
    case .intercept: "an intercept"
    case .leafValue: "a leaf's value"
    case .categoryWeights: "the weights of the wide text columns"
    }
  }
}

extension Advice {
  fileprivate var words: String {
    switch self {
    case .set(let option, let value): "\(option): \(value)"
    case .raise(let option, let bound): "set `\(option)` above \(bound)"
    case .scaleAll: "`scale numeric() = standard`"
    case .scale(let column): ScriptText.code("scale \(ScriptText.name(column)) = standard")
    case .fewerRows: "sample fewer rows"
    case .fewerClasses: "a label with fewer classes"
    case .fewerCategories: "keep fewer categories"
    }
  }
}

extension LeftOut {
  var words: String {
    switch reason {
    case .noValue: "\(column) has no value in the training rows and is left out"
    case .identity(let texts, let rows):
      "\(column) is left out: \(texts) different texts in \(counted(rows, "row")); `encode` it or derive a feature from it to use it"
    }
  }
}

extension CandidateFailure.Reason {
  /// With its code, as a board has it: `training-failed: …`.
  public var words: String {
    switch self {
    case .problem(let problem): "\(EngineError(problem).code.rawValue): \(problem.words.reason)"
    case .undefined(let figure): figure.words
    case .kept(let words): words
    }
  }
}
