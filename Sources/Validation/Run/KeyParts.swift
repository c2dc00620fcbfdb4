import Kernels
import Plan
import Tables

/// Keys of several columns that are looked up in a table of bounded size: where all would be larger, the rows are gone through once for
/// each part of the keys, those whose hash falls into it.
struct KeyParts {
  private(set) var count: Int
  /// About how many bytes a key takes in the table.
  private let each: Int

  /// For so many keys of columns of these types; `size` is how many bytes the table of one part may take.
  init(_ types: [ColumnType], keys: Int, size: Int) {
    each = types.reduce(64) { $0 + $1.cellSize + 24 }
    let (bytes, isPast) = keys.multipliedReportingOverflow(by: each)
    count = isPast ? Int(UInt16.max) : max(1, (bytes + size - 1) / max(1, size))
  }

  /// A quarter of what may be used, and not so little that the rows are read over and over.
  static var usualSize: Int { max(32 << 20, Memory.bound / 4) }

  /// A part is not cut further when its table takes less.
  private static let leastSize = 1 << 20

  /// Cuts parts for so many rows until there is the room for the table of one.
  mutating func fit(rows: Int) throws(EngineError) {
    while true {
      let size = rows / count * each
      do throws(OutOfMemory) { return try Memory.require(size) } catch {
        if size <= Self.leastSize { throw EngineError(error, rows: rows) }
        count *= 2
      }
    }
  }

  /// Whether a key belongs to a part.
  func has(_ key: [Cell], in part: Int) -> Bool {
    count == 1 || Int(bitPattern: UInt(bitPattern: key.hashValue) % UInt(count)) == part
  }
}

extension [Column] {
  /// The cells of a row, in which a fraction that is a whole number is that; nil where one is missing.
  func key(_ row: Int) -> [Cell]? {
    var key: [Cell] = []
    key.reserveCapacity(count)
    for column in self {
      guard column.isValid(row) else { return nil }
      if case .float(let value) = column[row], let whole = Int64(exactly: value) {
        key.append(.int(whole))
      } else {
        key.append(column[row])
      }
    }
    return key
  }
}
