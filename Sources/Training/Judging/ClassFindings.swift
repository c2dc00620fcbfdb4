import Plan
import Tables

/// Classes that judged rows say little or nothing about, with how many rows there are of each.
public struct ClassFindings: Sendable, Equatable {
  public struct Entry: Sendable, Equatable {
    /// The class's code.
    public let code: Int
    public let rows: Int
  }

  /// Classes of the label that no judged row is of.
  public private(set) var absent: [Entry] = []
  /// Classes whose judged rows were answered by a model that had learned from no row of them, with these rows.
  public private(set) var unlearned: [Entry] = []
  /// Classes that a single judged row is of.
  public private(set) var single: [Entry] = []

  /// Nothing for a regression. O(rows + classes × folds).
  public init(_ judged: JudgedRows) {
    guard judged.model.label.task != .regression, let labels = judged.split.labels else { return }
    let counts = judged.judgement.counts
    let learned = ClassCoding(judged.model.label.classes).codes(labels.take(judged.split.train))
    let unlearnedRows =
      judged.part == .outOfFold
      ? Self.unlearnedOutOfFold(judged, learned, counts.classCount)
      : Self.unlearned(counts.support, learned, counts.classCount)
    for code in 0..<counts.classCount {
      if counts.support[code] == 0 { absent.append(Entry(code: code, rows: 0)) }
      if counts.support[code] == 1 { single.append(Entry(code: code, rows: 1)) }
      if unlearnedRows[code] > 0 { unlearned.append(Entry(code: code, rows: unlearnedRows[code])) }
    }
  }

  private static func unlearned(_ judged: [Int], _ learned: [Int32], _ classes: Int) -> [Int] {
    let known = count(learned, classes)
    return (0..<classes).map { known[$0] == 0 ? judged[$0] : 0 }
  }

  /// A fold leaves out all rows of a class, or in the order of time all that came before are of others.
  private static func unlearnedOutOfFold(_ judged: JudgedRows, _ learned: [Int32], _ classes: Int) -> [Int] {
    let split = judged.split
    var rows = [Int](repeating: 0, count: classes)
    let all = count(learned, classes)
    let folds = Int(judged.scored.folds.max() ?? 0) + 1
    var held = [Int](repeating: 0, count: classes * folds)
    for (code, fold) in zip(judged.judgement.trueCodes, judged.scored.folds) where code >= 0 {
      held[Int(fold) * classes + Int(code)] += 1
    }
    for code in 0..<classes where all[code] > 0 {
      // In the order of time a fold learned from no later one either.
      var later = 0
      for fold in (0..<folds).reversed() {
        let own = held[fold * classes + code]
        if own + (split.foldsAreOrdered ? later : 0) == all[code] { rows[code] += own }
        later += own
      }
    }
    return rows
  }

  private static func count(_ codes: [Int32], _ classes: Int) -> [Int] {
    var counts = [Int](repeating: 0, count: classes)
    for code in codes where code >= 0 { counts[Int(code)] += 1 }
    return counts
  }
}
