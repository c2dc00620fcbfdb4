import Kernels
import Learners
import Metrics
import Plan
import Scoring
import Tables

/// Rows whose label is likely another one, by confident learning (Northcutt, Jiang & Chuang 2021, Confident Learning: Estimating
/// Uncertainty in Dataset Labels).
///
/// A row is scored by a model that has not learned from it. It counts as confidently of a class where the class's probability is at
/// least as large as it is on average among the rows that are said to be of it; of several such classes the likeliest counts. How many
/// rows are confidently of another class than they are said to be of is how many labels are wrong; which ones they are the probability
/// of the given label says, the least first, of rows for which another class is the likeliest.
public struct LabelErrors: Sendable {
  public struct Finding: Sendable, Hashable {
    /// The row's place among those that were scored.
    public let place: Int
    /// Places among the classes.
    public let given: Int
    public let likely: Int
    public let givenProbability: Double
    public let likelyProbability: Double
  }

  public let label: ModelLabel
  public let scored: ScoredRows
  /// The least likely label first.
  public let findings: [Finding]
  /// Of rows said to be of a class and confidently of one, how many: row after row the class given, and in it the confident class.
  public let counts: [[Int]]

  /// Of what folds of the train part answer. Throws `noLabel` without a label, `unsupported` for a number, what training throws.
  public init(_ split: Split, _ candidate: Candidate, folds: Int, seed: UInt64, _ progress: Progress)
    throws(EngineError)
  {
    guard let label = split.encoding?.label else { throw EngineError(.label(.notChosen(split.name))) }
    guard label.task != .regression else { throw EngineError(.label(.notClasses(label.name))) }
    guard candidate.learner.tasks.contains(label.task) else {
      throw EngineError(.label(.wrongKind(learner: candidate.name, learns: .numbers)))
    }
    let trainer = OutOfFoldTrainer(Pipeline(candidate, label: label, seed: seed), folds: folds, scored: nil)
    try self.init(label, split, try trainer.outOfFold(split, progress))
  }

  /// Of what a model's training answers out of fold.
  public init(_ model: Model, _ progress: Progress) throws(EngineError) {
    let label = try model.requiredLabel()
    guard let split = model.split, split.labels != nil else { throw EngineError(.rows(.noneOfModel(model.name))) }
    guard let trainer = model.trainer else { throw EngineError(.rows(.noFolds(model: model.name))) }
    try self.init(label, split, try trainer.outOfFold(split, progress))
  }

  private init(_ label: ModelLabel, _ split: Split, _ scored: ScoredRows) throws(EngineError) {
    guard let probabilities = scored.probabilities?.denseValues, let encoding = split.encoding,
      case .classes(let given, _) = encoding.target(scored.rows).values
    else { throw EngineError(.label(.notClasses(label.name))) }
    self.label = label
    self.scored = scored
    let found = ConfidentClasses(given, probabilities, classes: label.classes.count)
    findings = found.findings
    counts = found.counts
  }
}

/// Confident learning over the probabilities of rows, one after the other.
struct ConfidentClasses {
  private(set) var findings: [LabelErrors.Finding] = []
  private(set) var counts: [[Int]]

  /// `given` are the classes that rows are said to be of. O(rows × classes).
  init(_ given: [Int32], _ probabilities: [Double], classes: Int) {
    counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    let bounds = Self.averages(given, probabilities, classes)
    var doubted: [LabelErrors.Finding] = []
    for (place, code) in given.enumerated() {
      let own = Int(code)
      let chances = probabilities[place * classes..<(place + 1) * classes]
      if let sure = Self.largest(chances, where: { $1 >= bounds[$0] }) { counts[own][sure] += 1 }
      guard let likely = Self.largest(chances, where: { _, _ in true }), likely != own else { continue }
      doubted.append(
        LabelErrors.Finding(
          place: place, given: own, likely: likely, givenProbability: chances[chances.startIndex + own],
          likelyProbability: chances[chances.startIndex + likely]))
    }
    doubted.sort {
      ($0.givenProbability, -$0.likelyProbability, $0.place) < ($1.givenProbability, -$1.likelyProbability, $1.place)
    }
    let wrong = counts.enumerated().reduce(0) { $0 + $1.element.reduce(0, +) - $1.element[$1.offset] }
    findings = Array(doubted.prefix(wrong))
  }

  /// The class with the largest probability of those that count, the first of equals.
  private static func largest(_ chances: ArraySlice<Double>, where counts: (Int, Double) -> Bool) -> Int? {
    var best: (place: Int, chance: Double)?
    for (place, chance) in chances.enumerated() where counts(place, chance) {
      if best.map({ chance > $0.chance }) ?? true { best = (place, chance) }
    }
    return best?.place
  }

  /// Of each class its probability on average among the rows that are said to be of it; infinite where there is none.
  private static func averages(_ given: [Int32], _ probabilities: [Double], _ classes: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: classes)
    var rows = [Int](repeating: 0, count: classes)
    for (place, code) in given.enumerated() {
      sums[Int(code)] += probabilities[place * classes + Int(code)]
      rows[Int(code)] += 1
    }
    return zip(sums, rows).map { $1 == 0 ? .infinity : $0 / Double($1) }
  }
}
