import Notation

extension TextRenderer {
  /// A box a line over a common axis: whiskers, the quartiles as the ends of the box, the median in it.
  func lines(_ layout: BoxPlotLayout) -> [String] {
    let shown = layout.boxes.prefix(Self.barLimit)
    let labelWidth = min(shown.map { TextWidth.of($0.name) }.max() ?? 0, max(8, drawingWidth / 3))
    let columns = max(8, drawingWidth - labelWidth - 2)
    var all = over("\(layout.axis.title) by \(layout.groupTitle)", .dim)
    for box in shown {
      let places = box.places.map { Int(bounded: (layout.axis.fraction($0) * Double(columns - 1)).rounded()) }
      all.append("\(fitted(box.name, labelWidth))  \(styled(drawn(places), .series(0)))")
    }
    all += bottom(layout.axis, columns: columns, indent: labelWidth + 1)
    let more = layout.boxes.count - shown.count
    if more > 0 { all.append(styled("\(ellipsis) (\(counted(more, "more group")))", .dim)) }
    if layout.skippedRows > 0 {
      all.append(footnote("(\(counted(layout.skippedRows, "group")) without a value)"))
    }
    return all
  }

  /// `├──[██│████]───┤` from the columns of the ends of whiskers, quartiles and median.
  private func drawn(_ places: [Int]) -> String {
    let (low, q1, median, q3, high) = (places[0], places[1], places[2], places[3], places[4])
    var signs = [Character](repeating: " ", count: high + 1)
    for place in low...high { signs[place] = unicode ? "─" : "-" }
    signs[low] = unicode ? "├" : "|"
    signs[high] = unicode ? "┤" : "|"
    for place in q1...q3 { signs[place] = unicode ? "█" : "=" }
    signs[median] = unicode ? "┃" : "+"
    return String(signs)
  }
}
