import Display
import Interpreter
import Kernels
import Notation
import Plan
import Tables

/// `plot pairs, age, fare, pclass`: points of every two columns, of many rows some.
struct PairsPlot {
  /// Without columns so many are drawn.
  private static let standard = 5
  static let mostColumns = 8
  private static let mostRows = 2_000

  private let plot: TablePlot

  init(_ plot: TablePlot) { self.plot = plot }

  func displays(_ looked: LookedRows, _ progress: Progress) throws(EngineError) -> [Display] {
    let known = looked.rows.columns.map(\.field)
    let numbers = known.filter { $0.type.isNumeric && $0.name != plot.by }.map(\.name)
    let names = plot.columns.isEmpty ? Array(numbers.prefix(Self.standard)) : plot.columns
    guard names.count > 1 else { return [.note("plot: pairs needs two columns of numbers")] }
    var points = ThinnedRows<[Cell]>(most: Self.mostRows)
    var (row, drawable) = (0, 0)
    try looked.rows.fold(Set(names + [plot.by].compactMap { $0 }), progress) { chunk throws(EngineError) in
      let columns = names.compactMap { chunk[$0] }
      let groups = plot.by.flatMap { chunk[$0] }
      for place in 0..<chunk.rowCount {
        defer { row += 1 }
        let cells = columns.map { $0[place] }
        guard cells.allSatisfy({ $0.place != nil }) else { continue }
        drawable += 1
        points.add(cells + (groups.map { [$0[place]] } ?? []), row: row)
      }
      return true
    }
    if drawable == 0 { return [.note("plot: no row has a value of \(NameList.of(names))")] }
    var data = names.enumerated().map { place, name in
      (name, Column.from(points.values.map { $0[place] }, type: known.first { $0.name == name }?.type ?? .float))
    }
    var taken = FreeNames(besides: names)
    let colour = plot.by.map { taken.take($0) }
    if let colour { data.append((colour, .text(TextCells(points.values.map { $0[names.count].name })))) }
    let drawn = Plot(
      .pairs, x: names[0], colour: colour,
      title: plot.title("pairs of \(NameList.of(names))", looked), data: Table(data))
    let thinned =
      points.isThinned ? ["\(points.values.count) of \(counted(drawable, "row")) are drawn, chosen evenly"] : []
    let left = plot.columns.isEmpty && numbers.count > names.count ? Array(numbers.dropFirst(names.count)) : []
    return [.plot(drawn)]
      + TablePlot.notes(
        thinned + TablePlot.missing(looked.rows.rowCount - drawable, names)
          + (left.isEmpty ? [] : ["without \(NameList.of(left)): name the columns that are to be drawn"]))
  }
}
