import Display
import Plan
import Tables

extension SplitNote {
  /// In words, one line.
  public var words: String {
    switch self {
    case .unlabelled(let rows): "\(Self.rows(rows)) no label and \(Self.are(rows)) left out"
    case .withoutGroup(let column, let rows): "\(Self.rows(rows)) no '\(column)': together they count as one group"
    case .withoutTime(let column, let rows): "\(Self.rows(rows)) no '\(column)' and \(Self.count(rows)) as the oldest"
    case .withoutPart(let column, let rows): "\(Self.rows(rows)) no '\(column)' and \(Self.are(rows)) in no part"
    case .withoutFold(let column, let rows):
      "\(Self.rows(rows)) no '\(column)': learned from in every fold, judged in none"
    case .inGap(let column, let rows):
      "\(rows == 1 ? "1 row lies" : "\(rows) rows lie") within the gap of '\(column)' before the next part and \(Self.are(rows)) in none"
    case .shares(let column, let off):
      "the shares of the classes of '\(column)' are off by at most \(NumberText.figure(off * 100)) points in a part"
    case .hashed(let column):
      "what a row holds\(column.map { " in '\($0)'" } ?? "") decides its part: the same row comes into the same part again, and shares are only near those asked for"
    case .aside(let column, let option):
      "'\(column)' is the \(option) of the rows and no feature; `select` it after `split` to learn from it"
    case .singleRow(let classes):
      "\(Self.list(classes)) \(classes.count == 1 ? "has" : "have") a single row, which is trained on: nothing judges it"
    case .absent(let classes, let part): "no row of the \(part) part is \(Self.list(classes))"
    case .repeated(let rows, let all):
      "\(rows) of \(counted(all, "row")) \(rows == 1 ? "repeats" : "repeat") an earlier one cell for cell: a model that was trained on one knows the other's answer; `dedupe` before `split`, or `group:` by what they share"
    }
  }

  private static func rows(_ count: Int) -> String { count == 1 ? "1 row has" : "\(count) rows have" }
  private static func are(_ count: Int) -> String { count == 1 ? "is" : "are" }
  private static func count(_ count: Int) -> String { count == 1 ? "counts" : "count" }

  private static func list(_ classes: [String]) -> String {
    let shown = classes.prefix(5).map { ValueName.quoted($0) }.joined(separator: ", ")
    return classes.count > 5 ? "\(shown) and \(classes.count - 5) more" : shown
  }
}
