import Display
import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// `plot missing`: what is known of the rows already, and of two columns or more which are missing together.
struct MissingPlot {
  private let plot: TablePlot

  init(_ plot: TablePlot) { self.plot = plot }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    let all = plot.columns.isEmpty ? looked.rows.columns : looked.rows.columns(plot.columns)
    let gaps = all.enumerated().filter { $0.element.missing > 0 }.sorted {
      ($0.element.missing, $1.offset) > ($1.element.missing, $0.offset)
    }.map(\.element)
    let size = "\(looked.name), \(counted(looked.rows.rowCount, "row"))"
    guard !gaps.isEmpty else {
      return [.text("no cell is missing in \(counted(all.count, "column")) of \(size)")]
    }
    let data = Table([
      ("column", .text(TextCells(gaps.map(\.field.name)))),
      ("missing cells", .int(Cells(gaps.map { Int64($0.missing) }))),
    ])
    let whole = all.filter { $0.missing == 0 }.map(\.field.name)
    return [.plot(Plot(.bar, x: "column", y: "missing cells", title: "missing cells in \(size)", data: data))]
      + (try patterns(gaps.map { ($0.field.name, $0.missing) }, looked, progress))
      + TablePlot.notes(whole.isEmpty ? [] : ["no cell is missing in \(NameList.of(whole))"])
  }

  private func patterns(
    _ gaps: [(name: String, cells: Int)], _ looked: LookedRows, _ progress: Progress
  ) throws(EngineError) -> [Display] {
    let found = try looked.rows.missingPatterns(gaps, progress)
    let picture = MissingDisplay.picture(found, title: "columns missing together, by how many rows")
    return [picture, MissingDisplay.table(found, rows: looked.rows.rowCount).map(Display.table)].compactMap { $0 }
  }
}
