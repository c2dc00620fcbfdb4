import Kernels
import Plan
import Tables

/// How like the rows that they are made after made rows are, and how near to them. Both are looked at in a sample.
public struct SynthesisReport: Sendable, Hashable {
  /// A column of both.
  public struct Line: Sendable, Hashable {
    public let name: String
    public let type: ColumnType
    /// How its cells were made.
    public let way: Way
    /// How far the values are from each other, 0 to 1: by the greatest distance of the distribution functions of numbers, dates and moments,
    /// by half the sum of the differences of the shares of texts and bools. nil where they are made up.
    public let distance: Double?
    public let missing: Double
    public let missingMade: Double
  }

  /// How the cells of a column are made.
  public enum Way: Sendable, Hashable {
    case classes, shares, quantiles, sequence, madeUp(TextKind), empty
  }

  /// What made-up texts look like.
  public enum TextKind: Sendable, Hashable { case email, url, name, sentence, pattern }

  /// How columns go together, as correlations of normal numbers behind them.
  public struct Correlations: Sendable, Hashable {
    public let pairs: Int
    public let meanDifference: Double
    public let greatestDifference: Double
    public let farthest: (first: String, second: String)

    public static func == (left: Self, right: Self) -> Bool {
      left.pairs == right.pairs && left.meanDifference == right.meanDifference
        && left.greatestDifference == right.greatestDifference && left.farthest == right.farthest
    }

    public func hash(into hasher: inout Hasher) {
      hasher.combine(pairs)
      hasher.combine(greatestDifference)
    }
  }

  /// How near made rows are to the others.
  public struct Nearness: Sendable, Hashable {
    /// How many made rows were held against how many others.
    public let made: Int
    public let rows: Int
    public let columns: Int
    /// Of the distances to the nearest row, the least and the 1st percentile.
    public let least: Double
    public let first: Double
    /// How near the rows are to each other at the 1st percentile.
    public let ownFirst: Double
    /// The share of made rows that are copies of a row which stands alone, and of one of several.
    public let copies: Double
    public let repeated: Double
  }

  public let lines: [Line]
  public let correlations: Correlations?
  public let nearness: Nearness?

  /// Holds made rows against those that the model is of; `nearest` are these as rows to be near to.
  public init(
    _ model: CopulaModel, _ rows: Table, _ made: Table, _ nearest: NearestRows?, _ progress: Progress
  ) throws(EngineError) {
    lines = parallelMap(model.members.count) { place -> Line? in
      let name = model.members[place].name
      guard let real = rows[name], let other = made[name] else { return nil }
      return Line(model, place, real, other)
    }.compactMap(\.self)
    correlations = try Self.correlations(model, rows, made, progress)
    if let nearest, nearest.columnCount > 0, made.rowCount > 0 {
      nearness = try Self.nearness(nearest, made, progress)
    } else {
      nearness = nil
    }
  }

  private static func correlations(
    _ model: CopulaModel, _ rows: Table, _ made: Table, _ progress: Progress
  ) throws(EngineError) -> Correlations? {
    let request = CopulaModel.Request(name: model.name, by: nil, levels: [:])
    let names = model.members.map(\.name)
    let (one, other) = (CopulaFit(rows.select(names), request), CopulaFit(made.select(names), request))
    let marginals = one.marginals(Array(0..<rows.rowCount))
    let latent = marginals.indices.filter { marginals[$0]?.isLatent ?? false }
    guard latent.count > 1, made.rowCount > 1 else { return nil }
    let real = try one.correlations(Array(0..<rows.rowCount), marginals, latent, [], progress)
    let theirs = try other.correlations(Array(0..<made.rowCount), marginals, latent, [], progress)
    var (sum, pairs, most, farthest) = (0.0, 0, -1.0, (first: "", second: ""))
    for row in latent.indices {
      for column in 0..<row {
        let difference = abs(real[row, column] - theirs[row, column])
        sum += difference
        pairs += 1
        if difference > most { (most, farthest) = (difference, (names[latent[column]], names[latent[row]])) }
      }
    }
    return Correlations(
      pairs: pairs, meanDifference: sum / Double(pairs), greatestDifference: most, farthest: farthest)
  }

  /// Pairs of rows that are looked at.
  private static let mostPairs = 200_000_000

  private static func nearness(
    _ nearest: NearestRows, _ made: Table, _ progress: Progress
  ) throws(EngineError) -> Nearness {
    let most = max(500, mostPairs / max(1, nearest.count))
    let found = try EngineError.checking { () throws(Cancelled) in
      try nearest.neighbours(of: made.head(most), within: .infinity, progress)
    }
    let distances = found.map { nearest.mean($0.sum) }.sorted()
    let copies = found.filter { $0.sum == 0 }
    let count = Double(max(1, found.count))
    let own = try NearnessCheck(nearest, name: "", progress).least
    return Nearness(
      made: found.count, rows: nearest.count, columns: nearest.columnCount, least: distances.first ?? 0,
      first: NearnessCheck.percentile(distances), ownFirst: own,
      copies: Double(copies.count(where: \.isAlone)) / count,
      repeated: Double(copies.count { !$0.isAlone }) / count)
  }
}

extension SynthesisReport.Line {
  fileprivate init(_ model: CopulaModel, _ place: Int, _ real: Column, _ made: Column) {
    let way = SynthesisReport.Way(model, place)
    let distance: Double? =
      switch way {
      case .sequence, .madeUp, .empty: nil
      case .classes, .shares, .quantiles:
        SampleDistance.kolmogorovSmirnov(real, made) ?? SampleDistance.totalVariation(real, made)
      }
    self.init(
      name: model.members[place].name, type: real.type, way: way, distance: distance,
      missing: Double(real.missingCount) / Double(max(1, real.count)),
      missingMade: Double(made.missingCount) / Double(max(1, made.count)))
  }
}

extension SynthesisReport.Way {
  init(_ model: CopulaModel, _ place: Int) {
    if place == model.by {
      self = .classes
      return
    }
    switch model.groups.lazy.compactMap({ $0.marginals[place] }).first {
    case nil: self = .empty
    case .sequence?: self = .sequence
    case .levels?: self = .shares
    case .quantiles?: self = .quantiles
    case .form(let form)?: self = .madeUp(form.kind)
    }
  }
}

extension TextForm {
  fileprivate var kind: SynthesisReport.TextKind {
    switch self {
    case .email: .email
    case .url: .url
    case .person: .name
    case .sentence: .sentence
    case .patterns: .pattern
    }
  }
}

extension CopulaModel {
  /// The columns by which rows are near to each other: those whose cells are not made up.
  public var comparedColumns: [String] {
    members.indices.filter { place in
      place == by || groups.contains { $0.marginals[place]?.isLatent ?? false }
    }.map { members[$0].name }
  }
}
