import Notation
import Tables

/// A row of units that stands between the header and the data.
enum UnitsRow {
  private static let longest = 24

  /// Says that the row under the header reads as one: it has nothing but short words, and without it columns would not be text.
  static func note(_ names: [String], _ rest: [SampleRecord]) -> String? {
    guard let row = rest.first, row.cells.count == names.count, rest.count > 2 else { return nil }
    let isOfWords = row.cells.allSatisfy { $0.bytes.isEmpty || ($0.shape == .text && $0.bytes.count <= longest) }
    guard isOfWords else { return nil }
    let others = rest.dropFirst().filter { $0.cells.count == names.count }
    let freed = names.indices.filter { place in
      guard row.cells[place].shape == .text, !MissingWords.common.contains(row.cells[place].trimmed) else {
        return false
      }
      return others.reduce(into: CellShape()) { $0.formUnion($1.cells[place].shape) }.type.map { $0 != .text } ?? false
    }
    if freed.isEmpty { return nil }
    let units = NameList.of(freed.map { "'\(row.cells[$0].trimmed)'" }, most: 3)
    let columns = NameList.of(freed.map { names[$0] }, most: 3) + (freed.count == 1 ? " is" : " are")
    return
      "the row under the header reads as units (\(units)); `units: true` leaves it out, and \(columns) not text then"
  }

  /// Says what the row that is left out tells.
  static func note(_ row: SampleRecord, of names: [String]) -> String? {
    let told = zip(names, row.cells).filter { !$0.1.bytes.isEmpty }.map { "\($0.0) in \($0.1.trimmed)" }
    return told.isEmpty ? nil : "units: \(NameList.of(told, most: 8))"
  }
}
