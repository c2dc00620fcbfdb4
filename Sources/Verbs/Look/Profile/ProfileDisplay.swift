import Display
import Tables

import enum Language.SyntaxPrinter

/// A table's profile as it is shown: numbers, dates and texts each with what says most of them.
enum ProfileDisplay {
  /// Of the pairs with a label so many fit a screenful.
  private static let mostRelations = 10

  /// Of what is known of a column's frequent values a line has so many.
  private static let mostValues = 5

  /// A screenful.
  static func displays(
    _ figures: ProfileFigures, name: String, most: Int = .max, allAlerts: Bool = false
  ) -> [Display] {
    let columns = figures.columns
    let numbers = columns.filter { $0.numbers != nil }
    let others = columns.filter { $0.numbers == nil }
    let missing = columns.reduce(0) { $0 + $1.missing }
    var facts = [
      Fact("table", name), Fact("rows", figures.rowCount), Fact("columns", columns.count),
      Fact("missing cells", missing),
    ]
    if let repeated = figures.repeatedRows { facts.append(Fact("repeated rows", repeated)) }
    var displays: [Display] = [.facts(facts)]
    if !numbers.isEmpty { displays.append(.table(table(of: numbers))) }
    if !others.isEmpty { displays.append(.table(table(ofOthers: others, most: most))) }
    let sampled = numbers.filter { $0.numbers?.rankError != nil }
    let notes =
      others.compactMap { column in column.blankTwins.map { Note(.warning, words(of: $0, in: column.name)) } }
      + (sampled.isEmpty ? [] : [Note(words(ofSampled: sampled))]) + figures.notes.map { Note($0) }
    if !notes.isEmpty { displays.append(.notes(notes)) }
    displays += AlertTable.display(figures.alerts, figures, all: allAlerts)
    let relations = figures.relations
    if let label = figures.label, !relations.isEmpty {
      displays.append(.table(AssociationDisplay.relations(relations, to: label, most: mostRelations)))
    }
    return displays
  }

  /// All there is: the screenful, how columns go together and are missing together, and each column. Pictures stand where a page has
  /// room for them.
  static func whole(_ figures: ProfileFigures, name: String, top: Int, isPage: Bool) -> [Display] {
    var displays = self.displays(figures, name: name, most: mostValues, allAlerts: true)
    if let patterns = figures.patterns {
      if isPage, let picture = MissingDisplay.picture(patterns, title: "missing patterns, by rows") {
        displays.append(picture)
      }
      if isPage, let picture = MissingDisplay.together(patterns) { displays.append(picture) }
      if let table = MissingDisplay.table(patterns, rows: figures.rowCount) { displays.append(.table(table)) }
    }
    if figures.isOfAllPairs, let associations = figures.associations, associations.members.count > 1 {
      displays += AssociationDisplay.displays(associations, pictures: isPage)
    }
    return displays + figures.columns.map { ColumnDetails($0, top: top, isFine: isPage).display }
  }

  private static func words(of twins: BlankTwins, in column: String) -> String {
    let shown = twins.examples.map { $0.map { ValueName.quoted($0) }.joined(separator: ", ") }.joined(separator: "; ")
    let more = twins.count - twins.examples.count
    let name = SyntaxPrinter.name(column)
    return "\(ValueName.of(column)): values that differ only by blanks at their ends: \(shown)"
      + (more > 0 ? " and \(more) more" : "") + "; `derive \(name) = trim(\(name))` makes them one"
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
        number(numbers?.standardDeviation), number(numbers?.skewness),
        numbers?.histogram.map { .text(Sparkline.bars($0.counts)) } ?? .missing,
      ]
    }
    // On a narrow screen the middle of the numbers says more than their ends, and these more than the rest.
    var table = ranked(
      [
        ("column", 0), ("type", 4), ("missing", 0), ("distinct", 5), ("min", 2), ("q1", 6), ("median", 0), ("q3", 6),
        ("max", 2), ("mean", 1), ("sd", 3), ("skewness", 8), ("histogram", 7),
      ], rows)
    table.isQuantityByRow = true
    return table
  }

  private static func table(ofOthers columns: [ColumnProfile], most: Int) -> DisplayTable {
    let rows: [[Cell]] = columns.map { column in
      let top = column.top.prefix(most).map { "\($0.value.name) (\($0.count))" }.joined(separator: ", ")
      return [
        .text(column.name), .text(column.type.rawValue), .text(column.semantics?.type.rawValue ?? ""),
        .int(Int64(column.missing)), distinct(column), column.minimum.map { .text($0.description) } ?? .missing,
        column.maximum.map { .text($0.description) } ?? .missing,
        column.lengths.map { .text(range($0.minimum, $0.maximum)) } ?? .missing, .text(top),
      ]
    }
    var table = ranked(
      [
        ("column", 0), ("type", 1), ("about", 4), ("missing", 0), ("distinct", 0), ("min", 3), ("max", 3),
        ("length", 2), ("most frequent", 0),
      ], rows)
    table.columns[2].isProse = true
    // Its values are in quotes one by one.
    table.columns[table.columns.count - 1].isProse = true
    return table
  }

  /// A table of words and figures whose columns are given up by rank.
  private static func ranked(_ columns: [(name: String, rank: Int)], _ rows: [[Cell]]) -> DisplayTable {
    var table = DisplayTable(columns.map(\.name), rows: rows)
    for (place, column) in columns.enumerated() { table.columns[place].rank = column.rank }
    return table
  }

  /// `4` where both ends are the same, else `1–4`.
  private static func range(_ low: Int, _ high: Int) -> String { low == high ? "\(low)" : "\(low)–\(high)" }

  static func distinct(_ column: ColumnProfile) -> Cell {
    guard let distinct = column.distinct else { return .missing }
    return distinct.isApproximate ? .text("~\(distinct.count)") : .int(Int64(distinct.count))
  }

  private static func number(_ value: Double?) -> Cell { value.map(Cell.float) ?? .missing }
}
