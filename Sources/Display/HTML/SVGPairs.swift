import Notation

/// Columns held against each other as SVG: points below the diagonal, how each is spread on it, correlations above.
struct SVGPairs {
  /// More points than this say nothing more in a field.
  private static let pointLimit = 1200
  private let layout: PairsLayout
  private let frame: SVGFrame
  private let side: Double
  private let left: Double
  private let stride: Int

  init(_ layout: PairsLayout) {
    self.layout = layout
    left = SVGFrame.margin(layout.names.map { TextWidth.cut($0, to: 16) }, atMost: 130)
    side = (640 - left - 8) / Double(layout.names.count)
    frame = SVGFrame(height: side * Double(layout.names.count) + 30, left: left, hasTitle: false)
    stride = max(1, (layout.points.count + Self.pointLimit - 1) / Self.pointLimit)
  }

  /// Says so where not all points are drawn.
  var remark: String {
    let thinned = stride > 1 ? "one in \(stride) points is drawn" : ""
    let skipped = layout.skippedRows > 0 ? "\(counted(layout.skippedRows, "row")) without a value of every column" : ""
    return [thinned, skipped].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  func panel() -> String {
    var parts: [String] = []
    for (row, axis) in layout.axes.enumerated() {
      let name = TextWidth.cut(axis.title, to: 16)
      let top = 6 + side * Double(row)
      parts.append(frame.text(name, left - 8, top + side / 2 + 4, anchor: "end"))
      parts.append(
        frame.text(
          name, left + side * (Double(row) + 0.5), 6 + side * Double(layout.names.count) + 16, anchor: "middle"))
      for column in layout.axes.indices {
        let corner = (left + side * Double(column), top)
        parts.append(box(corner))
        parts +=
          column == row
          ? histogram(row, corner) : column < row ? points(column, row, corner) : figure(column, row, corner)
      }
    }
    return frame.svg(parts, title: "", name: "pairs of \(layout.names.joined(separator: ", "))")
  }

  private func box(_ corner: (Double, Double)) -> String {
    let (x, y) = (SVGFrame.number(corner.0 + 2), SVGFrame.number(corner.1 + 2))
    let size = SVGFrame.number(side - 4)
    return "<rect class=\"box\" x=\"\(x)\" y=\"\(y)\" width=\"\(size)\" height=\"\(size)\"/>"
  }

  private func place(_ fraction: Double) -> Double { 5 + fraction * (side - 10) }

  private func points(_ x: Int, _ y: Int, _ corner: (Double, Double)) -> [String] {
    layout.series.indices.compactMap { series -> String? in
      let drawn = Swift.stride(from: 0, to: layout.points.count, by: stride).map { layout.points[$0] }
        .filter { $0.series == series }
      guard !drawn.isEmpty else { return nil }
      let circles = drawn.map { point in
        let cx = SVGFrame.number(corner.0 + place(layout.axes[x].fraction(point.places[x])))
        let cy = SVGFrame.number(corner.1 + place(1 - layout.axes[y].fraction(point.places[y])))
        return "<circle cx=\"\(cx)\" cy=\"\(cy)\" r=\"1.5\"/>"
      }
      return "<g fill=\"var(--s\(series))\" fill-opacity=\"0.6\">\(circles.joined())</g>"
    }
  }

  private func histogram(_ column: Int, _ corner: (Double, Double)) -> [String] {
    let counts = layout.histograms[column]
    let most = Double(max(1, counts.max() ?? 1))
    let width = (side - 10) / Double(counts.count)
    return counts.enumerated().filter { $0.element > 0 }.map { bin, count in
      let height = Double(count) / most * (side - 12)
      return frame.rectangle(
        x: corner.0 + 5 + width * Double(bin), y: corner.1 + side - 5 - height, width: max(1, width - 0.5),
        height: height, series: 7, opacity: 0.6, tip: "\(layout.axes[column].title): \(counted(count, "row"))")
    }
  }

  private func figure(_ x: Int, _ y: Int, _ corner: (Double, Double)) -> [String] {
    guard let value = layout.correlation(x, y) else { return [] }
    return [
      frame.text(
        NumberText.fixed(value, 2), corner.0 + side / 2, corner.1 + side / 2 + 4, anchor: "middle", css: "panel")
    ]
  }
}
