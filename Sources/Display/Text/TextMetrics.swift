import Notation
import Tables

extension TextRenderer {
  func lines(_ metrics: MetricsDisplay) -> [String] {
    let count = max(metrics.columns.count, metrics.rows.map(\.figures.count).max() ?? 0)
    let names = TextColumn(
      name: "", alignment: .left, cells: metrics.rows.map { name($0) }, isCuttable: true, namesRows: true)
    let figures = (0..<count).map { column in
      TextColumn(
        name: column < metrics.columns.count ? ValueName.of(metrics.columns[column]) : "", alignment: .right,
        cells: pointAligned(metrics.rows.map { MetricText.figures($0, unicode: unicode) }, column), isCuttable: false)
    }
    let columns = [names] + figures
    let fit = fit(columns)
    let title = heading(metrics.title)
    let all = lines(columns, fit)
    let hidden = columns.count - fit.shown.count
    let footer = hidden > 0 ? [footnote("\(ellipsis) (\(counted(hidden, "more column")))")] : []
    let notes = metrics.notes.flatMap { note in
      TextWrap.lines(SafeText.escaped(note), width: width, indent: 2).map { styled($0, .dim) }
    }
    return title + (metrics.columns.isEmpty ? Array(all.dropFirst(2)) : all) + footer + notes
  }

  /// The arrow says which way is better.
  private func name(_ row: MetricsDisplay.Row) -> String {
    let arrow =
      switch row.better {
      case .higher: unicode ? " ↑" : " ^"
      case .lower: unicode ? " ↓" : " v"
      case nil: ""
      }
    return SafeText.escaped(row.name) + arrow
  }

  /// One column of figures with their points under each other.
  private func pointAligned(_ rows: [[String?]], _ column: Int) -> [String?] {
    let texts = rows.map { column < $0.count ? $0[column] : nil }
    let heads = texts.map { text in text.map { $0.prefix { $0.isNumber || $0 == "-" }.count } ?? 0 }
    let tails = zip(texts, heads).map { text, head in text.map { TextWidth.of($0) - head } ?? 0 }
    let tail = tails.max() ?? 0
    return texts.indices.map { row in
      texts[row].map { $0 + String(repeating: " ", count: tail - tails[row]) }
    }
  }
}
