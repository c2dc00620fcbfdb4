import Notation

extension TextRenderer {
  /// Below the diagonal points of two columns, on it how each is spread.
  func lines(_ layout: PairsLayout) -> [String] {
    let isBraille = unicode && (colour || layout.series.count == 1)
    let labelWidth = min(layout.names.map { TextWidth.of(SafeText.escaped($0)) }.max() ?? 0, max(6, drawingWidth / 5))
    // A drawing narrower than this says nothing.
    let shown = min(layout.names.count, max(1, (drawingWidth - labelWidth - 1) / 10))
    let width = max(8, (drawingWidth - labelWidth - 1) / shown - 2)
    let height = max(3, min(7, width / 3))
    var all: [String] = []
    for row in 0..<shown {
      let cells = (0...row).map { column in
        column == row
          ? histogram(layout.histograms[row], width, height) : points(layout, column, row, width, height, isBraille)
      }
      for line in 0..<height {
        let label = line == height / 2 ? layout.axes[row].title : ""
        all.append(fitted(label, labelWidth, .right) + " " + cells.map { $0[line] }.joined(separator: "  "))
      }
      all.append("")
    }
    let names = layout.axes.prefix(shown).map { fitted($0.title, width) }.joined(separator: "  ")
    all[all.count - 1] = String(repeating: " ", count: labelWidth + 1) + styled(names, .dim)
    if layout.series.count > 1 { all.append(legend(layout.series, isBraille: isBraille)) }
    let remarks = [
      layout.names.count > shown ? counted(layout.names.count - shown, "more column") : "",
      layout.skippedRows > 0 ? "\(counted(layout.skippedRows, "row")) without a value of every column" : "",
    ].filter { !$0.isEmpty }
    return all + (remarks.isEmpty ? [] : [footnote("(\(remarks.joined(separator: ", ")))")])
  }

  private func points(
    _ layout: PairsLayout, _ x: Int, _ y: Int, _ width: Int, _ height: Int, _ isBraille: Bool
  ) -> [String] {
    var canvas = DotCanvas(columns: width, rows: height, isBraille: isBraille)
    for point in layout.points {
      canvas.put(
        layout.axes[x].fraction(point.places[x]), layout.axes[y].fraction(point.places[y]), series: point.series)
    }
    return (0..<height).map { row in canvas.runs(row).map { styled($0.text, .series($0.series)) }.joined() }
  }

  private func histogram(_ counts: [Int], _ width: Int, _ height: Int) -> [String] {
    let most = Double(max(1, counts.max() ?? 1))
    let marks: [Character] = unicode ? [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"] : [" ", ".", ":", "#"]
    return (0..<height).map { row in
      let bars = (0..<width).map { place -> Character in
        let count = Double(counts[min(counts.count - 1, place * counts.count / width)])
        let filled = count / most * Double(height) - Double(height - 1 - row)
        let step = Int(bounded: (filled * Double(marks.count - 1)).rounded(.up))
        return marks[max(0, min(marks.count - 1, step))]
      }
      return styled(String(bars), .dim)
    }
  }
}
