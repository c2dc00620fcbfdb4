import Kernels
import Learners
import Plan
import Scoring
import Tables

/// Guesses the labels of rows that have none from those that have one, to tell which of them to ask for next: the row that the model is
/// least sure of teaches it most (uncertainty sampling by the margin: Scheffer, Decomain & Wrobel 2001; Settles 2009, Active Learning
/// Literature Survey).
public struct UncertainRows: Sendable {
  private let features: Table
  private let label: LabelSpec
  private let type: ColumnType
  private let seed: UInt64

  /// `features` are the columns to guess by, of all rows.
  public init(_ features: Table, label: LabelSpec, type: ColumnType, seed: UInt64) {
    self.features = features
    self.label = LabelSpec(name: label.name, positive: nil, origins: [label.name], task: .classification)
    self.type = type
    self.seed = seed
  }

  /// What a logistic regression of the rows with a label says of all rows; nil while the labels are of a single class. `labels` are of
  /// all rows, missing where one has none. Throws what training throws, where the columns have nothing to learn from, say.
  public func guesses(_ labels: [Cell], _ progress: Progress) throws(EngineError) -> LabelGuesses? {
    guard Set(labels.filter { $0 != .missing }).count > 1 else { return nil }
    let raw = features.with(label.name, Column.from(labels, type: type))
    let relation = try Relation(rows: .whole(raw), name: label.name).appending(.label(label))
    let request = SplitRequest(shares: try SplitShares(train: 1, valid: 0, test: 0))
    let split = try request.draw(relation, raw: raw, seed: seed, progress).split
    guard let learned = split.encoding?.label else { return nil }
    let data = try TrainingData(split, rows: split.train, progress)
    let pipeline = Pipeline(Candidate(LogisticRegression.self), label: learned, seed: seed)
    let scorer = try Scorer.compiled(try pipeline.fit(data, progress).graph)
    let scored = try EngineError.checking { () throws(Cancelled) in
      try scorer.score(raw.select(scorer.inputs.map(\.name)), progress)
    }
    guard let probabilities = scored.probabilities?.denseValues else { return nil }
    return LabelGuesses(classes: learned.classes, probabilities: probabilities)
  }
}

/// The probability of each class for each row.
public struct LabelGuesses: Sendable {
  public let classes: [Cell]
  /// Row after row.
  private let probabilities: [Double]

  public init(classes: [Cell], probabilities: [Double]) {
    self.classes = classes
    self.probabilities = probabilities
  }

  /// The likeliest class of a row with its probability, the first of equals.
  public func likeliest(_ row: Int) -> (label: Cell, probability: Double) {
    let own = chances(row)
    let best = own.indices.reduce(own.startIndex) { own[$1] > own[$0] ? $1 : $0 }
    return (classes[best - own.startIndex], own[best])
  }

  /// How much likelier the likeliest class of a row is than the next one: 0 is not sure at all.
  public func margin(_ row: Int) -> Double {
    var (first, second) = (0.0, 0.0)
    for chance in chances(row) {
      if chance > first { (first, second) = (chance, first) } else { second = max(second, chance) }
    }
    return first - second
  }

  /// How far two of the same rows agree beyond chance (Cohen's kappa of their likeliest classes): 1 is everywhere. From 0.99 on, some
  /// times in a row, more labels hardly change them (Bloodgood & Vijay-Shanker 2009, Stopping Active Learning).
  public func agreement(with other: LabelGuesses) -> Double {
    let rows = rowCount
    guard rows > 0, rows == other.rowCount else { return 0 }
    var (same, own, others) = (0.0, [Cell: Double](), [Cell: Double]())
    for row in 0..<rows {
      let (mine, theirs) = (likeliest(row).label, other.likeliest(row).label)
      if mine == theirs { same += 1 }
      own[mine, default: 0] += 1
      others[theirs, default: 0] += 1
    }
    let total = Double(rows)
    // In the order of the classes: sums of a dictionary's values would hang on its own order.
    let chance = classes.reduce(0) { $0 + (own[$1] ?? 0) * (others[$1] ?? 0) / (total * total) }
    return chance == 1 ? 1 : (same / total - chance) / (1 - chance)
  }

  private var rowCount: Int { classes.isEmpty ? 0 : probabilities.count / classes.count }

  private func chances(_ row: Int) -> ArraySlice<Double> {
    probabilities[row * classes.count..<(row + 1) * classes.count]
  }
}
