import Descriptions
import Display
import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// `plot correlation`: how every two columns go together.
struct CorrelationPlot {
  private let plot: TablePlot

  init(_ plot: TablePlot) { self.plot = plot }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    let columns = try looked.rows.profile(of: plot.columns.isEmpty ? nil : plot.columns, top: 1, progress)
    let members = Associations.members(columns)
    guard members.count > 1 else { return [.note("plot: no two columns of numbers that vary, or of few values")] }
    let search = AssociationSearch(members, nil)
    let found = try search.associations(looked.rows, progress)
    // Ranks say much the same as numbers: they are drawn where they are asked for.
    let measures = plot.measure.map { [$0] } ?? Associations.Measure.allCases.filter { $0 != .spearman }
    let drawn = measures.compactMap { AssociationDisplay.heatmap(found, $0) }
    let out = Set(columns.map(\.name)).subtracting(members.map(\.name))
    let left = columns.map(\.name).filter(out.contains)
    let notes =
      search.notes(looked.rows.rowCount)
      + (left.isEmpty ? [] : ["without \(NameList.of(left)): constant, or texts of many values"])
    guard !drawn.isEmpty else { return [.note("plot: no two columns that the measure is for")] }
    return drawn + TablePlot.notes(notes)
  }
}

extension Associations.Measure: ChoiceValue {}
