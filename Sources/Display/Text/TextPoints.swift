import Notation

extension TextRenderer {
  /// Points or lines on axes; braille, or letters where braille could not tell the series apart.
  func lines(_ layout: PointPlotLayout, joined: Bool) -> [String] {
    let isBraille = unicode && (colour || layout.groups.series.count == 1)
    var all: [String] = []
    for (panel, name) in layout.groups.panels.enumerated() {
      if layout.groups.panels.count > 1 { all.append(styled(name, .bold)) }
      all += lines(layout, panel, joined: joined, isBraille: isBraille)
    }
    if layout.groups.series.count > 1 { all.append(legend(layout.groups.series, isBraille: isBraille)) }
    return all + leftOut(layout.groups, layout.skippedRows)
  }

  private func lines(_ layout: PointPlotLayout, _ panel: Int, joined: Bool, isBraille: Bool) -> [String] {
    let labelWidth = min(layout.y.ticks.map { TextWidth.of($0.label) }.max() ?? 0, 24)
    var canvas = DotCanvas(columns: drawingWidth - labelWidth - 2, rows: 14, isBraille: isBraille)
    if let ends = layout.referenceEnds {
      canvas.dot(
        (layout.x.fraction(ends.from.x), layout.y.fraction(ends.from.y)),
        (layout.x.fraction(ends.to.x), layout.y.fraction(ends.to.y)))
    }
    for (series, points) in layout.points[panel].enumerated() {
      let places = points.map { (layout.x.fraction($0.x), layout.y.fraction($0.y)) }
      if joined, places.count > 1 {
        for (from, to) in zip(places, places.dropFirst()) { canvas.join(from, to, series: series) }
      } else {
        for place in places { canvas.put(place.0, place.1, series: series) }
      }
    }
    var labels = [String](repeating: "", count: canvas.rows)
    for tick in layout.y.ticks {
      let row = Int(bounded: ((1 - layout.y.fraction(tick.place)) * Double(canvas.rows - 1)).rounded())
      if labels.indices.contains(row) { labels[row] = tick.label }
    }
    let side = unicode ? "│" : "|"
    let rows = (0..<canvas.rows).map { row in
      let label = styled(fitted(labels[row], labelWidth, .right), .dim)
      return "\(label) \(styled(side, .dim))" + canvas.runs(row).map { styled($0.text, style($0.series)) }.joined()
    }
    return over(layout.y.title, .dim) + rows + bottom(layout.x, columns: canvas.columns, indent: labelWidth + 1)
  }

  private func style(_ series: Int) -> TextStyle { series == DotCanvas.reference ? .dim : .series(series) }

  /// The x axis: a rule, labels where they fit, the name at the right.
  func bottom(_ axis: PlotAxis, columns: Int, indent: Int) -> [String] {
    let margin = String(repeating: " ", count: indent)
    var labels = ""
    for tick in axis.ticks {
      let centre = Int(bounded: (axis.fraction(tick.place) * Double(columns - 1)).rounded()) + 1
      let width = TextWidth.of(tick.label)
      let start = min(max(0, centre - width / 2), columns + 1 - width)
      guard start >= (labels.isEmpty ? 0 : TextWidth.of(labels) + 1) else { continue }
      labels = TextWidth.pad(labels, to: start) + tick.label
    }
    let rule = (unicode ? "└" : "+") + String(repeating: unicode ? "─" : "-", count: columns)
    let name = TextWidth.pad(fitted(axis.title, min(columns, TextWidth.of(axis.title))), to: columns + 1, .right)
    return [margin + styled(rule, .dim), margin + styled(labels, .dim), margin + styled(name, .dim)]
  }

  func legend(_ series: [String], isBraille: Bool) -> String {
    series.enumerated().map { place, name in
      let mark = isBraille ? "⣿" : String(DotCanvas.letters[place % DotCanvas.letters.count])
      return styled(mark, .series(place)) + " " + name
    }.joined(separator: "  ")
  }
}
