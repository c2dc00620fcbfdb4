import Display
import Tables

/// A table's profile as it is shown: numbers, dates and texts each with what says most of them.
enum ProfileDisplay {
  static func displays(_ columns: [ColumnProfile], rowCount: Int, name: String) -> [Display] {
    let numbers = columns.filter { $0.numbers != nil }
    let others = columns.filter { $0.numbers == nil }
    let missing = columns.reduce(0) { $0 + $1.missing }
    var displays: [Display] = [
      .facts([
        Fact("table", name), Fact("rows", rowCount), Fact("columns", columns.count),
        Fact("missing cells", missing),
      ])
    ]
    if !numbers.isEmpty { displays.append(.table(table(of: numbers))) }
    if !others.isEmpty { displays.append(.table(table(ofOthers: others))) }
    let sampled = numbers.filter { $0.numbers?.rankError != nil }
    if !sampled.isEmpty { displays.append(.notes([Note(words(ofSampled: sampled))])) }
    return displays
  }

  private static func words(ofSampled columns: [ColumnProfile]) -> String {
    let error = columns.compactMap { $0.numbers?.rankError }.max() ?? 0
    let percent = (error * 10_000).rounded(.up) / 100
    return
      "quartiles and histograms of \(columns.map(\.name).joined(separator: ", ")) are those of a sample of the rows: "
      + "their ranks have a standard error of \(percent) % of the rows"
  }

  private static func table(of columns: [ColumnProfile]) -> DisplayTable {
    let rows: [[Cell]] = columns.map { column in
      let numbers = column.numbers
      return [
        .text(column.name), .text(column.type.rawValue), .int(Int64(column.missing)), distinct(column),
        column.minimum ?? .missing, number(numbers?.lowerQuartile), number(numbers?.median),
        number(numbers?.upperQuartile), column.maximum ?? .missing, number(numbers?.mean),
        number(numbers?.standardDeviation), .text(numbers?.histogram.map { Sparkline.bars($0.counts) } ?? ""),
      ]
    }
    return DisplayTable(
      ["column", "type", "missing", "distinct", "min", "q1", "median", "q3", "max", "mean", "sd", "histogram"],
      rows: rows)
  }

  private static func table(ofOthers columns: [ColumnProfile]) -> DisplayTable {
    let rows: [[Cell]] = columns.map { column in
      let lengths = column.lengths.map { "\($0.minimum)–\($0.maximum)" }
      let top = column.top.map { "\($0.value.description) (\($0.count))" }.joined(separator: ", ")
      return [
        .text(column.name), .text(column.type.rawValue), .int(Int64(column.missing)), distinct(column),
        .text(column.minimum?.description ?? ""), .text(column.maximum?.description ?? ""), .text(lengths ?? ""),
        .text(top),
      ]
    }
    return DisplayTable(["column", "type", "missing", "distinct", "min", "max", "length", "most frequent"], rows: rows)
  }

  private static func distinct(_ column: ColumnProfile) -> Cell {
    guard let distinct = column.distinct else { return .missing }
    return distinct.isApproximate ? .text("~\(distinct.count)") : .int(Int64(distinct.count))
  }

  private static func number(_ value: Double?) -> Cell { value.map(Cell.float) ?? .missing }
}
