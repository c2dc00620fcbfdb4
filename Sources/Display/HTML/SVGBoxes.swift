import Notation

/// Boxes as SVG: one a row, over a common axis.
struct SVGBoxes {
  private let layout: BoxPlotLayout

  init(_ layout: BoxPlotLayout) { self.layout = layout }

  func panel() -> String {
    let shown = layout.boxes.prefix(SVGBars.barLimit)
    let labels = shown.map { TextWidth.cut($0.name, to: 26) }
    let more = layout.boxes.count - shown.count
    let frame = SVGFrame(
      height: Double(shown.count) * 30 + 74 + (more > 0 ? 16 : 0), left: SVGFrame.margin(labels), hasTitle: false,
      bottom: more > 0 ? 60 : 44)
    var parts = frame.horizontal(layout.axis, gridded: true)
    for (row, box) in shown.enumerated() {
      let middle = frame.top + Double(row) * 30 + 15
      parts.append(frame.text(labels[row], frame.left - 8, middle + 4, anchor: "end"))
      parts += drawn(box, at: middle, frame)
    }
    if more > 0 { parts.append(frame.text("… (\(counted(more, "more group")))", 4, frame.height - 6)) }
    return frame.svg(parts, title: "", name: "\(layout.axis.title) by \(layout.groupTitle)")
  }

  private func drawn(_ box: BoxPlotLayout.Box, at middle: Double, _ frame: SVGFrame) -> [String] {
    let places = box.places.map { frame.x(layout.axis.fraction($0)) }
    let figures = zip(Plot.boxColumns, box.places).map { "\($0) \(NumberText.figure($1))" }.joined(separator: ", ")
    return [
      frame.line((places[0], middle), (places[4], middle), "axis"),
      frame.line((places[0], middle - 5), (places[0], middle + 5), "axis"),
      frame.line((places[4], middle - 5), (places[4], middle + 5), "axis"),
      frame.rectangle(
        x: places[1], y: middle - 9, width: max(places[3] - places[1], 1), height: 18, series: 0,
        tip: "\(box.name): \(figures)"),
      frame.line((places[2], middle - 9), (places[2], middle + 9), "median"),
    ]
  }
}
