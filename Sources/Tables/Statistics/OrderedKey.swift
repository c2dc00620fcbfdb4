/// 64-bit keys whose order as unsigned numbers is the order of a column's values, so that counting, ranking and
/// finding extremes are one piece of code for all types of eight bytes or less.
enum OrderedKey: Sendable {
  case int, float, date, datetime

  static func of(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }

  /// Minus zero has the key of zero.
  static func of(_ value: Double) -> UInt64 {
    let bits = (value + 0).bitPattern
    return bits >> 63 == 1 ? ~bits : bits | 1 << 63
  }

  static func int(_ key: UInt64) -> Int64 { Int64(bitPattern: key ^ (1 << 63)) }

  static func float(_ key: UInt64) -> Double { Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key) }

  func number(_ key: UInt64) -> Double { self == .float ? Self.float(key) : Double(Self.int(key)) }

  func cell(_ key: UInt64) -> Cell {
    switch self {
    case .int: .int(Self.int(key))
    case .float: .float(Self.float(key))
    case .date: .date(Int32(truncatingIfNeeded: Self.int(key)))
    case .datetime: .datetime(Self.int(key))
    }
  }

  /// The keys of the cells that hold a value; not-a-number counts as none.
  static func keys(_ column: Column) -> (kind: OrderedKey, keys: [UInt64])? {
    switch column {
    case .int(let cells): (.int, valid(cells) { of($0) })
    case .datetime(let cells): (.datetime, valid(cells) { of($0) })
    case .date(let cells): (.date, valid(cells) { of(Int64($0)) })
    case .float(let cells): (.float, valid(cells) { of($0) }.filter { !float($0).isNaN })
    case .bool, .text, .vector: nil
    }
  }

  private static func valid<Value>(_ cells: Cells<Value>, _ key: (Value) -> UInt64) -> [UInt64] {
    guard let validity = cells.validity else { return cells.values.map(key) }
    var keys: [UInt64] = []
    keys.reserveCapacity(validity.onesCount)
    for (word, bits) in validity.words.enumerated() {
      var bits = bits
      while bits != 0 {
        keys.append(key(cells.values[word << 6 + bits.trailingZeroBitCount]))
        bits &= bits &- 1
      }
    }
    return keys
  }
}
