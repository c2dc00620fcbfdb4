import Expressions
import Kernels
import Tables

/// The different texts that rows are compared by: those of several columns one behind the other, folded, beside what has to be equal.
struct NearTexts {
  /// Stands between the texts of two columns; no folded text has it.
  static let separator: UInt32 = 0

  private struct Key: Hashable {
    let bucket: Int32
    let text: [UInt32]
  }

  /// For each row the place of its text; nil for one that is not compared.
  private(set) var places: [Int?] = []
  /// For each text, in the order of the rows: the first row that has it, its letters with separators, and which values it stands beside.
  private(set) var firstRow: [Int] = []
  private(set) var letters: [[UInt32]] = []
  private(set) var buckets: [Int32] = []
  let separators: Int

  /// Throws `unknownColumn`, `wrongType`, `tooLarge` or `interrupted`.
  init(
    of near: [String], beside exact: [String], in table: Table, _ progress: Progress
  ) throws(EngineError) {
    separators = max(0, near.count - 1)
    var folded: [TextCells] = []
    for name in near {
      guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
      guard column.type == .text, case .text(let cells) = try Self.fold(name, column, progress) else {
        throw EngineError(.column(.wrongType(name, column.type, for: .cleaning("dedupe near:"))))
      }
      folded.append(cells)
    }
    do throws(OutOfMemory) {
      // A letter is four bytes, and stands in a list and in a table of those known.
      try Memory.require(table.rowCount * 64 + table.select(near).byteCount * 8)
    } catch {
      throw EngineError(error, rows: table.rowCount)
    }
    let beside = exact.compactMap { table.statistics(of: $0)?.codes.codes }
    var known: [Key: Int] = [:]
    var values: [[Int32]: Int32] = [:]
    places.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      if row & 0x3FF == 0 { try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() } }
      let text = Self.joined(folded, row)
      guard text.contains(where: { $0 != Self.separator }) else {
        places.append(nil)
        continue
      }
      let value = beside.map { $0[row] }
      let bucket = values[value] ?? Int32(truncatingIfNeeded: values.count)
      values[value] = bucket
      let key = Key(bucket: bucket, text: text)
      let place = known[key] ?? letters.count
      if place == letters.count {
        known[key] = place
        firstRow.append(row)
        letters.append(text)
        buckets.append(bucket)
      }
      places.append(place)
    }
  }

  private static func fold(_ name: String, _ column: Column, _ progress: Progress) throws(EngineError) -> Column {
    let folded = Expression.call(.fold, [.column(name, .text)])
    return try folded.column(over: Table([(name, column)]), progress)
  }

  private static func joined(_ folded: [TextCells], _ row: Int) -> [UInt32] {
    var letters: [UInt32] = []
    for (place, cells) in folded.enumerated() {
      if place > 0 { letters.append(separator) }
      if let text = cells[row] { letters.append(contentsOf: text.unicodeScalars.lazy.map(\.value)) }
    }
    return letters
  }
}
