import Expressions
import Kernels
import Plan
import Tables

/// What labelling functions say of rows: each gives a class or abstains.
public struct VoteTable: Sendable {
  /// What one function says, as shares of all rows.
  public struct Figures: Sendable, Hashable {
    /// The classes that it gives to some row.
    public let classes: [Cell]
    /// Rows that it does not abstain of.
    public let coverage: Double
    /// Rows of which another says something too.
    public let overlaps: Double
    /// Rows of which another says something else.
    public let conflicts: Double
  }

  /// The classes that some function gives to some row, in the order of their values.
  public let classes: [Cell]
  public let rowCount: Int
  /// Function after function the class of each row as a place in `classes`; -1 where it abstains.
  let votes: [[Int32]]

  /// `columns` are what the functions give, all of one type. O(rows × functions). Throws `tooLarge`, `interrupted`.
  public init(_ columns: [Column], _ progress: Progress) throws(EngineError) {
    rowCount = columns.first?.count ?? 0
    let bytes = columns.count * rowCount * 4
    try EngineError.checking { () throws(Cancelled) in try progress.require(bytes) }
    let coded = columns.map(CategoryCodes.init)
    let found = coded.flatMap { codes in (0..<codes.count).map { codes.values[$0] } }
    let all = CategoryCodes(Column.from(found, type: columns.first?.type ?? .text))
    classes = (0..<all.count).map { all.values[$0] }
    var next = 0
    var votes: [[Int32]] = []
    for codes in coded {
      let places = (0..<codes.count).map { all.codes[next + $0] }
      next += codes.count
      votes.append(codes.codes.map { $0 < 0 ? -1 : places[Int($0)] })
    }
    self.votes = votes
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
  }

  /// Function after function. O(rows × functions).
  public var figures: [Figures] {
    var (covered, overlapping, conflicting) = (counts, counts, counts)
    for row in 0..<rowCount {
      let said = votes.indices.filter { votes[$0][row] >= 0 }
      let isSplit = said.contains { votes[$0][row] != votes[said[0]][row] }
      for function in said {
        covered[function] += 1
        if said.count > 1 { overlapping[function] += 1 }
        let vote = votes[function][row]
        if isSplit, said.contains(where: { votes[$0][row] != vote }) { conflicting[function] += 1 }
      }
    }
    let total = Double(max(1, rowCount))
    return votes.indices.map { function in
      Figures(
        classes: Set(votes[function]).filter { $0 >= 0 }.sorted().map { classes[Int($0)] },
        coverage: Double(covered[function]) / total, overlaps: Double(overlapping[function]) / total,
        conflicts: Double(conflicting[function]) / total)
    }
  }

  private var counts: [Int] { [Int](repeating: 0, count: votes.count) }

  /// Rows of which some function says something.
  public var coveredRows: Int { (0..<rowCount).count { row in votes.contains { $0[row] >= 0 } } }

  /// The different rows of votes, each with how often it is there in each of `folds` parts drawn by chance; those of which
  /// nothing is said among them. In the order in which they first come.
  func patterns(folds: Int, seed: UInt64) -> [VotePattern] {
    let random = CounterRandom(seed: seed, stream: 0x10BE1)
    var places: [[Int32]: Int] = [:]
    var patterns: [VotePattern] = []
    for row in 0..<rowCount {
      let said = votes.map { $0[row] }
      let place = places[said] ?? patterns.count
      if place == patterns.count {
        places[said] = place
        patterns.append(VotePattern(votes: said, counts: [Double](repeating: 0, count: folds)))
      }
      let fold = Int(random.bits(at: UInt64(row)).multipliedFullWidth(by: UInt64(folds)).high)
      patterns[place].counts[fold] += 1
    }
    return patterns
  }
}

/// Votes that rows have in common, and how many rows of each fold have them.
struct VotePattern: Sendable {
  let votes: [Int32]
  var counts: [Double]

  var total: Double { counts.reduce(0, +) }
}
