import Display
import Interpreter
import Notation
import Plan
import Tables
import Validation

/// What a validation shows: a line for each rule, and the first rows that fail it.
struct ValidationDisplay {
  private let pass: ValidationPass
  private let name: String
  private let shown: Int

  init(_ pass: ValidationPass, name: String, shown: Int) {
    self.pass = pass
    self.name = name
    self.shown = shown
  }

  var all: [Display] {
    [.table(table)] + pass.findings.filter { !$0.places.isEmpty }.map(example)
  }

  private var table: DisplayTable {
    let hasLimits = pass.findings.contains { $0.rule.limits.isSet }
    let isOfTable = pass.findings.contains { $0.ofTable != nil }
    let names =
      ["rule", "true", "false", "missing"] + (hasLimits ? ["share false"] : []) + ["verdict"]
      + (isOfTable ? ["found"] : [])
    let lines: [[Cell]] = pass.findings.map { found in
      counts(found) + (hasLimits ? [share(found)] : []) + [.text(found.verdict.rawValue)]
        + (isOfTable ? [found.ofTable.map { .text($0.words) } ?? .missing] : [])
    }
    return DisplayTable(names, rows: lines, title: "validation of \(name)")
  }

  private func counts(_ found: ValidationPass.Findings) -> [Cell] {
    let words = Cell.text(found.rule.words)
    if found.ofTable != nil { return [words, .missing, .missing, .missing] }
    return [
      words, .int(Int64(pass.rowCount - found.failed - found.missing)), .int(Int64(found.failed)),
      .int(Int64(found.missing)),
    ]
  }

  private func share(_ found: ValidationPass.Findings) -> Cell {
    let decided = pass.rowCount - found.missing
    return found.ofTable != nil || decided == 0 ? .missing : .float(Double(found.failed) / Double(decided))
  }

  private func example(_ found: ValidationPass.Findings) -> Display {
    var builder = TableBuilder()
    for part in found.examples { builder.append(part) }
    let rows = builder.finish(ScanReport(schema: found.examples[0].schema, rowCount: builder.rowCount))
    let columns = found.rule.test.columns
    let cells = rows.select(columns + rows.names.filter { !columns.contains($0) })
    let numbers = Column.int(Cells(found.places.map { Int64($0 + 1) }))
    let numbered = Table([("row", numbers)] + zip(cells.names, cells.columns).map { ($0, $1) })
    var table = DisplayTable(headOf: numbered, rows: shown, title: "\(found.rule.words) is false")
    table.totalRows = found.failed
    return .table(table)
  }
}

extension TableFinding {
  /// What the answer was read from, in a few words.
  fileprivate var words: String {
    switch evidence {
    case .rows(let count): counted(count, "row")
    case .sums(let left, let right): "\(NumberText.figure(left)) and \(NumberText.figure(right))"
    case .newest(nil, _): "no value"
    case .newest(let moment?, let age): "\(CivilDateTime(microseconds: moment)), \(Self.words(ofAge: age))"
    case .differences(let differences):
      differences.isEmpty ? "as the file says" : differences.map(\.words).joined(separator: "; ")
    case .statistics: holds == nil ? "missing" : holds == true ? "true" : "false"
    }
  }

  /// The greatest unit of which there are two at least.
  private static func words(ofAge seconds: Int64) -> String {
    let units: [(length: Int64, name: String)] = [(86_400, "day"), (3600, "hour"), (60, "minute"), (1, "second")]
    let size = seconds.magnitude
    let unit = units.first { size >= UInt64($0.length) * 2 } ?? (length: 1, name: "second")
    let count = counted(Int(clamping: size / UInt64(unit.length)), unit.name)
    return seconds < 0 ? "\(count) ahead" : "\(count) old"
  }
}

extension SchemaDifference {
  fileprivate var words: String {
    switch (locked, found) {
    case (let type?, let other?): "'\(column)' is \(other.rawValue), not \(type.rawValue)"
    case (_?, nil): "no '\(column)'"
    case (nil, _): "'\(column)' is new"
    }
  }
}
