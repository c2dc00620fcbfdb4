import Kernels
import Plan
import Tables

/// Rows put in order by keys one after the other, the last key first, each pass leaving equal rows as they stand: a radix sort (Knuth
/// 5.2.5) that looks only at the digits in which keys differ.
struct StableOrder {
  private struct Entry {
    var key: UInt64
    var row: Int32
  }

  private static let digitBits: UInt64 = 11

  /// The rows in order so far.
  private(set) var rows: [Int32]

  init(rowCount: Int, _ progress: Progress) throws(Cancelled) {
    try progress.require(rowCount * (4 + 2 * MemoryLayout<Entry>.stride))
    rows = (0..<rowCount).map { Int32(truncatingIfNeeded: $0) }
  }

  /// Puts the rows in the order of the key: missing comes last, up or down.
  mutating func sort(by key: OrderKey, _ progress: Progress) throws(Cancelled) {
    try sort(keys: key.numbers, progress)
    guard let validity = key.validity else { return }
    let there = rows.filter { validity[Int($0)] }
    rows = there + rows.filter { !validity[Int($0)] }
    try progress.checkpoint()
  }

  /// Puts the rows in the order of a number for each of them.
  mutating func sort(keys: [UInt64], _ progress: Progress) throws(Cancelled) {
    var (low, high, before, isSorted) = (UInt64.max, UInt64.min, UInt64.min, true)
    var entries = [Entry](unsafeUninitializedCapacity: rows.count) { buffer, count in
      for (place, row) in rows.enumerated() {
        let key = keys[Int(row)]
        isSorted = isSorted && before <= key
        (low, high, before) = (min(low, key), max(high, key), key)
        buffer.initializeElement(at: place, to: Entry(key: key, row: row))
      }
      count = rows.count
    }
    if isSorted { return }
    let bits = 64 - (high - low).leadingZeroBitCount
    var other = entries
    for shift in stride(from: UInt64(0), to: UInt64(bits), by: Int(Self.digitBits)) {
      try progress.checkpoint()
      Self.scatter(entries, to: &other, low, shift)
      swap(&entries, &other)
    }
    rows = entries.map(\.row)
  }

  private static func scatter(_ entries: [Entry], to other: inout [Entry], _ low: UInt64, _ shift: UInt64) {
    let mask = (UInt64(1) << digitBits) - 1
    var places = [Int](repeating: 0, count: 1 << Int(digitBits))
    places.withUnsafeMutableBufferPointer { places in
      entries.withUnsafeBufferPointer { entries in
        other.withUnsafeMutableBufferPointer { other in
          for entry in entries { places[Int(truncatingIfNeeded: (entry.key &- low) &>> shift & mask)] &+= 1 }
          var before = 0
          for digit in places.indices { (places[digit], before) = (before, before &+ places[digit]) }
          for entry in entries {
            let digit = Int(truncatingIfNeeded: (entry.key &- low) &>> shift & mask)
            other[places[digit]] = entry
            places[digit] &+= 1
          }
        }
      }
    }
  }
}

/// A column that rows are put in order by, as numbers that rise with its cells.
struct OrderKey {
  let numbers: [UInt64]
  let validity: Bitmap?

  init(_ column: Column, isDescending: Bool) {
    let rising = Self.rising(column)
    numbers = isDescending ? rising.map { ~$0 } : rising
    validity = column.validity
  }

  /// Whether two rows are equal in it.
  func areEqual(_ left: Int, _ right: Int) -> Bool {
    guard let validity else { return numbers[left] == numbers[right] }
    return validity[left] == validity[right] && (!validity[left] || numbers[left] == numbers[right])
  }

  private static func rising(_ column: Column) -> [UInt64] {
    switch column {
    case .int(let cells), .datetime(let cells): cells.values.map { UInt64(bitPattern: $0) ^ 1 << 63 }
    case .date(let cells): cells.values.map { UInt64(bitPattern: Int64($0)) ^ 1 << 63 }
    case .bool(let cells): cells.values.map { $0 ? 1 : 0 }
    case .float(let cells):
      cells.values.map { value in
        // Minus zero is zero.
        let bits = Int64(bitPattern: (value + 0).bitPattern)
        return UInt64(bitPattern: bits ^ (bits >> 63 | .min))
      }
    // In the order of their bytes, which is that of code points.
    case .text: CategoryCodes(column).codes.map { UInt64(bitPattern: Int64($0)) &+ 1 }
    case .vector(let cells): [UInt64](repeating: 0, count: cells.count)
    }
  }
}
