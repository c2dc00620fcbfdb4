import Kernels
import Plan
import Tables

/// Rows that are made in the place of a table's, until there are as many as asked for that pass every check.
public struct MadeRows: TableTransform {
  private let maker: any RowMaking
  private let count: Int
  private let checks: [any MadeRowCheck]
  private let schema: RelationSchema
  public let words: String

  /// - Parameter schema: what is known of the columns that `maker` makes.
  public init(
    _ maker: any RowMaking, count: Int, checks: [any MadeRowCheck] = [], schema: RelationSchema, words: String
  ) {
    self.maker = maker
    self.count = count
    self.checks = checks
    self.schema = schema
    self.words = words
  }

  public func result(_ before: RelationSchema) -> RelationSchema {
    var next = schema
    next.rowCount = count
    return next
  }

  /// So many rows are tried for each that is asked for, and at least `leastTried`.
  private static let triedForEach = 200
  private static let leastTried = 50_000

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    var tally = Tally(checks: checks.count)
    let rows = try executor.collect(progress) { keep throws(EngineError) in
      try make(&tally, progress, keep)
    }
    let isChecked = !checks.isEmpty && tally.tried > tally.made
    let notes = isChecked ? [StageNote(step: words, .made(tally.made, of: tally.tried))] : []
    return Collected(rows: rows, notes: notes)
  }

  private struct Tally {
    var made = 0
    var tried = 0
    /// How many rows each check turned down, of those that came to it.
    var refused: [Int]

    init(checks: Int) { refused = [Int](repeating: 0, count: checks) }
  }

  private func make(
    _ tally: inout Tally, _ progress: Progress, _ keep: (Table) throws(EngineError) -> Void
  ) throws(EngineError) {
    if count == 0 { return try keep(maker.rows(0..<0)) }
    let atOnce = max(1, min(maker.rowsAtOnce, checks.isEmpty ? count : max(256, count)))
    let product = count.multipliedReportingOverflow(by: Self.triedForEach)
    let most = product.overflow ? Int.max / 2 : max(Self.leastTried, product.partialValue)
    var next = 0
    while tally.made < count {
      guard next < most else { throw EngineError(.synthesis(tooFew(tally))) }
      try EngineError.checking { () throws(Cancelled) in
        try progress.checkpoint(Double(tally.made) / Double(count), "making rows")
      }
      let end = checks.isEmpty ? count : most
      // Parts beyond the last that is needed are not counted: nothing hangs on how many are made side by side.
      let together = max(4, Threads.count)
      for part in try parts(together, from: next, to: end, atOnce, progress) where tally.made < count {
        let wanted = part.rows.head(count - tally.made)
        tally.made += wanted.rowCount
        // Rows behind the last that is wanted need not have been tried.
        tally.tried += tally.made == count ? (part.kept.prefix(wanted.rowCount).last ?? -1) + 1 : part.tried
        for (place, refused) in part.refused.enumerated() { tally.refused[place] += refused }
        if wanted.rowCount > 0 { try keep(wanted) }
      }
      next += atOnce * together
    }
  }

  private struct Part: Sendable {
    let rows: Table
    /// Which of the rows that were tried these are.
    let kept: [Int]
    let tried: Int
    let refused: [Int]
  }

  private func parts(
    _ together: Int, from start: Int, to end: Int, _ atOnce: Int, _ progress: Progress
  ) throws(EngineError) -> [Part] {
    let made = parallelMap(together) { place -> Result<Part, EngineError> in
      Result { () throws(EngineError) in
        let first = min(end, start + place * atOnce)
        return try part(first..<min(end, first + atOnce), progress)
      }
    }
    var parts: [Part] = []
    for part in made { parts.append(try part.get()) }
    return parts
  }

  private func part(_ numbers: Range<Int>, _ progress: Progress) throws(EngineError) -> Part {
    var rows = maker.rows(numbers)
    var kept = Array(0..<numbers.count)
    var refused: [Int] = []
    for check in checks {
      let passing = try check.passing(rows, progress)
      refused.append(rows.rowCount - passing.count)
      rows = rows.take(passing)
      kept = passing.map { kept[$0] }
    }
    return Part(rows: rows, kept: kept, tried: numbers.count, refused: refused)
  }

  private func tooFew(_ tally: Tally) -> SynthesisProblem {
    let worst = checks.indices.max { tally.refused[$0] < tally.refused[$1] }
    return worst.map { checks[$0].problem(made: tally.made, of: count, tried: tally.tried) }
      ?? .tooFewPass(made: tally.made, of: count, tried: tally.tried, condition: "")
  }
}
