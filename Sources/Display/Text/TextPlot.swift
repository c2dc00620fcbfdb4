import Notation

extension TextRenderer {
  func lines(_ plot: Plot) -> [String] {
    var all = heading(plot.title)
    switch plot.mark {
    case .bar, .histogram:
      guard let layout = BarPlotLayout(plot) else { return all + [nothing] }
      all += lines(layout)
    case .line, .point:
      guard let layout = PointPlotLayout(plot) else { return all + [nothing] }
      all += lines(layout, joined: plot.mark == .line)
    case .box:
      guard let layout = BoxPlotLayout(plot), !layout.boxes.isEmpty else { return all + [nothing] }
      all += lines(layout)
    case .heatmap:
      guard let layout = HeatmapLayout(plot) else { return all + [nothing] }
      all += lines(layout)
    case .pairs:
      guard let layout = PairsLayout(plot), !layout.points.isEmpty else { return all + [nothing] }
      all += lines(layout)
    }
    return all
  }

  private var nothing: String { styled("(nothing to plot)", .dim) }

  /// What a plot leaves out, in one line.
  func leftOut(_ groups: PlotGroups, _ skippedRows: Int) -> [String] {
    let text = PlotRemark.text(groups, skippedRows)
    return text.isEmpty ? [] : [footnote("(\(text))")]
  }
}
