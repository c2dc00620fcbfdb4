/// 64-bit keys whose order as unsigned numbers is the order of a column's values, so that counting, ranking and
/// finding extremes are one piece of code for all types of eight bytes or less.
enum OrderedKey: Sendable {
  case int, float, date, datetime

  @inline(__always)
  static func of(_ value: Int64) -> UInt64 { UInt64(bitPattern: value) ^ (1 << 63) }

  /// Minus zero has the key of zero.
  @inline(__always)
  static func of(_ value: Double) -> UInt64 {
    let bits = Int64(bitPattern: (value + 0).bitPattern)
    return UInt64(bitPattern: bits ^ (bits &>> 63 | .min))
  }

  static func int(_ key: UInt64) -> Int64 { Int64(bitPattern: key ^ (1 << 63)) }

  @inline(__always)
  static func float(_ key: UInt64) -> Double { Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key) }

  @inline(__always)
  func number(_ key: UInt64) -> Double { self == .float ? Self.float(key) : Double(Self.int(key)) }

  func cell(_ key: UInt64) -> Cell {
    switch self {
    case .int: .int(Self.int(key))
    case .float: .float(Self.float(key))
    case .date: .date(Int32(truncatingIfNeeded: Self.int(key)))
    case .datetime: .datetime(Self.int(key))
    }
  }

  /// nil for types without an order of this kind.
  init?(_ type: ColumnType) {
    switch type {
    case .int: self = .int
    case .float: self = .float
    case .date: self = .date
    case .datetime: self = .datetime
    case .bool, .text, .vector: return nil
    }
  }

  /// The key of one cell; nil where it holds no value.
  func key(_ column: Column, _ row: Int) -> UInt64? {
    guard column.isValid(row) else { return nil }
    switch column {
    case .int(let cells), .datetime(let cells): return Self.of(cells.values[row])
    case .date(let cells): return Self.of(Int64(cells.values[row]))
    case .float(let cells): return cells.values[row].isNaN ? nil : Self.of(cells.values[row])
    case .bool, .text, .vector: return nil
    }
  }

  /// The cells of a few rows that hold a value: their keys, and of ints and floats their numbers.
  struct Block: ~Copyable {
    static let rows = 1 << 12
    private let keyMemory = UnsafeMutablePointer<UInt64>.allocate(capacity: Block.rows)
    private let numberMemory = UnsafeMutablePointer<Double>.allocate(capacity: Block.rows)
    private var count = 0
    private var hasNumbers = false

    deinit {
      keyMemory.deallocate()
      numberMemory.deallocate()
    }

    var keys: UnsafeBufferPointer<UInt64> { UnsafeBufferPointer(start: keyMemory, count: count) }
    var numbers: UnsafeBufferPointer<Double> { UnsafeBufferPointer(start: numberMemory, count: hasNumbers ? count : 0) }

    /// Reads at most `Block.rows` rows.
    mutating func read(_ column: Column, _ rows: Range<Int>) {
      count = 0
      switch column {
      case .float(let cells): read(cells, rows, { OrderedKey.of($0) }) { $0 }
      case .int(let cells): read(cells, rows, { OrderedKey.of($0) }) { Double($0) }
      case .datetime(let cells): read(cells, rows, { OrderedKey.of($0) })
      case .date(let cells): read(cells, rows, { OrderedKey.of(Int64($0)) })
      case .bool, .text, .vector: break
      }
    }

    @inline(__always)
    private mutating func read<Value>(
      _ cells: Cells<Value>, _ rows: Range<Int>, _ key: (Value) -> UInt64, _ number: ((Value) -> Double)? = nil
    ) {
      hasNumbers = number != nil
      var kept = 0
      cells.values.withUnsafeBufferPointer { values in
        guard cells.validity != nil || number != nil else {
          for row in rows { keyMemory[row &- rows.lowerBound] = key(values[row]) }
          kept = rows.count
          return
        }
        kept = Self.pack(values, rows, cells.validity, keyMemory, numberMemory, key, number)
      }
      count = kept
    }

    /// Moves the cells with a value to the front, without a branch; gives how many there are.
    @inline(__always)
    private static func pack<Value>(
      _ values: UnsafeBufferPointer<Value>, _ rows: Range<Int>, _ validity: Bitmap?,
      _ keys: UnsafeMutablePointer<UInt64>, _ numbers: UnsafeMutablePointer<Double>, _ key: (Value) -> UInt64,
      _ number: ((Value) -> Double)?
    ) -> Int {
      var kept = 0
      guard let validity else {
        for row in rows {
          let value = number.map { $0(values[row]) } ?? 0
          keys[kept] = key(values[row])
          numbers[kept] = value
          kept &+= value == value ? 1 : 0
        }
        return kept
      }
      validity.words.withUnsafeBufferPointer { words in
        for row in rows {
          let value = number.map { $0(values[row]) } ?? 0
          keys[kept] = key(values[row])
          numbers[kept] = value
          kept &+= Int(truncatingIfNeeded: words[row &>> 6] &>> UInt64(row & 63) & 1) & (value == value ? 1 : 0)
        }
      }
      return kept
    }
  }
}
