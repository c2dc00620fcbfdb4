import CVector
import Kernels
import Plan
import Tables

/// The features of one column as a learner reads them: in blocks of rows, into memory of its own, so that nothing is copied that
/// the learner would lay out anew.
///
/// A number is one place of the feature vector; so is a category's code. A one-hot column has a place for each category and is
/// still one code a row: the place that is 1.
public struct DesignColumn: Sendable {
  public enum Kind: Sendable, Hashable {
    /// One place; missing is not-a-number, unless it was filled.
    case number
    /// One place with codes in 0 ..< count; -1 for a category not seen when the codes were made.
    case category(count: Int)
    /// `count` places, of which at most one is 1.
    case oneHot(count: Int)
  }

  /// The number of a row that has none: `codes` of a category column.
  public static let missingCode: Int32 = -2
  /// The code of a category without one, and of a row of a one-hot column that is 0 throughout.
  public static let unseenCode: Int32 = -1

  enum Cells: Sendable {
    /// Cells of a table's column at some rows: a number passes as the scoring graph takes it, missing as not-a-number.
    case cells(Column, RowList)
    case numbers([Double])
    case codes([Int32])
  }

  /// The table's column that it comes from.
  public let name: String
  public let kind: Kind
  private var cells: Cells
  /// What stands for a missing number; nil keeps it missing.
  public private(set) var fill: Double?
  /// What a number is multiplied by, and what is then added: the scoring graph's affine operator, to the bit.
  public private(set) var scale = 1.0
  public private(set) var offset = 0.0

  /// Numbers of a table's column (bool as 0 and 1, dates as days, moments as seconds) at `rows`, without a copy.
  public init(_ name: String, cells column: Column, rows: RowList) {
    self.name = name
    kind = .number
    cells = .cells(column, rows)
  }

  /// Numbers a row, not-a-number for missing.
  public init(_ name: String, numbers: [Double]) {
    self.name = name
    kind = .number
    cells = .numbers(numbers)
  }

  /// Codes a row, of a category or a one-hot column.
  public init(_ name: String, _ kind: Kind, codes: [Int32]) {
    self.name = name
    self.kind = kind
    cells = .codes(codes)
  }

  /// The column with its missing numbers filled.
  public func filled(with value: Double) -> DesignColumn {
    var copy = self
    copy.fill = value
    return copy
  }

  /// The column with each number as `number * scale + offset`.
  public func mapped(scale: Double, offset: Double) -> DesignColumn {
    var copy = self
    copy.scale = scale
    copy.offset = offset
    return copy
  }

  public var rowCount: Int {
    switch cells {
    case .cells(_, let rows): rows.count
    case .numbers(let values): values.count
    case .codes(let codes): codes.count
    }
  }

  /// Places of the feature vector.
  public var width: Int { if case .oneHot(let count) = kind { count } else { 1 } }

  /// Writes the numbers of the rows at `places` to `target`; of a category its codes as numbers, missing as not-a-number. Not for
  /// one-hot columns. O(places).
  public func read(_ places: Range<Int>, into target: UnsafeMutablePointer<Double>) {
    switch cells {
    case .cells(let column, let rows): column.readNumbers(rows, places, missing: fill ?? .nan, into: target)
    case .numbers(let values):
      values.withUnsafeBufferPointer { source in
        for place in 0..<places.count { target[place] = source[places.lowerBound + place] }
      }
      replaceMissing(target, places.count)
    case .codes(let codes):
      for place in 0..<places.count {
        let code = codes[places.lowerBound + place]
        target[place] = code == Self.missingCode ? fill ?? .nan : Double(code)
      }
    }
    if scale != 1 || offset != 0 {
      let (scale, offset) = (scale, offset)
      for place in 0..<places.count { target[place] = target[place] * scale + offset }
    }
  }

  private func replaceMissing(_ numbers: UnsafeMutablePointer<Double>, _ count: Int) {
    guard let fill else { return }
    for place in 0..<count where numbers[place].isNaN { numbers[place] = fill }
  }

  /// The codes of all rows; nil for a column of numbers.
  public var codes: [Int32]? { if case .codes(let codes) = cells { codes } else { nil } }

  /// The numbers of all rows, as `read` gives them.
  public var numbers: [Double] {
    let count = rowCount
    return [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      if let base = buffer.baseAddress { read(0..<count, into: base) }
      initialized = count
    }
  }

  /// The column at some of its rows, in their order.
  public func take(_ rows: RowList) -> DesignColumn {
    var copy = self
    copy.cells =
      switch cells {
      case .cells(let column, let own): .cells(column, own.at(rows))
      case .numbers(let values): .numbers(rows.gather(values))
      case .codes(let codes): .codes(rows.gather(codes))
      }
    return copy
  }
}

extension Column {
  /// Writes cells as the scoring graph puts them in a vector: numbers, bool as 0 and 1, dates as days, moments as seconds;
  /// `missing` where a cell is missing or no finite number, and for text and vectors.
  func readNumbers(
    _ rows: RowList, _ places: Range<Int>, missing: Double, into target: UnsafeMutablePointer<Double>
  ) {
    switch self {
    // What is no finite number is not zero less itself.
    case .float(let cells): Self.read(cells.values, rows, places, target) { $0 - $0 == 0 ? $0 : missing }
    case .int(let cells): Self.read(cells.values, rows, places, target) { Double($0) }
    case .bool(let cells): Self.read(cells.values, rows, places, target) { $0 ? 1 : 0 }
    case .date(let cells): Self.read(cells.values, rows, places, target) { Double($0) }
    case .datetime(let cells): Self.read(cells.values, rows, places, target) { Double($0) / 1e6 }
    case .text, .vector: target.update(repeating: missing, count: places.count)
    }
    validity?.eachClear(rows, places) { target[$0] = missing }
  }

  /// Rows ahead of what is read.
  private static let ahead = 128

  @inline(__always)
  private static func read<Value>(
    _ values: [Value], _ rows: RowList, _ places: Range<Int>, _ target: UnsafeMutablePointer<Double>,
    _ number: (Value) -> Double
  ) {
    values.withUnsafeBufferPointer { values in
      switch rows.storage {
      case .stretch(let stretch):
        let start = stretch.lowerBound + places.lowerBound
        for place in 0..<places.count { target[place] = number(values[start + place]) }
      case .ids(let ids):
        ids.withUnsafeBufferPointer { ids in
          for place in 0..<places.count {
            let row = Int(ids[places.lowerBound &+ place])
            // Of a table with many columns each is new to the cache, and the processor foresees no page's first lines.
            if place & 7 == 0, let start = values.baseAddress { mlp_prefetch(start + (row &+ ahead)) }
            target[place] = number(values[row])
          }
        }
      }
    }
  }
}
