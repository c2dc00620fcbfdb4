import Kernels

/// Rows put in order by keys one after the other, the last key first, each leaving equal rows as they stand: a radix sort (Knuth 5.2.5)
/// that looks only at the digits in which keys differ, several threads at a time.
///
/// A row and 32 bits of its key are one word, so that a sort takes 20 bytes a row beside the column; of wider keys the low half goes
/// first.
public struct RowOrder: Sendable {
  /// The rows in order so far.
  public private(set) var rows: [Int32]

  /// The rows as they stand. Throws where the memory of a sort is not there.
  public init(rowCount: Int, _ progress: Progress) throws(Cancelled) {
    try progress.require(rowCount * 20)
    rows = (0..<rowCount).map { Int32(truncatingIfNeeded: $0) }
  }

  /// Puts the rows in the order of a column's cells: missing comes last, up or down; false before true, text by its bytes, which is the
  /// order of code points. A vector leaves them as they are. O(rows).
  public mutating func sort(by column: Column, isDescending: Bool, _ progress: Progress) throws(Cancelled) {
    let validity = column.missingCount > 0 ? column.validity : nil
    switch column {
    case .int(let cells), .datetime(let cells): try sort(cells.values, validity, isDescending, progress)
    case .date(let cells): try sort(cells.values, validity, isDescending, progress)
    case .float(let cells): try sort(cells.values, validity, isDescending, progress)
    case .bool(let cells): try sort(cells.values, validity, isDescending, progress)
    case .text: try sort(CategoryCodes(column).codes, validity, isDescending, progress)
    case .vector: break
    }
    guard let validity else { return }
    let there = rows.filter { validity[Int($0)] }
    rows = there + rows.filter { !validity[Int($0)] }
    try progress.checkpoint()
  }

  /// Puts the rows in the order of a number for each of them. O(rows).
  public mutating func sort(by numbers: [Int32], _ progress: Progress) throws(Cancelled) {
    try sort(numbers, nil, false, progress)
  }

  // MARK: Keys

  private static let taskRows = 1 << 16

  /// What the keys of some rows are like: all of them, in the order in which the rows stand.
  private struct Span {
    var low = UInt64.max
    var high = UInt64.min
    var first = UInt64.min
    var last = UInt64.min
    var isRising = true
    var isFalling = true
  }

  private mutating func sort<Value: SortedCell>(
    _ values: [Value], _ validity: Bitmap?, _ isDescending: Bool, _ progress: Progress
  ) throws(Cancelled) {
    let span = spanned(values, validity)
    try progress.checkpoint()
    // Missing cells have the key of the least: what stands in them is a filler, and they go last afterwards.
    if validity == nil, isDescending ? span.isFalling : span.isRising { return }
    if span.low >= span.high { return }
    let bits = 64 - (span.high - span.low).leadingZeroBitCount
    var words = [UInt64](repeating: 0, count: rows.count)
    var spare = words
    for shift in stride(from: 0, to: bits, by: 32) {
      pack(values, validity, span, isDescending, UInt64(shift), into: &words)
      for digit in stride(from: 0, to: min(32, bits - shift), by: Self.digitBits) {
        try progress.checkpoint()
        Self.scatter(words, to: &spare, shift: UInt64(32 + digit))
        swap(&words, &spare)
      }
      unpack(words)
    }
  }

  private func spanned<Value: SortedCell>(_ values: [Value], _ validity: Bitmap?) -> Span {
    let (rows, count) = (rows, rows.count)
    let tasks = (count + Self.taskRows - 1) / Self.taskRows
    let spans = parallelMap(tasks) { task -> Span in
      var span = Span()
      var isFirst = true
      values.withUnsafeBufferPointer { values in
        for place in task * Self.taskRows..<min(count, (task + 1) * Self.taskRows) {
          let row = Int(rows[place])
          if let validity, !validity[row] { continue }
          let key = values[row].sortKey
          if isFirst { (span.first, span.last, isFirst) = (key, key, false) }
          span.isRising = span.isRising && span.last <= key
          span.isFalling = span.isFalling && span.last >= key
          (span.low, span.high, span.last) = (min(span.low, key), max(span.high, key), key)
        }
      }
      return span
    }
    guard var whole = spans.first else { return Span() }
    for span in spans.dropFirst() {
      whole.isRising = whole.isRising && span.isRising && whole.last <= span.first
      whole.isFalling = whole.isFalling && span.isFalling && whole.last >= span.first
      (whole.low, whole.high, whole.last) = (min(whole.low, span.low), max(whole.high, span.high), span.last)
    }
    return whole
  }

  /// Puts 32 bits of each row's key, and the row, in a word.
  private func pack<Value: SortedCell>(
    _ values: [Value], _ validity: Bitmap?, _ span: Span, _ isDescending: Bool, _ shift: UInt64,
    into words: inout [UInt64]
  ) {
    let (rows, count) = (rows, rows.count)
    words.withUnsafeMutableBufferPointer { words in
      nonisolated(unsafe) let words = words
      parallelChunks(of: count, size: Self.taskRows) { _, places in
        values.withUnsafeBufferPointer { values in
          for place in places {
            let row = rows[place]
            let isThere = validity?[Int(row)] ?? true
            let key = isThere ? values[Int(row)].sortKey : span.low
            let ahead = isDescending ? span.high &- key : key &- span.low
            words[place] = (ahead &>> shift) << 32 | UInt64(UInt32(bitPattern: row))
          }
        }
      }
    }
  }

  private mutating func unpack(_ words: [UInt64]) {
    let count = words.count
    rows.withUnsafeMutableBufferPointer { rows in
      nonisolated(unsafe) let rows = rows
      parallelChunks(of: count, size: Self.taskRows) { _, places in
        words.withUnsafeBufferPointer { words in
          for place in places { rows[place] = Int32(truncatingIfNeeded: words[place]) }
        }
      }
    }
  }

  // MARK: Digits

  private static let digitBits = 11
  /// Parts that count and move words side by side; each has its own places for every digit.
  private static let mostParts = 8

  /// Moves words to where their digit begins, those of one digit in their order.
  private static func scatter(_ words: [UInt64], to other: inout [UInt64], shift: UInt64) {
    let parts = max(1, min(Threads.count, mostParts, words.count / taskRows))
    let size = (words.count + parts - 1) / parts
    let count = words.count
    let digits = 1 << digitBits
    let mask = UInt64(digits - 1)
    var places = [Int](repeating: 0, count: parts * digits)
    places.withUnsafeMutableBufferPointer { places in
      other.withUnsafeMutableBufferPointer { other in
        nonisolated(unsafe) let places = places
        nonisolated(unsafe) let other = other
        parallelFor(parts) { part in
          let own = UnsafeMutableBufferPointer(rebasing: places[part * digits..<(part + 1) * digits])
          words.withUnsafeBufferPointer { words in
            for place in part * size..<max(part * size, min(count, (part + 1) * size)) {
              own[Int(truncatingIfNeeded: words[place] &>> shift & mask)] &+= 1
            }
          }
        }
        var before = 0
        for digit in 0..<digits {
          for part in 0..<parts {
            let place = part * digits + digit
            (places[place], before) = (before, before &+ places[place])
          }
        }
        parallelFor(parts) { part in
          let own = UnsafeMutableBufferPointer(rebasing: places[part * digits..<(part + 1) * digits])
          words.withUnsafeBufferPointer { words in
            for place in part * size..<max(part * size, min(count, (part + 1) * size)) {
              let digit = Int(truncatingIfNeeded: words[place] &>> shift & mask)
              other[own[digit]] = words[place]
              own[digit] &+= 1
            }
          }
        }
      }
    }
  }
}

/// A cell that is ordered by an unsigned number.
private protocol SortedCell: Sendable {
  var sortKey: UInt64 { get }
}

extension Int64: SortedCell {
  fileprivate var sortKey: UInt64 { OrderedKey.of(self) }
}

extension Int32: SortedCell {
  fileprivate var sortKey: UInt64 { OrderedKey.of(Int64(self)) }
}

extension Double: SortedCell {
  fileprivate var sortKey: UInt64 { OrderedKey.of(self) }
}

extension Bool: SortedCell {
  fileprivate var sortKey: UInt64 { self ? 1 : 0 }
}
