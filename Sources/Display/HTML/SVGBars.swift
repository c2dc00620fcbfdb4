import Notation

/// Bars as SVG: categories as horizontal bars, so that their labels stay readable; histograms upright.
struct SVGBars {
  static let barLimit = 60
  private let layout: BarPlotLayout

  init(_ layout: BarPlotLayout) { self.layout = layout }

  func panels() -> [String] {
    layout.groups.panels.indices.map { layout.isHistogram ? histogram($0) : bars($0) }
  }

  private var allValues: [Double] { Array(layout.values.joined().joined()) }

  private var name: String { "\(layout.yTitle) by \(layout.xTitle)" }

  private func tip(_ category: Int, _ series: Int, _ value: Double) -> String {
    let seriesName = layout.groups.series[series]
    return layout.categories[category] + (seriesName.isEmpty ? "" : " \(seriesName)") + ": \(NumberText.figure(value))"
  }

  private func bars(_ panel: Int) -> String {
    let shown = min(layout.categories.count, Self.barLimit)
    let title = layout.groups.panels[panel]
    let seriesCount = Double(layout.groups.series.count)
    let step = max(24, seriesCount * 12 + 10)
    let labels = layout.categories.prefix(shown).map { TextWidth.cut($0, to: 26) }
    let more = layout.categories.count - shown
    let frame = SVGFrame(
      height: Double(shown) * step + 74 + (more > 0 ? 16 : 0), left: SVGFrame.margin(labels), hasTitle: !title.isEmpty,
      bottom: more > 0 ? 60 : 44)
    let axis = PlotAxis(title: layout.yTitle, values: allValues, includingZero: true)
    let zero = frame.x(axis.fraction(0))
    var parts = frame.horizontal(axis, gridded: true)
    for category in 0..<shown {
      let top = frame.top + Double(category) * step + 5
      let thickness = (step - 10) / seriesCount
      parts.append(frame.text(labels[category], frame.left - 8, top + (step - 10) / 2 + 4, anchor: "end"))
      for series in layout.groups.series.indices {
        let value = layout.values[panel][series][category]
        let end = frame.x(axis.fraction(value))
        parts.append(
          frame.rectangle(
            x: min(zero, end), y: top + Double(series) * thickness, width: abs(end - zero),
            height: thickness - (seriesCount > 1 ? 1 : 0), series: series, tip: tip(category, series, value)))
      }
    }
    parts.append(frame.line((zero, frame.y(0)), (zero, frame.y(1)), "axis"))
    if more > 0 { parts.append(frame.text("… (\(counted(more, "more bar")))", 4, frame.height - 6)) }
    return frame.svg(parts, title: title, name: name)
  }

  private func histogram(_ panel: Int) -> String {
    let title = layout.groups.panels[panel]
    let y = PlotAxis(title: layout.yTitle, values: allValues, includingZero: true)
    let x = PlotAxis(
      title: layout.xTitle, kind: layout.kind, values: layout.edges, wanted: layout.kind == .number ? 5 : 3)
    let frame = SVGFrame(height: 320, left: SVGFrame.margin(y.ticks.map(\.label)), hasTitle: !title.isEmpty)
    var parts = frame.vertical(y)
    let opacity = layout.groups.series.count > 1 ? 0.55 : 1
    for series in layout.groups.series.indices {
      for (bin, edges) in zip(layout.edges, layout.edges.dropFirst()).enumerated() {
        let value = layout.values[panel][series][bin]
        let (low, high) = (frame.x(x.fraction(edges.0)), frame.x(x.fraction(edges.1)))
        let (foot, head) = (frame.y(y.fraction(min(value, 0))), frame.y(y.fraction(max(value, 0))))
        parts.append(
          frame.rectangle(
            x: low + 0.5, y: head, width: high - low - 1, height: foot - head, series: series, opacity: opacity,
            tip: tip(bin, series, value)))
      }
    }
    return frame.svg(parts + frame.horizontal(x), title: title, name: name)
  }
}
