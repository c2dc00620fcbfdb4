import Notation
import Tables

/// Which panel and which series each row of a plot's data belongs to.
struct PlotGroups {
  /// Labels in order of first appearance; one empty label where there is no facet or no colour.
  let panels: [String]
  let series: [String]
  let omittedPanels: Int
  let omittedSeries: Int
  /// Panel and series per row; nil for a row that is left out.
  let places: [(panel: Int, series: Int)?]

  init(_ plot: Plot) {
    let facets = Self.labels(plot.facet, plot.data, limit: Plot.mostPanels)
    let colours = Self.labels(plot.colour, plot.data, limit: Plot.mostSeries)
    panels = facets.names
    series = colours.names
    omittedPanels = facets.omitted
    omittedSeries = colours.omitted
    places = (0..<plot.data.rowCount).map { row in
      guard let panel = facets.codes[row], let series = colours.codes[row] else { return nil }
      return (panel, series)
    }
  }

  private static func labels(
    _ name: String?, _ data: Table, limit: Int
  ) -> (names: [String], omitted: Int, codes: [Int?]) {
    guard let column = name.flatMap({ data[$0] }) else {
      return ([""], 0, [Int?](repeating: 0, count: data.rowCount))
    }
    var names: [String] = []
    var known: [String: Int] = [:]
    let codes = (0..<data.rowCount).map { row in
      let label = plotLabel(column[row])
      if let code = known[label] { return code }
      known[label] = names.count
      names.append(label)
      return names.count - 1
    }
    return (Array(names.prefix(limit)), max(0, names.count - limit), codes.map { $0 < limit ? $0 : nil })
  }
}

/// A cell as a label of an axis, panel or series.
func plotLabel(_ cell: Cell) -> String {
  switch cell {
  case .missing: "missing"
  case .float(let value): NumberText.figure(value)
  default: cell.name
  }
}

/// A cell as a place on a continuous axis; nil for missing, text and what is not finite.
func plotNumber(_ cell: Cell) -> Double? {
  switch cell {
  case .int(let value), .datetime(let value): Double(value)
  case .float(let value): value.isFinite ? value : nil
  case .date(let days): Double(days)
  case .bool(let value): value ? 1 : 0
  case .missing, .text, .vector: nil
  }
}
