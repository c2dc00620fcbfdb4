import Tables

/// A value that has a distance from others.
protocol Distant: Comparable, BitwiseCopyable, Sendable {
  associatedtype Distance: Comparable & Sendable
  /// How far it is from one that is not larger.
  func distance(above lower: Self) -> Distance
}

extension Int64: Distant {
  /// Exact over the whole range.
  func distance(above lower: Int64) -> UInt64 { UInt64(bitPattern: self) &- UInt64(bitPattern: lower) }
}

extension Double: Distant {
  func distance(above lower: Double) -> Double { self - lower }
}

/// The cells of a column that has an order.
enum OrderedCells: Sendable {
  /// Whole numbers, days, or microseconds.
  case ints([Int64], Bitmap?)
  case floats([Double], Bitmap?)

  /// nil for a type without an order. `asFloats` where the other table's column is of floats: then ints have to be such.
  init?(_ column: Column, asFloats: Bool) {
    switch column {
    case .int(let cells) where asFloats: self = .floats(cells.values.map(Double.init), cells.validity)
    case .int(let cells), .datetime(let cells): self = .ints(cells.values, cells.validity)
    case .date(let cells): self = .ints(cells.values.map(Int64.init), cells.validity)
    case .float(let cells): self = .floats(cells.values, cells.validity)
    case .bool, .text, .vector: return nil
    }
  }
}

extension Column {
  /// The first of its whole numbers that a float would round.
  var firstLost: Int64? {
    guard case .int(let cells) = self else { return nil }
    return cells.values.first { Int64(exactly: Double($0)) != $0 }
  }
}
