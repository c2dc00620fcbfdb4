import Notation
import Tables

/// Boxes of a box plot on one axis: what the text and the SVG drawing share.
struct BoxPlotLayout {
  struct Box: Equatable {
    let name: String
    /// The places of `Plot.boxColumns`, in that order and never falling.
    let places: [Double]
  }

  let boxes: [Box]
  let axis: PlotAxis
  let groupTitle: String
  /// Groups without a value to draw.
  let skippedRows: Int

  init?(_ plot: Plot) {
    let columns = Plot.boxColumns.compactMap { plot.data[$0] }
    guard let groups = plot.data[plot.x], columns.count == Plot.boxColumns.count else { return nil }
    var boxes: [Box] = []
    for row in 0..<groups.count {
      let places = columns.compactMap { plotNumber($0[row]) }
      guard places.count == columns.count, zip(places, places.dropFirst()).allSatisfy({ $0 <= $1 }) else { continue }
      boxes.append(Box(name: plotLabel(groups[row]), places: places))
    }
    self.boxes = boxes
    axis = PlotAxis(
      title: plot.y ?? "value", kind: PlotAxis.Kind(columns[0].type), values: boxes.flatMap(\.places))
    groupTitle = SafeText.escaped(plot.x)
    skippedRows = groups.count - boxes.count
  }
}
