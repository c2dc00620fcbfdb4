import Plan

extension RowsProblem {
  var words: ProblemWords {
    switch self {
    case .none: ProblemWords("there are no rows")
    case .noneLabelled: ProblemWords("no row has a label")
    case .noneLeft: ProblemWords("the recorded steps leave no row to learn from")
    case .tooFew(0, _, _): ProblemWords("there is no row to learn from")
    case .tooFew(let count, let needed, let learner):
      ProblemWords("\(learner) needs at least \(needed) rows to learn from, and there are \(count)")
    case .tooFewForFolds: ProblemWords("there are too few rows for folds")
    case .tooFewForFoldCount(let count, let unit, let folds):
      ProblemWords(
        "\(folds) folds need at least \(folds) \(unit.manyDifferent), and there are \(count)",
        help: count >= 2 ? ["folds: \(count)"] : [])
    case .emptyPart(let part, let unit, let share):
      ProblemWords(
        "the \(part) part would have no row: there are too few \(unit.many) for a share of \(share)",
        help: ["\(part): 0 leaves the part out", "folds: 5 judges by rows left out instead of a part"])
    case .noneToLearn(let column): ProblemWords("no row of '\(column)' is 'train'")
    case .noneOfModel: ProblemWords("this model has no rows of its own")
    case .noneToTrain: ProblemWords("there are no rows to train on")
    case .noFolds: ProblemWords("this model cannot be trained again on folds")
    case .noTestPart: ProblemWords("there is no test part")
    case .tooMany(let count, let memory):
      ProblemWords(
        "\(count) rows take about \(memory.wanted >> 20) MB of memory, and the bound is \(memory.bound >> 20) MB",
        help: ["`--memory` sets the bound", "`sample` or `filter` leaves fewer rows, `select` fewer columns"])
    case .memory(let memory):
      ProblemWords(
        "this takes about \(max(1, memory.wanted >> 20)) MB of memory more than is left, and the bound is \(memory.bound >> 20) MB",
        help: [
          "what was there before is there still", "`sample` or `filter` leaves fewer rows, `select` fewer columns",
          "`--memory` sets the bound",
        ])
    case .tooManyComparisons(let step):
      ProblemWords(
        "`\(step)` would compare too many texts: they are much alike, or may differ in too many letters",
        help: [
          "name a column that has to be equal: `dedupe town, near: name`",
          "a smaller `distance`, or a larger `similarity`",
        ])
    case .unordered(let step): ProblemWords("`\(step)` cannot put rows in order a part at a time")
    }
  }
}

extension RowUnit {
  fileprivate var many: String {
    switch self {
    case .row: "rows"
    case .group: "groups"
    case .time: "times"
    }
  }

  /// As they are counted: a time that comes twice is one.
  fileprivate var manyDifferent: String { self == .time ? "different times" : many }
}
