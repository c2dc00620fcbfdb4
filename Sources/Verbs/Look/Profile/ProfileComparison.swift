import Display
import Kernels
import Notation
import Plan
import Tables

/// Two tables held against each other, column by column.
struct ProfileComparison {
  private struct Row {
    let one: ColumnProfile
    let other: ColumnProfile
    let distance: Double?
    let measure: String
  }

  /// From this distance on a column is said to differ.
  private static let far = 0.1

  private let names: (one: String, other: String)
  private let counts: (one: Int, other: Int)
  private var rows: [Row] = []
  private var alone: (one: [String], other: [String]) = ([], [])

  init(
    _ one: LookedRows, _ figures: ProfileFigures, against other: LookedRows, _ request: ProfileFigures.Request,
    _ progress: Progress
  ) throws(EngineError) {
    names = (one.name, one.name == other.name ? "\(other.name), other" : other.name)
    counts = (one.rows.rowCount, other.rows.rowCount)
    let known = Set(other.rows.columns.map(\.field.name))
    let shared = figures.columns.filter { known.contains($0.name) }
    let theirs = try other.rows.profile(
      of: shared.map(\.name), top: request.top, depth: .brief, progress)
    for (mine, their) in zip(shared, theirs) {
      let found = try Self.distance(mine.name, one.rows, other.rows, progress)
      rows.append(Row(one: mine, other: their, distance: found.value, measure: found.measure))
    }
    let own = Set(figures.columns.map(\.name))
    alone.one = figures.columns.map(\.name).filter { !known.contains($0) }
    alone.other = request.columns == nil ? other.rows.columns.map(\.field.name).filter { !own.contains($0) } : []
  }

  /// One column of each at a time is in memory.
  private static func distance(
    _ name: String, _ one: Rows, _ other: Rows, _ progress: Progress
  ) throws(EngineError) -> (value: Double?, measure: String) {
    try one.require((one.rowCount + other.rowCount) * 16)
    guard let mine = try one.table([name], progress)[name], let theirs = try other.table([name], progress)[name] else {
      return (nil, "")
    }
    if let value = SampleDistance.kolmogorovSmirnov(mine, theirs) { return (value, "Kolmogorov–Smirnov") }
    if let value = SampleDistance.totalVariation(mine, theirs) { return (value, "total variation") }
    return (nil, mine.type == theirs.type ? "" : "another type")
  }

  var displays: [Display] {
    let facts = Display.facts([
      Fact("tables", "\(names.one) against \(names.other)"), Fact("rows", "\(counts.one) against \(counts.other)"),
      Fact("columns of both", rows.count),
    ])
    let notes = [(alone.one, names.one), (alone.other, names.other)].filter { !$0.0.isEmpty }.map {
      Note("only in \($0.1): \(NameList.of($0.0))")
    }
    let far = rows.filter { ($0.distance ?? 0) >= Self.far }.map(\.one.name)
    let warning = far.isEmpty ? [] : [Note(.warning, "values differ by \(Self.far) or more: \(NameList.of(far))")]
    return [facts] + (rows.isEmpty ? [] : [.table(table)])
      + (notes.isEmpty && warning.isEmpty ? [] : [.notes(warning + notes)])
  }

  private var table: DisplayTable {
    func share(_ column: ColumnProfile) -> Cell { .float(Double(column.missing) / Double(max(1, column.count))) }
    func middle(_ column: ColumnProfile) -> Cell {
      column.numbers.map { .float($0.median) } ?? column.top.first?.value ?? .missing
    }
    var table = DisplayTable(
      [
        "column", "type", "distance", "by", "missing", "missing there", "distinct", "distinct there", "middle",
        "middle there",
      ],
      rows: rows.map { row in
        [
          .text(row.one.name),
          .text(row.one.type == row.other.type ? row.one.type.rawValue : "\(row.one.type) / \(row.other.type)"),
          row.distance.map(Cell.float) ?? .missing, .text(row.measure), share(row.one), share(row.other),
          ProfileDisplay.distinct(row.one), ProfileDisplay.distinct(row.other), middle(row.one), middle(row.other),
        ]
      }, title: "\(names.one) against \(names.other)")
    for (place, rank) in [0, 3, 0, 4, 1, 1, 2, 2, 0, 0].enumerated() { table.columns[place].rank = rank }
    for place in [2, 4, 5] { table.columns[place].format = .decimals(3) }
    for place in [1, 3] { table.columns[place].isProse = true }
    return table
  }
}
