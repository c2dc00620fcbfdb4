import Glibc
import Kernels
import Plan
import Tables

/// How well rows hide among each other: by the quasi-identifiers, which others may know of a person, rows fall into classes that nobody can
/// tell apart.
///
/// k is the size of the smallest class (Samarati and Sweeney 1998), l the fewest different values of a sensitive column in a class
/// (Machanavajjhala et al. 2007, distinct l-diversity), t the largest earth mover's distance between the values of a class and those of all
/// rows (Li et al. 2007), with ordered distance for numbers and times and equal distance for all else. A missing cell is a value of its own.
public struct Anonymity: Sendable, Equatable {
  /// How much of a sensitive column a class gives away.
  public struct Diversity: Sendable, Equatable {
    public let column: String
    public let l: Int
    public let t: Double
  }

  /// 0 where there are no rows.
  public let k: Int
  public let rows: Int
  public let classes: Int
  /// Rows that are a class of their own.
  public let uniques: Int
  public let diversities: [Diversity]

  /// Of a table that has the columns named. O(rows × columns).
  public init(
    of table: Table, quasi: [String], sensitive: [String], _ progress: Progress
  ) throws(EngineError) {
    do throws(OutOfMemory) { try Memory.require(table.rowCount * 8 * (quasi.count + sensitive.count + 4)) } catch {
      throw EngineError(error, rows: table.rowCount)
    }
    var codes: [[Int32]] = []
    for name in quasi { codes.append(try table.categories(of: name, progress).found.codes) }
    var hidden: [SensitiveCodes] = []
    for name in sensitive {
      let (found, type) = try table.categories(of: name, progress)
      hidden.append(SensitiveCodes(name, found, type))
    }
    let rows = ClassedRows(
      RowClasses(rows: table.rowCount, by: codes), weights: [Int](repeating: 1, count: table.rowCount))
    self.init(rows, hidden, in: rows.sizes.map { _ in true })
  }

  /// Of the rows of those classes that are kept.
  init(_ rows: ClassedRows, _ sensitive: [SensitiveCodes], in isKept: [Bool]) {
    let sizes = zip(rows.sizes, isKept).compactMap { $1 ? $0 : nil }
    k = sizes.min() ?? 0
    self.rows = sizes.reduce(0, +)
    classes = sizes.count
    uniques = sizes.count { $0 == 1 }
    diversities = sensitive.map { column in
      let spreads = zip(rows.spreads(of: column, in: isKept, measuringDistance: true), isKept).compactMap {
        $1 ? $0 : nil
      }
      return Diversity(
        column: column.name, l: spreads.map(\.different).min() ?? 0, t: spreads.map(\.distance).max() ?? 0)
    }
  }

  /// The share of a column's entropy that is gone in another that was made of it: 0 for the same values, 1 for one value (Gionis and Tassa
  /// 2009). nil where there was none.
  public static func lost(from before: Column, to after: Column) -> Double? {
    let entropy = entropy(of: before)
    return entropy > 0 ? max(0, 1 - Self.entropy(of: after) / entropy) : nil
  }

  private static func entropy(of column: Column) -> Double {
    entropy(of: CategoryCodes(column).counts + (column.missingCount > 0 ? [column.missingCount] : []))
  }

  /// Of values that so many rows each have, in bits.
  static func entropy(of counts: [Int]) -> Double {
    let rows = counts.reduce(0, +)
    return counts.reduce(0) { sum, count in
      guard count > 0 else { return sum }
      let share = Double(count) / Double(rows)
      return sum - share * log2(share)
    }
  }
}

extension SensitiveCodes {
  init(_ name: String, _ found: CategoryCodes, _ type: ColumnType) {
    self.init(
      name: name, places: found.codes.map { Int($0) + 1 }, count: found.count + 1,
      isOrdered: type.isNumeric || type == .date || type == .datetime)
  }
}

extension Table {
  /// The different values of a column, which is to be among its columns.
  func categories(
    of name: String, _ progress: Progress
  ) throws(EngineError) -> (found: CategoryCodes, type: ColumnType) {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    guard let column = self[name] else { throw EngineError(.column(.unknown(name))) }
    return (CategoryCodes(column), column.type)
  }
}
