import Notation

/// A heatmap as SVG: fields of one colour for values above zero and of another for those below, the stronger the fuller.
struct SVGHeatmap {
  private let layout: HeatmapLayout

  init(_ layout: HeatmapLayout) { self.layout = layout }

  func panel() -> String {
    let labels = layout.rows.map { TextWidth.cut($0, to: 26) }
    let heads = layout.columns.map { TextWidth.cut($0, to: 18) }
    let left = SVGFrame.margin(labels)
    let width = min(110, (640 - left - 24) / Double(max(1, layout.columns.count)))
    let height = max(12, min(26, width))
    let slant = Double(heads.map(TextWidth.of).max() ?? 0) * 4.6 + 22
    let frame = SVGFrame(height: slant + height * Double(layout.rows.count) + 14, left: left, hasTitle: false)
    var parts: [String] = []
    for (column, head) in heads.enumerated() {
      let (x, y) = (left + width * (Double(column) + 0.5), slant - 6)
      let turn = "transform=\"rotate(-40 \(SVGFrame.number(x)) \(SVGFrame.number(y)))\""
      parts.append(
        "<text \(turn) x=\"\(SVGFrame.number(x))\" y=\"\(SVGFrame.number(y))\">\(HTMLText.escaped(head))</text>")
    }
    for row in layout.rows.indices {
      let top = slant + height * Double(row)
      parts.append(frame.text(labels[row], left - 8, top + height / 2 + 4, anchor: "end"))
      for column in layout.columns.indices {
        parts += field(row, column, (left + width * Double(column), top, width, height), frame)
      }
    }
    return frame.svg(parts, title: "", name: "\(layout.valueTitle) of \(layout.yTitle) by \(layout.xTitle)")
  }

  private func field(
    _ row: Int, _ column: Int, _ box: (x: Double, y: Double, width: Double, height: Double), _ frame: SVGFrame
  ) -> [String] {
    guard let value = layout.values[row][column] else { return [] }
    let strength = layout.strength(value)
    let tip = "\(layout.rows[row]) · \(layout.columns[column]): \(layout.text(value))"
    let field = frame.rectangle(
      x: box.x + 0.5, y: box.y + 0.5, width: box.width - 1, height: box.height - 1, series: strength < 0 ? 1 : 0,
      opacity: max(0.04, min(0.99, abs(strength))), tip: tip)
    guard box.width >= 34, box.height >= 16, !layout.isBinary else { return [field] }
    let css = abs(strength) > 0.6 ? "onfield" : "field"
    return [
      field,
      frame.text(layout.text(value), box.x + box.width / 2, box.y + box.height / 2 + 4, anchor: "middle", css: css),
    ]
  }
}
