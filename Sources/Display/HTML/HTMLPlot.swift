import Notation

extension HTMLRenderer {
  /// A figure with an SVG for each panel, a legend and what was left out.
  func element(_ plot: Plot) -> String {
    let drawing: (panels: [String], series: [String], remark: String)?
    switch plot.mark {
    case .bar, .histogram:
      drawing = BarPlotLayout(plot).map { layout in
        (SVGBars(layout).panels(), layout.groups.series, PlotRemark.text(layout.groups, layout.skippedRows))
      }
    case .line, .point:
      drawing = PointPlotLayout(plot).map { layout in
        let points = SVGPoints(layout, joined: plot.mark == .line)
        let remarks = [PlotRemark.text(layout.groups, layout.skippedRows), points.remark]
        return (points.panels(), layout.groups.series, remarks.filter { !$0.isEmpty }.joined(separator: ", "))
      }
    case .box:
      drawing = BoxPlotLayout(plot).map { layout in
        let skipped = layout.skippedRows
        return (
          layout.boxes.isEmpty ? [] : [SVGBoxes(layout).panel()], [],
          skipped > 0 ? "\(counted(skipped, "group")) without a value" : ""
        )
      }
    case .heatmap: drawing = HeatmapLayout(plot).map { ([SVGHeatmap($0).panel()], [], $0.remark) }
    case .pairs:
      drawing = PairsLayout(plot).map { layout in
        let pairs = SVGPairs(layout)
        return (layout.points.isEmpty ? [] : [pairs.panel()], layout.series, pairs.remark)
      }
    }
    let caption = plot.title.map { "<figcaption>\(HTMLText.escaped($0))</figcaption>\n" } ?? ""
    guard let drawing, !drawing.panels.isEmpty else {
      return "<figure>\n\(caption)<p class=\"dim\">nothing to plot</p>\n</figure>"
    }
    let one = drawing.panels.count == 1 ? " one" : ""
    let remark = drawing.remark.isEmpty ? "" : "<p class=\"dim\">\(HTMLText.escaped(drawing.remark))</p>\n"
    return """
      <figure>
      \(caption)<div class="panels\(one)">
      \(drawing.panels.joined(separator: "\n"))
      </div>
      \(legend(drawing.series))\(remark)</figure>
      """
  }

  private func legend(_ series: [String]) -> String {
    guard series.count > 1 else { return "" }
    let items = series.enumerated().map { place, name in
      "<span><i style=\"background:var(--s\(place))\"></i>\(HTMLText.escaped(name))</span>"
    }
    return "<div class=\"legend\">\(items.joined())</div>\n"
  }
}
