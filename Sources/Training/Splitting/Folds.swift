import Kernels
import Plan

/// Rows dealt into folds for cross-validation.
public struct Folds: Sendable, Equatable {
  public let count: Int
  /// The fold of each row, 0 ..< count.
  public let assignment: [Int]
  /// Whether the folds follow each other in time, so that a fold is judged by what was learned from earlier ones only.
  public let isOrdered: Bool
  /// How far rows to learn from have to lie before a fold; nil where they may be next to it.
  private let gap: TimeGap?

  /// Folds that were drawn elsewhere: a column of fold numbers 0 ..< count.
  public init(assignment: [Int], count: Int, isOrdered: Bool = false, gap: TimeGap? = nil) {
    self.assignment = assignment
    self.count = count
    self.isOrdered = isOrdered
    self.gap = isOrdered ? gap : nil
  }

  public static func == (a: Folds, b: Folds) -> Bool {
    a.count == b.count && a.assignment == b.assignment && a.isOrdered == b.isOrdered
  }

  /// The folds to judge on, in turn: all of them, or all but the oldest.
  public var rounds: Range<Int> { (isOrdered ? 1 : 0)..<max(count, 1) }

  /// The rows to learn from and those to judge by when `fold` is held out, each in rising order.
  public func rows(holdingOut fold: Int) -> (train: [Int], valid: [Int]) {
    var train: [Int] = []
    var valid: [Int] = []
    for (row, place) in assignment.enumerated() {
      if place == fold {
        valid.append(row)
      } else if !isOrdered || place < fold {
        train.append(row)
      }
    }
    return (gap?.kept(of: train, before: valid) ?? train, valid)
  }

  /// Folds by chance, by strata (each dealt evenly over all folds), by groups (kept whole) or by time (consecutive, one time
  /// together). Entries a row; time stands alone. Sizes differ by at most one row when neither groups nor time decide.
  ///
  /// Throws `badOption` for fewer than two folds or a combination that is not possible, `emptyPart` when rows, groups or times do
  /// not suffice.
  public static func assign(
    rowCount: Int, folds: Int, strata: [Int32]? = nil, groups: [Int32]? = nil, time: [Double]? = nil, seed: UInt64
  ) throws(EngineError) -> Folds {
    guard (2...255).contains(folds) else {
      throw EngineError(.option(.outOfBounds("folds", Double(folds), from: 2, to: 255)))
    }
    if time != nil, strata != nil || groups != nil {
      throw EngineError(.option(.combined("time", with: ["stratify", "group"])))
    }
    let quotas = [Double](repeating: 1 / Double(folds), count: folds)
    let assignment: [Int]
    if let time {
      let blocks = TimeSplit.blocks(time)
      try check(blocks.count, folds, .time)
      assignment = spread(blocks, TimeSplit.cut(blocks.map(\.count), quotas), rowCount)
    } else if let groups {
      try check(Set(groups).count, folds, .group)
      assignment = GroupSplit.assign(groups, strata, quotas: quotas, seed: seed).map(Int.init)
    } else {
      try check(rowCount, folds, .row)
      assignment = deal(rowCount, strata, folds, seed)
    }
    return Folds(assignment: assignment, count: folds, isOrdered: time != nil)
  }

  /// Folds that follow what the parts were drawn by: forward in time, whole groups, even shares of the strata.
  public static func assign(rowCount: Int, folds: Int, _ keys: SplitKeys, seed: UInt64) throws(EngineError) -> Folds {
    if let hashes = keys.hashes {
      guard (2...255).contains(folds) else {
        throw EngineError(.option(.outOfBounds("folds", Double(folds), from: 2, to: 255)))
      }
      try check(Set(hashes).count, folds, keys.groups == nil ? .row : .group)
      return Folds(assignment: HashSplit.folds(hashes, count: folds), count: folds)
    }
    let drawn = try assign(
      rowCount: rowCount, folds: folds, strata: keys.times == nil ? keys.strata : nil, groups: keys.groups,
      time: keys.times, seed: seed)
    return Folds(assignment: drawn.assignment, count: drawn.count, isOrdered: drawn.isOrdered, gap: keys.gap)
  }

  private static func check(_ available: Int, _ folds: Int, _ unit: RowUnit) throws(EngineError) {
    guard available < folds else { return }
    throw EngineError(.rows(.tooFewForFoldCount(available, unit, folds: folds)))
  }

  /// Deals each stratum evenly, going on where the last stratum ended.
  private static func deal(_ rowCount: Int, _ strata: [Int32]?, _ folds: Int, _ seed: UInt64) -> [Int] {
    var next = 0
    let quotas = StratumSizes(rowCount: rowCount, strata).counts.map { size in
      let counts = (0..<folds).map { fold in
        let place = (fold - next % folds + folds) % folds
        return size / folds + (place < size % folds ? 1 : 0)
      }
      next += size
      return counts
    }
    var drawing = QuotaDrawing(quotas, seed: seed)
    return (0..<rowCount).map { row in drawing.draw(strata.map { Int($0[row]) } ?? 0, row) }
  }

  private static func spread(_ blocks: [[Int]], _ folds: [Int], _ rowCount: Int) -> [Int] {
    var assignment = [Int](repeating: 0, count: rowCount)
    for (block, fold) in zip(blocks, folds) { for row in block { assignment[row] = fold } }
    return assignment
  }
}
