import Notation

extension TextRenderer {
  /// Fields with their figures where there is room, else with marks of growing weight.
  func lines(_ layout: HeatmapLayout) -> [String] {
    let labelWidth = min(layout.rows.map(TextWidth.of).max() ?? 0, max(8, drawingWidth / 3))
    let room = drawingWidth - labelWidth - 1
    let texts = layout.values.map { $0.map { $0.map(layout.text) ?? "" } }
    let least = max(3, texts.joined().map(TextWidth.of).max() ?? 0)
    let names = layout.columns.map(TextWidth.of).max() ?? 1
    let hasFigures = !layout.isBinary && layout.columns.count * (least + 1) <= room
    let width = hasFigures ? min(max(names, least), room / layout.columns.count - 1) : 2
    let shown = min(layout.columns.count, max(1, room / (width + 1)))
    var all = over("\(layout.valueTitle): \(layout.yTitle) by \(layout.xTitle)", .dim)
    let heads = layout.columns.prefix(shown).enumerated().map { place, name in
      hasFigures ? fitted(name, width, .right) : fitted("\((place + 1) % 100)", width, .right)
    }
    all.append(String(repeating: " ", count: labelWidth) + styled(" " + heads.joined(separator: " "), .dim))
    for (row, name) in layout.rows.enumerated() {
      let fields = (0..<shown).map { column in
        field(layout, layout.values[row][column], hasFigures ? texts[row][column] : nil, width)
      }
      all.append(fitted(name, labelWidth) + " " + fields.joined(separator: " "))
    }
    if !hasFigures {
      let legend = layout.columns.prefix(shown).enumerated().map { "\($0.offset + 1) \($0.element)" }
      all += over(legend.joined(separator: "  "), .dim)
    }
    let omitted = layout.columns.count - shown
    let remarks = [omitted > 0 ? counted(omitted, "more column") : "", layout.remark].filter { !$0.isEmpty }
    return all + (remarks.isEmpty ? [] : [footnote("(\(remarks.joined(separator: ", ")))")])
  }

  private func field(_ layout: HeatmapLayout, _ value: Double?, _ text: String?, _ width: Int) -> String {
    guard let value else {
      return styled(TextWidth.pad(CellText.missingMark(unicode: unicode), to: width, .right), .dim)
    }
    let strength = layout.strength(value)
    let style: TextStyle = abs(strength) < 0.1 ? .dim : .series(strength < 0 ? 5 : 0)
    if let text { return styled(TextWidth.pad(text, to: width, .right), style) }
    let marks: [Character] = unicode ? ["·", "░", "▒", "▓", "█"] : [".", ":", "+", "x", "#"]
    let step = min(marks.count - 1, Int(bounded: (abs(strength) * Double(marks.count)).rounded(.down)))
    let mark = marks[strength == 0 ? 0 : max(1, step)]
    return styled((strength < 0 ? "-" : layout.isBinary && strength > 0 ? String(mark) : " ") + String(mark), style)
  }
}
