import Glibc
import Tables

/// How often each labelling function is right, and how frequent each class is, without a row whose class is known.
///
/// The class is taken as hidden, and functions as independent given it: one that does not abstain gives the class with its accuracy,
/// and each other class equally often. Both are found by expectation–maximisation (Dawid & Skene 1979; Ratner et al. 2016, Data
/// Programming), which starts from what most functions say.
struct LabelModel: Sendable {
  /// Of each function.
  private(set) var accuracies: [Double]
  /// Of each class.
  private(set) var priors: [Double]
  private let classes: Int

  private static let mostRounds = 500
  private static let tolerance = 1e-9

  /// Of the rows of some folds. `isEven` lets all functions be equally accurate and all classes equally frequent, as a vote does.
  init(_ patterns: [VotePattern], classes: Int, without fold: Int? = nil, isEven: Bool) {
    let functions = patterns.first?.votes.count ?? 0
    self.classes = classes
    accuracies = [Double](repeating: 0.7, count: functions)
    priors = [Double](repeating: 1 / Double(max(1, classes)), count: classes)
    let rows = patterns.map { pattern in
      (votes: pattern.votes, count: pattern.total - (fold.map { pattern.counts[$0] } ?? 0))
    }
    for _ in 0..<Self.mostRounds {
      let before = accuracies + priors
      learn(rows, isEven: isEven)
      if zip(before, accuracies + priors).allSatisfy({ abs($0 - $1) < Self.tolerance }) { break }
    }
  }

  /// One round: the classes as the figures suggest, then the figures as these classes suggest.
  private mutating func learn(_ rows: [(votes: [Int32], count: Double)], isEven: Bool) {
    // One row of each kind beside those that are there keeps figures off 0 and 1.
    var right = [Double](repeating: 1, count: accuracies.count)
    var said = [Double](repeating: 2, count: accuracies.count)
    var shares = [Double](repeating: 1, count: classes)
    for row in rows where row.count > 0 {
      let chances = chances(row.votes).chances
      for (place, chance) in chances.enumerated() { shares[place] += row.count * chance }
      for (function, vote) in row.votes.enumerated() where vote >= 0 {
        said[function] += row.count
        right[function] += row.count * chances[Int(vote)]
      }
    }
    if isEven {
      let accuracy = right.reduce(0, +) / said.reduce(0, +)
      accuracies = accuracies.map { _ in accuracy }
    } else {
      accuracies = zip(right, said).map { $0 / $1 }
      let total = shares.reduce(0, +)
      priors = shares.map { $0 / total }
    }
  }

  /// The chance of each class given what is said, and the logarithm of how likely that is to be said.
  private func chances(_ votes: [Int32]) -> (chances: [Double], logLikelihood: Double) {
    var logs = priors.map { log($0) }
    for (function, vote) in votes.enumerated() where vote >= 0 {
      let wrong = log((1 - accuracies[function]) / Double(max(1, classes - 1)))
      let right = log(accuracies[function])
      for place in logs.indices { logs[place] += place == Int(vote) ? right : wrong }
    }
    let top = logs.max() ?? 0
    let sum = logs.reduce(0) { $0 + exp($1 - top) }
    return (logs.map { exp($0 - top) / sum }, top + log(sum))
  }

  func logLikelihood(_ votes: [Int32]) -> Double { chances(votes).logLikelihood }

  /// What a function's vote adds to the score of the class that it gives.
  var weights: [Double] { accuracies.map { log($0 * Double(max(1, classes - 1)) / (1 - $0)) } }
}

/// Which way to combine labelling functions: a vote, or a label model where it says more of rows that it has not seen.
public struct LabelChoice: Sendable {
  /// What came of comparing the two.
  public enum Verdict: Sendable, Hashable {
    /// A vote was asked for.
    case asked
    /// There is one class, or one function, or hardly a row: nothing can be weighed.
    case nothingToWeigh
    /// The mean logarithm of the likelihood of a held-out row's votes under each, and the standard error of the difference.
    case compared(model: Double, vote: Double, error: Double)
  }

  public let verdict: Verdict
  /// Of each function, where the model was learned.
  public let accuracies: [Double]?
  public let weights: [Double]
  /// Of each class, as logarithms.
  public let offsets: [Double]
  /// Whether the label model decides.
  public let isWeighed: Bool

  private static let folds = 5
  private static let fewestRows = 20

  /// `weighs` learns a label model of the votes, which is taken where the held-out rows' votes are likelier by more than a standard
  /// error. O(rows × functions) and a bit more for each different row of votes.
  public init(_ table: VoteTable, weighs: Bool, seed: UInt64) {
    let functions = table.votes.count
    let even = (
      weights: [Double](repeating: 1, count: functions), offsets: [Double](repeating: 0, count: table.classes.count)
    )
    func plain(_ verdict: Verdict, _ accuracies: [Double]? = nil) -> LabelChoice {
      LabelChoice(verdict, accuracies, even.weights, even.offsets, isWeighed: false)
    }
    guard weighs else {
      self = plain(.asked)
      return
    }
    let patterns = table.patterns(folds: Self.folds, seed: seed)
    guard table.classes.count > 1, functions > 1, patterns.reduce(0, { $0 + $1.total }) >= Double(Self.fewestRows)
    else {
      self = plain(.nothingToWeigh)
      return
    }
    let verdict = Self.compare(patterns, classes: table.classes.count)
    let model = LabelModel(patterns, classes: table.classes.count, isEven: false)
    if case .compared(let own, let vote, let error) = verdict, own - vote > error {
      self.init(verdict, model.accuracies, model.weights, model.priors.map { log($0) }, isWeighed: true)
    } else {
      self = plain(verdict, model.accuracies)
    }
  }

  private init(
    _ verdict: Verdict, _ accuracies: [Double]?, _ weights: [Double], _ offsets: [Double], isWeighed: Bool
  ) {
    self.verdict = verdict
    self.accuracies = accuracies
    self.weights = weights
    self.offsets = offsets
    self.isWeighed = isWeighed
  }

  private static func compare(_ patterns: [VotePattern], classes: Int) -> Verdict {
    var (own, even, squares, rows) = (0.0, 0.0, 0.0, 0.0)
    for fold in 0..<folds {
      let model = LabelModel(patterns, classes: classes, without: fold, isEven: false)
      let vote = LabelModel(patterns, classes: classes, without: fold, isEven: true)
      for pattern in patterns where pattern.counts[fold] > 0 {
        let (a, b) = (model.logLikelihood(pattern.votes), vote.logLikelihood(pattern.votes))
        own += pattern.counts[fold] * a
        even += pattern.counts[fold] * b
        squares += pattern.counts[fold] * (a - b) * (a - b)
        rows += pattern.counts[fold]
      }
    }
    let mean = (own - even) / rows
    let error = (max(0, squares / rows - mean * mean) / rows).squareRoot()
    return .compared(model: own / rows, vote: even / rows, error: error)
  }
}
