import Glibc
import Notation

extension TextRenderer {
  static let barLimit = 40

  /// Horizontal bars: label, bar, value; one block for each panel, one line for each series of a category.
  func lines(_ layout: BarPlotLayout) -> [String] {
    let shown = layout.isHistogram ? layout.categories.count : min(layout.categories.count, Self.barLimit)
    let labels = labels(layout, shown)
    let drawn = layout.values.joined().flatMap { $0.prefix(shown) }
    let areWhole = drawn.allSatisfy { $0 == $0.rounded() && abs($0) < 1e15 }
    let texts = NumberText.column(drawn, areWhole ? .decimals(0) : .automatic)
    let scale = BarScale(
      drawn, labels: labels, valueWidth: texts.map(\.utf8.count).max() ?? 0, width: drawingWidth)
    var all = over("\(layout.yTitle) by \(layout.xTitle)", .dim)
    let seriesCount = layout.groups.series.count
    for (panel, name) in layout.groups.panels.enumerated() {
      if layout.groups.panels.count > 1 { all.append(styled(name, .bold)) }
      for line in 0..<shown * seriesCount {
        let (category, series) = line.quotientAndRemainder(dividingBy: seriesCount)
        let place = (panel * seriesCount + series) * shown + category
        let bar = styled(scale.bar(drawn[place], unicode: unicode), .series(series))
        all.append("\(fitted(labels[line], scale.labelWidth))  \(bar) \(texts[place])")
      }
    }
    let more = layout.categories.count - shown
    if more > 0 { all.append(styled("\(ellipsis) (\(counted(more, "more bar")))", .dim)) }
    return all + leftOut(layout.groups, layout.skippedRows)
  }

  /// A label for each line of a panel.
  private func labels(_ layout: BarPlotLayout, _ shown: Int) -> [String] {
    layout.categories.prefix(shown).flatMap { category in
      let text = unicode ? category : category.split(separator: " – ").joined(separator: " to ")
      return layout.groups.series.map { $0.isEmpty ? text : "\(text) \($0)" }
    }
  }
}

/// Lengths of horizontal bars around a common zero.
struct BarScale {
  let labelWidth: Int
  let barWidth: Int
  private let low: Double
  private let high: Double
  private let zero: Int

  init(_ values: [Double], labels: [String], valueWidth: Int, width: Int) {
    labelWidth = min(labels.map(TextWidth.of).max() ?? 0, max(8, width / 3))
    barWidth = max(4, width - labelWidth - valueWidth - 3)
    low = min(0, values.min() ?? 0)
    high = max(0, values.max() ?? 0)
    zero = high > low ? Int(bounded: (Double(barWidth) * PlotAxis.fraction(0, from: low, to: high)).rounded(.up)) : 0
  }

  /// Eighths of a block where there is Unicode; a value that is not zero always shows.
  func bar(_ value: Double, unicode: Bool) -> String {
    guard high > low else { return "" }
    let span = high - low
    let share = span.isFinite ? abs(value) / span : abs(value) / 2 / (high / 2 - low / 2)
    let length = share * Double(barWidth)
    if value < 0 {
      let blocks = min(zero, max(1, Int(bounded: length.rounded())))
      return String(repeating: " ", count: zero - blocks) + String(repeating: unicode ? "█" : "#", count: blocks)
    }
    let room = barWidth - zero
    let eighths = min(room * 8, max(value > 0 ? 1 : 0, Int(bounded: (length * 8).rounded())))
    let space = String(repeating: " ", count: zero)
    if !unicode { return space + String(repeating: "#", count: (eighths + 7) / 8) }
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return space + String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }
}
