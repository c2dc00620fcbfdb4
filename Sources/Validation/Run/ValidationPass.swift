import Kernels
import Plan
import Tables

/// Rules asked of rows that come chunk by chunk: how many fail each, the first of them, and the rows that fail any. What is found does not
/// depend on where the chunks begin.
public struct ValidationPass {
  /// What one rule found.
  public struct Findings: Sendable {
    public let rule: ValidationRule
    /// Rows that fail it, and rows that it is missing for.
    public fileprivate(set) var failed = 0
    public fileprivate(set) var missing = 0
    /// The first rows that fail it, and their places from 0.
    public fileprivate(set) var examples: [Table] = []
    public fileprivate(set) var places: [Int] = []
    /// What a rule of the whole table found.
    public fileprivate(set) var ofTable: TableFinding?
    public fileprivate(set) var verdict = RuleVerdict.passed
    fileprivate var watch: any RuleWatch
  }

  public private(set) var findings: [Findings] = []
  /// How many rows fail any rule.
  public private(set) var failed = 0
  public private(set) var rowCount = 0
  private let shown: Int
  private var quarantine: FailingRows?
  private var extract: FailingRows?

  /// `quarantine` keeps each row that fails once, with the rules that it broke in a column `reason`; `extract` keeps it once for each such
  /// rule, with its number and the rule. A rule that looks at more than one row reads its own columns of all rows first.
  public init(
    _ rules: [ValidationRule], shown: Int, quarantine: ValidationFile? = nil, extract: ValidationFile? = nil,
    of rows: Rows, _ progress: Progress
  ) throws(EngineError) {
    self.shown = shown
    self.quarantine = quarantine.map(FailingRows.init)
    self.extract = extract.map(FailingRows.init)
    for rule in rules {
      findings.append(Findings(rule: rule, watch: try rule.test.begin(on: rows, progress)))
    }
  }

  /// Takes the rows that come next.
  public mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) {
    var broken: [Int: [Int]] = [:]
    for place in findings.indices {
      let found = try findings[place].watch.take(chunk, progress)
      findings[place].failed += found.rows.count
      findings[place].missing += found.missing
      keepExamples(of: place, found.rows, chunk)
      try keepExtract(of: place, found.rows, chunk, progress)
      for row in found.rows { broken[row, default: []].append(place) }
    }
    rowCount += chunk.rowCount
    failed += broken.count
    try keepQuarantine(broken, chunk, progress)
  }

  /// Ends the pass: verdicts are there, and the files of failing rows in their places, if there are any rows.
  public mutating func finish(_ progress: Progress) throws(EngineError) {
    for place in findings.indices {
      let found = try findings[place].watch.finish()
      findings[place].ofTable = found
      let limits = findings[place].rule.limits
      findings[place].verdict =
        findings[place].rule.test.reach == .table
        ? limits.verdict(failed: found?.holds == false ? 1 : 0, of: 1)
        : limits.verdict(failed: findings[place].failed, of: rowCount - findings[place].missing)
    }
    try quarantine?.finish(progress)
    try extract?.finish(progress)
  }

  // MARK: Failing rows

  private mutating func keepExamples(of place: Int, _ rows: [Int], _ chunk: Table) {
    let wanted = Array(rows.prefix(shown - findings[place].places.count))
    if wanted.isEmpty { return }
    findings[place].examples.append(chunk.take(wanted))
    findings[place].places += wanted.map { $0 + rowCount }
  }

  private mutating func keepExtract(
    of place: Int, _ rows: [Int], _ chunk: Table, _ progress: Progress
  ) throws(EngineError) {
    if extract == nil { return }
    let words = findings[place].rule.words
    let numbers = Column.int(Cells(rows.map { Int64($0 + rowCount + 1) }))
    let rules = Column.text(TextCells(rows.map { _ in words }))
    try extract?.keep(rows, of: chunk, first: [("row", numbers), ("rule", rules)], progress)
  }

  private mutating func keepQuarantine(
    _ broken: [Int: [Int]], _ chunk: Table, _ progress: Progress
  ) throws(EngineError) {
    if quarantine == nil || broken.isEmpty { return }
    let rows = broken.keys.sorted()
    let reasons = rows.map { row in
      (broken[row] ?? []).map { findings[$0].rule.words }.joined(separator: "; ")
    }
    try quarantine?.keep(rows, of: chunk, last: [("reason", .text(TextCells(reasons)))], progress)
  }
}
