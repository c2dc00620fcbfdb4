import Formats
import Kernels
import Plan
import Tables

/// Rules asked of rows that come chunk by chunk: how many fail each, the first of them, and the rows that fail any.
struct ValidationPass {
  /// What one rule found.
  struct Findings {
    let rule: ValidationRule
    /// The rows that fail it, where that is known only of all rows together.
    fileprivate let known: Bitmap?
    fileprivate(set) var failed = 0
    fileprivate(set) var missing = 0
    /// The first rows that fail it, and their places from 0.
    fileprivate(set) var examples: [Table] = []
    fileprivate(set) var places: [Int] = []
  }

  private(set) var findings: [Findings] = []
  /// How many rows fail any rule.
  private(set) var failed = 0
  private(set) var rowCount = 0
  private let shown: Int
  private let quarantine: String?
  private var file: TableFileWriter?

  /// `quarantine` is the file that keeps the rows which fail. A rule that looks at more than one row reads its own columns of all rows
  /// first.
  init(
    _ rules: [ValidationRule], shown: Int, quarantine: String?, of rows: Rows, _ progress: Progress
  ) throws(EngineError) {
    self.shown = shown
    self.quarantine = quarantine
    for rule in rules {
      if rule.isOfEachRow {
        findings.append(Findings(rule: rule, known: nil))
      } else if case .unique(let columns, _, _) = rule {
        let found = try RepeatedValues(columns, of: rows).found(progress)
        findings.append(Findings(rule: rule, known: found.repeated, missing: found.missing))
      } else {
        let found = try rule.failures(in: try rows.table(Set(rule.columns), progress), progress)
        var known = Bitmap(repeating: false, count: rows.rowCount)
        for row in found.rows { known[row] = true }
        findings.append(Findings(rule: rule, known: known, missing: found.missing))
      }
    }
  }

  mutating func take(_ chunk: Table, _ progress: Progress) throws(EngineError) {
    var failing = [Bool](repeating: false, count: chunk.rowCount)
    for place in findings.indices {
      for row in try rows(of: place, in: chunk, progress) { failing[row] = true }
    }
    rowCount += chunk.rowCount
    let rows = failing.indices.filter { failing[$0] }
    failed += rows.count
    if let quarantine, !rows.isEmpty { try keep(chunk.take(rows), in: quarantine, progress) }
  }

  /// The chunk's rows that fail a rule, counted and the first of all kept.
  private mutating func rows(of place: Int, in chunk: Table, _ progress: Progress) throws(EngineError) -> [Int] {
    let rows: [Int]
    if let known = findings[place].known {
      rows = (0..<chunk.rowCount).filter { known[rowCount + $0] }
    } else {
      let found = try findings[place].rule.failures(in: chunk, progress)
      rows = found.rows
      findings[place].missing += found.missing
    }
    findings[place].failed += rows.count
    let wanted = Array(rows.prefix(shown - findings[place].places.count))
    if !wanted.isEmpty {
      findings[place].examples.append(chunk.take(wanted))
      findings[place].places += wanted.map { $0 + rowCount }
    }
    return rows
  }

  private mutating func keep(_ rows: Table, in path: String, _ progress: Progress) throws(EngineError) {
    do throws(SourceError) {
      let format = FormatCatalog.format(of: path) as? any TableWriting.Type ?? CSVFormat.self
      if file == nil { file = try TableFileWriter(path: path, format) }
      try file?.append(rows, progress)
    } catch {
      throw EngineError(error)
    }
  }

  /// Puts the file of the rows that fail in its place, if there are any.
  func finish(_ progress: Progress) throws(EngineError) {
    do throws(SourceError) { _ = try file?.finish(progress) } catch { throw EngineError(error) }
  }
}
