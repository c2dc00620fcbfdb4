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
    guard case .classes(let codes, let count)? = judged.split.encoding?.target(judged.split.train).values else {
      return
    }
    let counts = judged.judgement.counts
    let learned = Self.count(codes, count)
    let unlearnedRows =
      judged.part == .outOfFold
      ? Self.unlearnedOutOfFold(judged, learned)
      : learned.indices.map { learned[$0] == 0 ? counts.support[$0] : 0 }
    for code in 0..<counts.classCount {
      if counts.support[code] == 0 { absent.append(Entry(code: code, rows: 0)) }
      if counts.support[code] == 1 { single.append(Entry(code: code, rows: 1)) }
      if unlearnedRows[code] > 0 { unlearned.append(Entry(code: code, rows: unlearnedRows[code])) }
    }
  }

  /// A fold leaves out all rows of a class, or in the order of time all that came before are of others. `learned` are the rows of
  /// each class in the train part.
  private static func unlearnedOutOfFold(_ judged: JudgedRows, _ learned: [Int]) -> [Int] {
    let split = judged.split
    let areOrdered = split.folds?.areOrdered ?? (split.keys.times != nil)
    let classes = learned.count
    let folds = judged.foldCount
    var held = [Int](repeating: 0, count: classes * folds)
    for (code, fold) in zip(judged.judgement.trueCodes, judged.scored.folds) where code >= 0 {
      held[Int(fold) * classes + Int(code)] += 1
    }
    var rows = [Int](repeating: 0, count: classes)
    var later = [Int](repeating: 0, count: classes)
    for fold in (0..<folds).reversed() {
      for code in 0..<classes {
        let own = held[fold * classes + code]
        later[code] += own
        if learned[code] == (areOrdered ? later[code] : own) { rows[code] += own }
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
