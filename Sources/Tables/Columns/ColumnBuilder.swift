import Kernels

/// Makes one column of columns that are put one after the other.
///
/// All have one type, except that ints may turn into floats, from which on all of the column is float.
public struct ColumnBuilder: Sendable {
  private var type: ColumnType?
  private var bools: [Bool] = []
  private var days: [Int32] = []
  /// Ints, or the microseconds of moments.
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var text = TextBuilder()
  private var vectors: [VectorCells] = []
  private var validity = BitmapBuilder()
  private let expectedRows: Int

  /// `expectedRows` is how many rows to make room for; more may come.
  public init(expectedRows: Int = 0) { self.expectedRows = expectedRows }

  /// Puts the cells of a column behind those that are there. O(rows of the column).
  public mutating func append(_ column: Column) {
    if type == nil { begin(column.type) }
    validity.append(column.validity, count: column.count)
    switch column {
    case .bool(let cells): bools.append(contentsOf: cells.values)
    case .date(let cells): days.append(contentsOf: cells.values)
    case .datetime(let cells): ints.append(contentsOf: cells.values)
    case .int(let cells) where type == .float: floats.append(contentsOf: cells.values.lazy.map(Double.init))
    case .int(let cells): ints.append(contentsOf: cells.values)
    case .float(let cells):
      if type == .int { widen() }
      floats.append(contentsOf: cells.values)
    case .text(let cells): text.append(cells)
    case .vector(let cells): vectors.append(cells)
    }
    precondition(column.type == type || (column.type == .int && type == .float), "parts of a column have one type")
  }

  private mutating func begin(_ first: ColumnType) {
    type = first
    switch first {
    case .bool: bools.makeRoom(expectedRows)
    case .date: days.makeRoom(expectedRows)
    case .int, .datetime: ints.makeRoom(expectedRows)
    case .float: floats.makeRoom(expectedRows)
    case .text: text = TextBuilder(expectedRows: expectedRows)
    case .vector: break
    }
  }

  private mutating func widen() {
    type = .float
    floats.makeRoom(max(expectedRows, ints.count))
    floats.append(contentsOf: ints.lazy.map(Double.init))
    ints = []
  }

  /// The whole column; nil when nothing was put in.
  public mutating func finish() -> Column? {
    let validity = validity.bitmap
    switch type {
    case nil: return nil
    case .bool: return .bool(Cells(bools, validity: validity))
    case .date: return .date(Cells(days, validity: validity))
    case .datetime: return .datetime(Cells(ints, validity: validity))
    case .int: return .int(Cells(ints, validity: validity))
    case .float: return .float(Cells(floats, validity: validity))
    case .text: return .text(TextCells(text.finish(), validity: validity))
    case .vector: return .vector(VectorCells(joining: vectors))
    }
  }
}

extension Array {
  /// Room for `count` elements in large pages.
  mutating func makeRoom(_ count: Int) {
    reserveCapacity(count)
    HugePages.advise(&self)
  }
}
