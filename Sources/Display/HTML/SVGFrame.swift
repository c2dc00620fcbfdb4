import Notation

/// The frame of an SVG drawing: where the data go, the axes around them, and short ways to write elements.
struct SVGFrame {
  let width: Double = 640
  let height: Double
  let left: Double
  let top: Double
  let bottom: Double
  private let right: Double = 24

  init(height: Double, left: Double, hasTitle: Bool, bottom: Double = 44) {
    self.height = height
    self.left = left
    self.bottom = bottom
    top = hasTitle ? 28 : 22
  }

  func x(_ fraction: Double) -> Double { left + fraction * (width - left - right) }
  func y(_ fraction: Double) -> Double { height - bottom - fraction * (height - top - bottom) }

  /// A coordinate; one that is not a number, or far off the drawing, would be no SVG.
  static func number(_ value: Double) -> String {
    NumberText.fixed(value.isNaN ? 0 : min(max(value, -10_000), 1_000_000), 1)
  }

  func line(_ from: (Double, Double), _ to: (Double, Double), _ css: String) -> String {
    let (a, b) = (Self.number(from.0), Self.number(from.1))
    return "<line class=\"\(css)\" x1=\"\(a)\" y1=\"\(b)\" x2=\"\(Self.number(to.0))\" y2=\"\(Self.number(to.1))\"/>"
  }

  func text(_ text: String, _ x: Double, _ y: Double, anchor: String = "start", css: String? = nil) -> String {
    let look = css.map { " class=\"\($0)\"" } ?? ""
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    return "<text\(look) \(place) text-anchor=\"\(anchor)\">\(HTMLText.escaped(text))</text>"
  }

  /// A rectangle with the words that a pointer over it shows.
  func rectangle(
    x: Double, y: Double, width: Double, height: Double, series: Int, opacity: Double = 1, tip: String
  ) -> String {
    let place = "x=\"\(Self.number(x))\" y=\"\(Self.number(y))\""
    let size = "width=\"\(Self.number(max(width, 0)))\" height=\"\(Self.number(max(height, 0)))\""
    let look = "fill=\"var(--s\(series))\"" + (opacity < 1 ? " fill-opacity=\"\(NumberText.fixed(opacity, 2))\"" : "")
    return "<rect \(place) \(size) \(look)><title>\(HTMLText.escaped(tip))</title></rect>"
  }

  /// Grid lines and labels of a vertical axis at the left, its name above.
  func vertical(_ axis: PlotAxis) -> [String] {
    axis.ticks.flatMap { tick in
      let height = y(axis.fraction(tick.place))
      return [
        line((left, height), (width - right, height), "grid"),
        text(tick.label, left - 8, height + 4, anchor: "end"),
      ]
    } + [text(axis.title, 4, top - 10)]
  }

  /// Labels of a horizontal axis below, as far as they do not run into each other, its name under them.
  func horizontal(_ axis: PlotAxis, gridded: Bool = false) -> [String] {
    var parts = gridded ? [] : [line((left, y(0)), (width - right, y(0)), "axis")]
    var free = -Double.infinity
    for tick in axis.ticks {
      let place = x(axis.fraction(tick.place))
      let half = Double(TextWidth.of(tick.label)) * 3.6
      if gridded { parts.append(line((place, y(0)), (place, y(1)), "grid")) }
      guard place - half > free else { continue }
      free = place + half + 4
      parts.append(text(tick.label, place, y(0) + 16, anchor: "middle"))
    }
    return parts + [text(axis.title, width - right, y(0) + 34, anchor: "end")]
  }

  func svg(_ parts: [String], title: String, name: String) -> String {
    let heading = title.isEmpty ? [] : [text(title, (left + width - right) / 2, 14, anchor: "middle", css: "panel")]
    let box = "viewBox=\"0 0 \(Self.number(width)) \(Self.number(height))\""
    let body = (heading + parts).joined(separator: "\n")
    return "<svg \(box) role=\"img\" aria-label=\"\(HTMLText.escaped(name))\">\n\(body)\n</svg>"
  }

  /// Room for the labels at the left.
  static func margin(_ labels: [String], atMost: Double = 200) -> Double {
    min(atMost, max(40, Double(labels.map(TextWidth.of).max() ?? 0) * 7.2 + 16))
  }
}
