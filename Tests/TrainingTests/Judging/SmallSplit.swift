import Kernels
import Learners
import Plan
import Scoring
import Tables
import Training

/// A split of one number column and a text label, and models of it.
enum SmallSplit {
  static func make(
    _ labels: [String], train: Range<Int>, valid: Range<Int> = 0..<0, test: Range<Int> = 0..<0, folds: [Int] = [],
    isOrdered: Bool = false
  ) throws -> Split {
    let label = LabelSpec(name: "y", positive: nil, origins: ["y"])
    let x = labels.enumerated().map { Double($0.offset % 7) + ($0.element == labels[0] ? 0 : 3) }
    let y = Column.text(TextCells(labels))
    let raw = Table([("x", .float(Cells(x))), ("y", y)])
    var schema = RelationSchema(name: "small", raw: raw.schema)
    schema.label = label
    let count = (folds.max() ?? -1) + 1
    return Split(
      name: "small", raw: raw, encoding: try LabelEncoding(y, label),
      recipe: Recipe(steps: [.label(label)]).splitting(), schema: schema, train: RowList(train), valid: RowList(valid),
      sealed: SealedRows(RowList(test), mark: 7),
      folds: folds.isEmpty ? nil : SplitFolds(assignment: folds, count: count, areOrdered: isOrdered), seed: 1)
  }

  static func model(_ split: Split, _ learner: any Estimator.Type = DecisionTree.self) throws -> Model {
    try Training([Candidate(learner)], seed: 1).train(split, Progress()).model
  }
}
