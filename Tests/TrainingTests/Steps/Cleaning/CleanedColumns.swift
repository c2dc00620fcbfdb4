import Kernels
import Plan
import Scoring
import Tables

@testable import Training

/// A step fitted on some rows and run on others, as a table and as a graph.
struct CleanedColumns {
  let table: Table
  let notes: [StageRemark]
  private let scorer: Scorer

  init(_ step: any FeatureStep, on rows: Table) throws {
    let fitted = try Recipe(steps: [.feature(step)]).fit(
      on: rows, rows: RowList(0..<rows.rowCount), choosing: .all, Progress())
    table = fitted.table
    notes = fitted.notes.map(\.remark)
    var scope = fitted.scope
    guard case .column(let answer) = try scope.port(step.writes[0]) else { throw NoColumn() }
    scorer = try Scorer(
      graph: scope.builder.graph(prediction: answer, probabilities: nil, classes: [], flags: scope.flags))
  }

  private struct NoColumn: Error {}

  func cells(_ name: String) -> [Cell] {
    guard let column = table[name] else { return [] }
    return (0..<column.count).map { column[$0] }
  }

  /// What the fitted step makes of other rows, and the names of their flags.
  func scored(_ rows: Table) throws -> (cells: [Cell], flags: [[String]]) {
    let scored = try scorer.score(rows, Progress())
    return (
      (0..<rows.rowCount).map { scored.prediction[$0] },
      (0..<rows.rowCount).map { row in scored.flags.filter { $0.rows[row] }.map(\.name) }
    )
  }

  var changes: CellChanges? {
    for case .changed(let changes) in notes { return changes }
    return nil
  }

  var fenced: Fenced? {
    for case .fenced(let fenced) in notes { return fenced }
    return nil
  }
}

extension Table {
  static func texts(_ name: String, _ cells: [String?]) -> Table { Table([(name, .text(TextCells(cells)))]) }
  static func ints(_ name: String, _ cells: [Int64?]) -> Table { Table([(name, .int(Cells(cells, filler: 0)))]) }
  static func floats(_ name: String, _ cells: [Double?]) -> Table { Table([(name, .float(Cells(cells, filler: 0)))]) }
}
