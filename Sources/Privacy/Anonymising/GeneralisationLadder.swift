import Expressions
import Kernels
import Plan
import Tables

/// The ways to generalise a column, each of which tells apart what the one before tells apart or less: from the column as it is to one value
/// for all (the domain generalisation hierarchy of Samarati 2001).
struct GeneralisationLadder: Sendable {
  let column: String
  let rungs: [Generalisation]
  /// For each rung, of each value of the column (missing first, then in order) which value it becomes.
  let codes: [[Int32]]
  /// For each rung the share of the column's entropy that it takes (Gionis and Tassa 2009).
  let losses: [Double]
  /// For each row the place of its value.
  let places: [Int32]

  /// For each rung how many values it tells apart; missing is one where there is a missing cell.
  let different: [Int]

  /// A rung's codes are below this.
  func width(_ rung: Int) -> Int { Int(codes[rung].max() ?? 0) + 1 }

  /// O(values × rungs). `k` rows make a text frequent.
  init(_ name: String, of table: Table, k: Int, _ progress: Progress) throws(EngineError) {
    let (found, type) = try table.categories(of: name, progress)
    guard type != .vector else { throw EngineError(.privacy(.wrongType(name, type, mask: "anonymise"))) }
    let counts = [found.codes.count - found.counts.reduce(0, +)] + found.counts
    let whole = Anonymity.entropy(of: counts)
    let own = Expression.column(name, type)
    let values = Table([(name, found.values)])
    var rungs: [Generalisation] = []
    var codes: [[Int32]] = []
    var losses: [Double] = []
    for rung in [.asItIs] + (try Self.between(found, own, table, k: k, progress)) {
      let made = CategoryCodes(try rung.expression(of: own).column(over: values, progress))
      let next = [0] + made.codes.map { $0 + 1 }
      // A rung that tells as many apart as the one before, or as the last of all, is none.
      let different = Self.different(next, counts)
      if let last = codes.last, different == Self.different(last, counts) || different == 1 { continue }
      rungs.append(rung)
      codes.append(next)
      losses.append(Self.loss(next, counts, of: whole))
    }
    column = name
    self.rungs = rungs + [.hidden]
    self.codes = codes + [counts.map { _ in 0 }]
    self.losses = losses + [whole > 0 ? 1 : 0]
    different = self.codes.map { Self.different($0, counts) }
    places = found.codes.map { $0 + 1 }
  }

  /// How many values of rows that there are codes tell apart.
  private static func different(_ codes: [Int32], _ counts: [Int]) -> Int {
    Set(zip(codes, counts).compactMap { $1 > 0 ? $0 : nil }).count
  }

  private static func loss(_ codes: [Int32], _ counts: [Int], of whole: Double) -> Double {
    guard whole > 0 else { return 0 }
    var sums = [Int](repeating: 0, count: Int(codes.max() ?? 0) + 1)
    for (code, count) in zip(codes, counts) { sums[Int(code)] += count }
    return max(0, 1 - Anonymity.entropy(of: sums) / whole)
  }

  // MARK: Rungs

  /// The rungs between the first and the last.
  private static func between(
    _ found: CategoryCodes, _ value: Expression, _ table: Table, k: Int, _ progress: Progress
  ) throws(EngineError) -> [Generalisation] {
    switch value.type {
    case .int, .float:
      try NumberSteps.widening(value, on: table, progress).compactMap { steps in
        guard let first = steps.first, let last = steps.last else { return nil }
        return .steps(width: steps.width, first: first, last: last)
      }
    case .date: ["month", "quarter", "year"].map(Generalisation.period) + [.decade]
    case .datetime: ["hour", "day", "month", "quarter", "year"].map(Generalisation.period)
    case .text: texts(found, k: k)
    case .bool, .vector: []
    }
  }

  private static let longestCode = 20
  private static let mostFrequent = 500

  private static func texts(_ found: CategoryCodes, k: Int) -> [Generalisation] {
    guard case .text(let cells) = found.values else { return [] }
    let words = (0..<cells.count).compactMap { cells[$0] }
    if let length = codeLength(words) { return (1..<length).reversed().map(Generalisation.beginning) }
    var rungs: [Generalisation] = []
    var least = k
    while true {
      let kept = zip(words, found.counts).filter { $1 >= least }.map(\.0)
      guard !kept.isEmpty else { return rungs }
      if kept.count < words.count, kept.count <= mostFrequent { rungs.append(.frequent(least: least, kept)) }
      let next = least.multipliedReportingOverflow(by: 4)
      if next.overflow { return rungs }
      least = next.partialValue
    }
  }

  /// The length that all words have, where they look like codes: letters and digits, a digit in each, as postcodes have.
  private static func codeLength(_ words: [String]) -> Int? {
    guard let length = words.first?.utf8.count, (2...longestCode).contains(length) else { return nil }
    let areCodes = words.allSatisfy { word in
      word.utf8.count == length
        && word.utf8.allSatisfy { ValueForms.isDigit($0) || $0 < 0x80 && ValueForms.isLetter($0) }
        && word.utf8.contains(where: ValueForms.isDigit)
    }
    return areCodes ? length : nil
  }
}
