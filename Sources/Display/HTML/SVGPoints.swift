/// Points and lines as SVG on axes that all panels share.
struct SVGPoints {
  /// More points than this in one series say nothing more on a screen and make the page heavy.
  static let pointLimit = 4000
  private let layout: PointPlotLayout
  private let joined: Bool
  private let stride: Int

  init(_ layout: PointPlotLayout, joined: Bool) {
    self.layout = layout
    self.joined = joined
    let most = layout.points.joined().map(\.count).max() ?? 0
    stride = max(1, (most + Self.pointLimit - 1) / Self.pointLimit)
  }

  /// Says so where not all points are drawn.
  var remark: String { stride > 1 ? "one in \(stride) points is drawn" : "" }

  func panels() -> [String] {
    layout.groups.panels.indices.map { panel in
      let title = layout.groups.panels[panel]
      let frame = SVGFrame(height: 340, left: SVGFrame.margin(layout.y.ticks.map(\.label)), hasTitle: !title.isEmpty)
      let marks = layout.points[panel].enumerated().map { series, points in
        let kept = Swift.stride(from: 0, to: points.count, by: stride).map { points[$0] }
        return joined && kept.count > 1 ? line(kept, series, frame) : dots(kept, series, frame)
      }
      let parts =
        frame.vertical(layout.y) + frame.horizontal(layout.x) + reference(frame) + marks.filter { !$0.isEmpty }
      return frame.svg(parts, title: title, name: "\(layout.y.title) by \(layout.x.title)")
    }
  }

  private func reference(_ frame: SVGFrame) -> [String] {
    guard let ends = layout.referenceEnds else { return [] }
    let places = [ends.from, ends.to].map { point in
      (frame.x(layout.x.fraction(point.x)), frame.y(layout.y.fraction(point.y)))
    }
    return [frame.line(places[0], places[1], "reference")]
  }

  private func place(_ point: PointPlotLayout.Point, _ frame: SVGFrame) -> (String, String) {
    let x = frame.x(layout.x.fraction(point.x))
    let y = frame.y(layout.y.fraction(point.y))
    return (SVGFrame.number(x), SVGFrame.number(y))
  }

  private func line(_ points: [PointPlotLayout.Point], _ series: Int, _ frame: SVGFrame) -> String {
    let places = points.map { place($0, frame) }.map { "\($0.0),\($0.1)" }.joined(separator: " ")
    return "<polyline class=\"line\" stroke=\"var(--s\(series))\" points=\"\(places)\"/>"
  }

  private func dots(_ points: [PointPlotLayout.Point], _ series: Int, _ frame: SVGFrame) -> String {
    guard !points.isEmpty else { return "" }
    let radius = points.count > 500 ? "2" : "3"
    let circles = points.map { place($0, frame) }.map { "<circle cx=\"\($0.0)\" cy=\"\($0.1)\" r=\"\(radius)\"/>" }
    return "<g fill=\"var(--s\(series))\" fill-opacity=\"0.65\">\(circles.joined())</g>"
  }
}
