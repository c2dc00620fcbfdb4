import Display
import Kernels
import Notation
import Plan
import Tables

/// Which columns are missing together.
enum MissingDisplay {
  static let mostPatterns = 20

  /// The patterns as a table; nil where no two columns have missing cells.
  static func table(_ patterns: MissingPatterns, rows: Int) -> DisplayTable? {
    guard patterns.columns.count > 1 else { return nil }
    let found = patterns.patterns
    var table = DisplayTable(
      ["rows", "share", "missing together"], types: [.int, .float, .text],
      rows: found.prefix(mostPatterns).map { pattern in
        let names = pattern.missing.map { patterns.columns[$0] }
        return [
          .int(Int64(pattern.rows)), .float(Double(pattern.rows) / Double(max(1, rows))),
          .text(names.isEmpty ? "nothing" : NameList.of(names)),
        ]
      }, title: "missing patterns")
    table.totalRows = found.count
    table.columns[1].format = .decimals(3)
    table.columns[2].isProse = true
    return table
  }

  /// A field for each pattern and column, 1 where it is missing.
  static func picture(_ patterns: MissingPatterns, title: String) -> Display? {
    guard patterns.columns.count > 1 else { return nil }
    var cells = HeatmapCells(x: "column", y: "rows", value: "missing")
    var seen: Set<String> = []
    for pattern in patterns.patterns.prefix(mostPatterns) {
      var name = "\(pattern.rows)"
      while !seen.insert(name).inserted { name += " " }
      for (place, column) in patterns.columns.enumerated() {
        cells.add(.text(column), .text(name), pattern.missing.contains(place) ? 1 : 0)
      }
    }
    return .plot(cells.plot(title: title, range: [0, 1]))
  }

  /// How far every two columns are missing in the same rows.
  static func together(_ patterns: MissingPatterns) -> Display? {
    let columns = patterns.columns
    guard (2...AssociationDisplay.mostColumns).contains(columns.count) else { return nil }
    var cells = HeatmapCells(x: "across", y: "down", value: "together")
    for (first, one) in columns.enumerated() {
      for (second, other) in columns.enumerated() {
        cells.add(.text(other), .text(one), first == second ? 1 : patterns.together(first, second))
      }
    }
    return .plot(cells.plot(title: "missing in the same rows (correlation)", range: [-1, 1]))
  }
}

extension Rows {
  /// Which of the columns, given with how many cells each misses, are missing together. O(rows + missing cells).
  func missingPatterns(
    _ columns: [(name: String, cells: Int)], _ progress: Progress
  ) throws(EngineError) -> MissingPatterns {
    var found = MissingPatterns(columns)
    guard found.columns.count > 1 else { return found }
    if case .whole = self { try require(rowCount * 8) }
    try fold(Set(found.columns), progress) { chunk throws(EngineError) in
      found.add(chunk)
      return true
    }
    return found
  }

  /// Asks for memory beside these rows. Throws `tooLarge` where there is not so much.
  func require(_ bytes: Int) throws(EngineError) {
    do throws(OutOfMemory) { try Memory.require(bytes) } catch { throw EngineError(error, rows: rowCount) }
  }
}
