import Glibc
import Tables

/// What each labelling function says of the rows of each class, and how frequent each class is, without a row whose class is known.
///
/// The class is taken as hidden, and functions as independent given it: each gives a class or none, by chances of its own for the rows of
/// each class, so that one that only ever gives one class is told from one that is always right. They are found by
/// expectation–maximisation (Dawid & Skene 1979), which starts from what most functions say.
struct LabelModel: Sendable {
  /// Of each function, answer after answer, its chance for the rows of each class. The last answer is none.
  private(set) var answers: [[[Double]]] = []
  /// Of each class.
  private(set) var priors: [Double]
  private let classes: Int
  /// How often each function gives each answer.
  private let frequencies: [[Double]]
  /// The logarithms of `answers`.
  private var logs: [[[Double]]] = []

  private static let mostRounds = 500
  private static let tolerance = 1e-9
  /// Before any row is seen a function counts as right so often, with the weight of so many rows of each class.
  private static let presumedAccuracy = 0.7
  private static let presumedRows = 2.0
  /// What was never seen has this chance for the rows of each class alike, and says nothing.
  private static let leastChance = 1e-12

  private typealias Rows = [(votes: [Int32], count: Double)]

  /// Of the rows of some folds. `isEven` lets one vote count like another and all classes be equally frequent.
  init(_ patterns: [VotePattern], classes: Int, without fold: Int? = nil, isEven: Bool) {
    self.classes = classes
    priors = [Double](repeating: 1 / Double(max(1, classes)), count: classes)
    let rows = patterns.map { pattern in
      (votes: pattern.votes, count: pattern.total - (fold.map { pattern.counts[$0] } ?? 0))
    }
    frequencies = Self.frequencies(rows, patterns.first?.votes.count ?? 0, classes)
    var chances = rows.map { Self.voted($0.votes, classes) }
    for _ in 0..<Self.mostRounds {
      let before = answers
      if isEven { learnEvenly(rows, chances) } else { learn(rows, chances) }
      for place in rows.indices { chances[place] = self.chances(rows[place].votes).chances }
      if Self.change(before, answers) < Self.tolerance { break }
    }
  }

  /// The shares of a function's answers, none of them last.
  private static func frequencies(_ rows: Rows, _ functions: Int, _ classes: Int) -> [[Double]] {
    var counts = [[Double]](repeating: [Double](repeating: 0, count: classes + 1), count: functions)
    var total = 0.0
    for row in rows {
      total += row.count
      for (function, vote) in row.votes.enumerated() { counts[function][Self.place(vote, classes)] += row.count }
    }
    return counts.map { $0.map { $0 / max(1, total) } }
  }

  private static func place(_ vote: Int32, _ classes: Int) -> Int { vote < 0 ? classes : Int(vote) }

  /// The shares of the votes, half a vote for each class beside them.
  private static func voted(_ votes: [Int32], _ classes: Int) -> [Double] {
    var shares = [Double](repeating: 0.5, count: classes)
    for vote in votes where vote >= 0 { shares[Int(vote)] += 1 }
    let sum = shares.reduce(0, +)
    return shares.map { $0 / sum }
  }

  private static func change(_ before: [[[Double]]], _ after: [[[Double]]]) -> Double {
    if before.isEmpty { return .infinity }
    return zip(before.joined().joined(), after.joined().joined()).reduce(0.0) { max($0, abs($1.0 - $1.1)) }
  }

  /// The chances as the classes suggest, which rows are of with `chances`.
  private mutating func learn(_ rows: Rows, _ chances: [[Double]]) {
    var shares = [Double](repeating: 1, count: classes)
    var counts = frequencies.map { presumed($0, accuracy: Self.presumedAccuracy, weight: Self.presumedRows) }
    for (row, own) in zip(rows, chances) where row.count > 0 {
      for (place, chance) in own.enumerated() { shares[place] += row.count * chance }
      for (function, vote) in row.votes.enumerated() {
        let answer = Self.place(vote, classes)
        for place in 0..<classes { counts[function][answer][place] += row.count * own[place] }
      }
    }
    let total = shares.reduce(0, +)
    priors = shares.map { $0 / total }
    set(counts)
  }

  /// The same where all votes are right equally often, and each answer is as frequent as it is.
  private mutating func learnEvenly(_ rows: Rows, _ chances: [[Double]]) {
    var (right, said) = (1.0, 2.0)
    for (row, own) in zip(rows, chances) {
      for vote in row.votes where vote >= 0 {
        said += row.count
        right += row.count * own[Int(vote)]
      }
    }
    set(frequencies.map { presumed($0, accuracy: right / said, weight: 1) })
  }

  /// Answers of a function that is right so often where it says something, which has these frequencies.
  private func presumed(_ frequencies: [Double], accuracy: Double, weight: Double) -> [[Double]] {
    let others = Double(max(1, classes - 1))
    let ratio = accuracy * others / (1 - accuracy)
    let mean = (ratio + others) / (others + 1)
    var table = (0..<classes).map { vote in
      (0..<classes).map { place in frequencies[vote] * (place == vote ? ratio : 1) / mean }
    }
    table.append((0..<classes).map { place in max(Self.leastChance, 1 - table.reduce(0) { $0 + $1[place] }) })
    let sums = (0..<classes).map { place in table.reduce(0) { $0 + $1[place] } }
    return table.map { row in zip(row, sums).map { weight * $0 / $1 } }
  }

  private mutating func set(_ counts: [[[Double]]]) {
    answers = counts.map { table in
      let sums = (0..<classes).map { place in table.reduce(0) { $0 + $1[place] } }
      return table.map { row in zip(row, sums).map { max($0 / $1, Self.leastChance) } }
    }
    logs = answers.map { $0.map { $0.map { log($0) } } }
  }

  /// The chance of each class given what is said, and the logarithm of how likely that is to be said.
  private func chances(_ votes: [Int32]) -> (chances: [Double], logLikelihood: Double) {
    var sums = priors.map { log($0) }
    for (function, vote) in votes.enumerated() {
      let own = logs[function][Self.place(vote, classes)]
      for place in sums.indices { sums[place] += own[place] }
    }
    let top = sums.max() ?? 0
    let sum = sums.reduce(0) { $0 + exp($1 - top) }
    return (sums.map { exp($0 - top) / sum }, top + log(sum))
  }

  func logLikelihood(_ votes: [Int32]) -> Double { chances(votes).logLikelihood }

  // MARK: Of a function

  /// How often it is right where it says something.
  var accuracies: [Double] {
    answers.map { table in
      let right = (0..<classes).reduce(0) { $0 + priors[$1] * table[$1][$1] }
      let said = (0..<classes).reduce(0) { sum, vote in
        sum + zip(priors, table[vote]).reduce(0) { $0 + $1.0 * $1.1 }
      }
      return said > 0 ? right / said : 0
    }
  }

  /// How much likelier its vote makes a class than the others, as a logarithm: on average over its votes.
  var weights: [Double] {
    zip(answers, frequencies).map { table, often in
      let said = often.dropLast().reduce(0, +)
      let sum = (0..<classes).reduce(0) { sum, vote in
        let others = (table[vote].reduce(0, +) - table[vote][vote]) / Double(max(1, classes - 1))
        return sum + often[vote] * log(table[vote][vote] / max(others, Self.leastChance))
      }
      return said > 0 ? sum / said : 0
    }
  }

  /// What each vote of each function adds to the score of each class: class after class, function after function, vote after vote.
  var scores: [[Double]] {
    (0..<classes).map { place in
      logs.flatMap { table in (0..<classes).map { table[$0][place] - table[classes][place] } }
    }
  }

  /// The score of each class where no function says anything.
  var offsets: [Double] {
    (0..<classes).map { place in logs.reduce(log(priors[place])) { $0 + $1[classes][place] } }
  }
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
  /// How much a vote of each function counts: 1 in a vote, else how much likelier it makes a class than the others, as a logarithm.
  public let weights: [Double]
  /// What each vote of each function adds to the score of each class: class after class, function after function, vote after vote.
  let scores: [[Double]]
  /// The score of each class before.
  let offsets: [Double]
  /// Whether the label model decides.
  public let isWeighed: Bool

  private static let folds = 5
  private static let fewestRows = 20

  /// `weighs` learns a label model of the votes, which is taken where the held-out rows' votes are likelier by more than a standard
  /// error. O(rows × functions) and a bit more for each different row of votes.
  public init(_ table: VoteTable, weighs: Bool, seed: UInt64) {
    let (functions, classes) = (table.votes.count, table.classes.count)
    func plain(_ verdict: Verdict, _ accuracies: [Double]? = nil) -> LabelChoice {
      let scores = (0..<classes).map { place in
        (0..<functions * classes).map { $0 % classes == place ? 1.0 : 0 }
      }
      return LabelChoice(
        verdict, accuracies, [Double](repeating: 1, count: functions), scores,
        [Double](repeating: 0, count: classes), isWeighed: false)
    }
    guard weighs else {
      self = plain(.asked)
      return
    }
    guard classes > 1, functions > 1, table.coveredRows >= Self.fewestRows else {
      self = plain(.nothingToWeigh)
      return
    }
    let patterns = table.patterns(folds: Self.folds, seed: seed)
    let verdict = Self.compare(patterns, classes: classes)
    let model = LabelModel(patterns, classes: classes, isEven: false)
    if case .compared(let own, let vote, let error) = verdict, own - vote > error {
      self.init(verdict, model.accuracies, model.weights, model.scores, model.offsets, isWeighed: true)
    } else {
      self = plain(verdict, model.accuracies)
    }
  }

  private init(
    _ verdict: Verdict, _ accuracies: [Double]?, _ weights: [Double], _ scores: [[Double]], _ offsets: [Double],
    isWeighed: Bool
  ) {
    self.verdict = verdict
    self.accuracies = accuracies
    self.weights = weights
    self.scores = scores
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
