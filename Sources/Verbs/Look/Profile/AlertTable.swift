import Display
import Interpreter
import Notation
import Tables

/// What of a table asks for a look, each with its figure.
enum AlertTable {
  /// A screenful has so many.
  static let most = 12

  /// nil where there is nothing to say.
  static func display(_ alerts: [ProfileAlert], _ figures: ProfileFigures, all: Bool) -> [Display] {
    guard !alerts.isEmpty else { return [] }
    let shown = all ? alerts : Array(alerts.prefix(most))
    let columns = Dictionary(figures.columns.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var table = DisplayTable(
      ["alert", "of", "figure", "what it says"], types: [.text, .text, .float, .text],
      rows: shown.map { alert in
        let name = alert.columns.isEmpty ? "rows" : alert.columns.map { ValueName.of($0) }.joined(separator: " · ")
        let words = words(alert, alert.columns.first.flatMap { columns[$0] }, figures)
        return [.text(alert.kind.rawValue), .text(name), figure(alert), .text(words)]
      })
    table.isProse = true
    table.isQuantityByRow = true
    table.columns[2].rank = 1
    let rest = alerts.count - shown.count
    let more = rest > 0 ? [Display.note("\(counted(rest, "more alert")): `profile detail: full` shows all")] : []
    return [.table(table)] + more
  }

  /// Counts are whole numbers.
  private static func figure(_ alert: ProfileAlert) -> Cell {
    switch alert.kind {
    case .duplicatedRows, .infinite, .mixedCase, .outerBlanks, .outOfOrder, .highCardinality, .unique:
      Int64(exactly: alert.figure).map(Cell.int) ?? .float(alert.figure)
    case .empty, .constant, .missing, .correlated, .imbalanced, .skewed, .zeros: .float(alert.figure)
    }
  }

  static func percent(_ share: Double) -> String {
    share > 0 && share < 0.0005 ? "less than 0.1 %" : "\(NumberText.fixed(share * 100, 1)) %"
  }

  private static func words(_ alert: ProfileAlert, _ column: ColumnProfile?, _ figures: ProfileFigures) -> String {
    let count = Int(exactly: alert.figure) ?? 0
    switch alert.kind {
    case .duplicatedRows: return "\(share(count, of: figures.rowCount)) repeat an earlier row; `dedupe` drops them"
    case .empty: return "no cell has a value"
    case .constant: return "one value: \(column?.top.first?.value.name ?? "")"
    case .missing: return "\(counted(column?.missing ?? 0, "cell")) of \(figures.rowCount) without a value"
    case .infinite: return "\(counted(count, "infinite value"))"
    case .mixedCase:
      let examples = column?.caseTwins?.examples.first.map { NameList.of($0) } ?? ""
      return
        "\(counted(count, "cell")) of \(counted(column?.caseTwins?.count ?? 0, "value")) in another case: \(examples)"
    case .outerBlanks: return "\(counted(count, "cell")) with blanks at their ends"
    case .outOfOrder: return "\(counted(count, "row")) earlier than the row before, of rows that else rise"
    case .correlated: return alert.measure.map { name($0) } ?? ""
    case .imbalanced: return "\(percent(alert.figure)) are \(column?.top.first?.value.name ?? "")"
    case .skewed: return "skewness; median \(figure(column?.numbers?.median)), mean \(figure(column?.numbers?.mean))"
    case .zeros: return "\(percent(alert.figure)) of the values are 0"
    case .highCardinality: return "\(counted(count, "different text")) in \(counted(column?.valid ?? 0, "cell"))"
    case .unique: return "every value stands once"
    }
  }

  private static func share(_ count: Int, of all: Int) -> String {
    "\(counted(count, "row")) (\(percent(Double(count) / Double(max(1, all)))))"
  }

  private static func figure(_ value: Double?) -> String { value.map { NumberText.figure($0) } ?? "none" }

  static func name(_ measure: Associations.Measure) -> String {
    switch measure {
    case .pearson: "Pearson's correlation"
    case .spearman: "Spearman's rank correlation"
    case .cramersV: "Cramér's V"
    case .correlationRatio: "correlation ratio"
    }
  }
}
