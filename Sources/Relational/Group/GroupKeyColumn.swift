import Kernels
import Tables

/// A column of keys as numbers below a bound, one a row, of which 0 stands for a missing cell: equal where the cells are.
///
/// Truths, words of a dictionary and whole numbers that lie close together are their own numbers; other cells are numbered first.
struct GroupKeyColumn: Sendable {
  private enum Source: Sendable {
    case bools(Cells<Bool>)
    case words(codes: [Int32], validity: Bitmap?)
    /// Numbers less the least of them.
    case ints(Cells<Int64>, from: Int64)
    case days(Cells<Int32>, from: Int64)
    /// No column tells rows apart.
    case nothing
  }

  private let source: Source
  /// The numbers are below it.
  let bound: UInt64

  /// Numbers that lie further apart are numbered anew.
  private static let widest: UInt64 = 1 << 32

  init(_ column: Column, _ progress: Progress) throws(Cancelled) {
    switch column {
    case .bool(let cells): (source, bound) = (.bools(cells), 3)
    case .int(let cells), .datetime(let cells):
      if let range = Self.range(cells, { $0 }), range.width <= Self.widest {
        (source, bound) = (.ints(cells, from: range.least), range.width + 2)
      } else {
        (source, bound) = try Self.numbered(cells, progress) { UInt64(bitPattern: $0) }
      }
    case .date(let cells):
      let range = Self.range(cells) { Int64($0) } ?? (0, 0)
      (source, bound) = (.days(cells, from: range.least), range.width + 2)
    case .float(let cells):
      // Minus zero is zero.
      (source, bound) = try Self.numbered(cells, progress) { ($0 + 0).bitPattern }
    case .text(let cells): (source, bound) = try Self.numbered(cells, progress)
    case .vector: (source, bound) = (.nothing, 1)
    }
  }

  // MARK: Numbering

  private static func range<Value>(
    _ cells: Cells<Value>, _ number: @Sendable (Value) -> Int64
  ) -> (least: Int64, width: UInt64)? {
    let stretches = (cells.count + 0xFFFF) >> 16
    let ends = parallelMap(stretches) { stretch -> (Int64, Int64) in
      var (least, greatest) = (Int64.max, Int64.min)
      cells.values.withUnsafeBufferPointer { values in
        for row in stretch << 16..<min(values.count, (stretch + 1) << 16) where cells.isValid(row) {
          let value = number(values[row])
          least = min(least, value)
          greatest = max(greatest, value)
        }
      }
      return (least, greatest)
    }
    let least = ends.reduce(Int64.max) { min($0, $1.0) }
    let greatest = ends.reduce(Int64.min) { max($0, $1.1) }
    if least > greatest { return (0, 0) }
    let (width, overflow) = greatest.subtractingReportingOverflow(least)
    return overflow ? nil : (least, UInt64(width))
  }

  private static func numbered<Value>(
    _ cells: Cells<Value>, _ progress: Progress, _ key: @escaping @Sendable (Value) -> UInt64
  ) throws(Cancelled) -> (Source, UInt64) {
    let dense = try DenseCodes(rows: cells.count, below: nil, progress) { rows, target in
      cells.values.withUnsafeBufferPointer { values in
        for row in rows { target[row &- rows.lowerBound] = key(values[row]) }
      }
    }
    return (.words(codes: dense.codes, validity: cells.validity), UInt64(dense.count) + 1)
  }

  private static func numbered(_ cells: TextCells, _ progress: Progress) throws(Cancelled) -> (Source, UInt64) {
    switch cells.storage {
    case .dictionary(let codes, let words):
      guard let places = duplicates(words) else {
        return (.words(codes: codes, validity: cells.validity), UInt64(words.count) + 1)
      }
      // Which word a missing cell has does not matter.
      let last = places.count - 1
      let renumbered = codes.map { last < 0 ? 0 : places[min(max(0, Int($0)), last)] }
      return (.words(codes: renumbered, validity: cells.validity), UInt64(words.count) + 1)
    case .plain(let offsets, let bytes):
      let dense = try WordCodes.dense(offsets, bytes, progress)
      return (.words(codes: dense.codes, validity: cells.validity), UInt64(dense.count) + 1)
    }
  }

  /// The place of the first of equal words for each; nil where all differ, as they nearly always do.
  private static func duplicates(_ words: [String]) -> [Int32]? {
    var known: [TextBytes: Int32] = [:]
    var places: [Int32] = []
    for (place, word) in words.enumerated() {
      let first = known[TextBytes(word)] ?? Int32(truncatingIfNeeded: place)
      known[TextBytes(word)] = first
      places.append(first)
    }
    return known.count == words.count ? nil : places
  }

  // MARK: Writing

  /// Puts the numbers of some rows behind those that are there, as digits: what is there times the bound, and the number.
  func add(_ rows: Range<Int>, to target: UnsafeMutablePointer<UInt64>) {
    switch source {
    case .bools(let cells): add(cells.values, cells.validity, rows, target) { $0 ? 2 : 1 }
    case .words(let codes, let validity):
      add(codes, validity, rows, target) { UInt64(truncatingIfNeeded: UInt32(bitPattern: $0)) &+ 1 }
    case .ints(let cells, let least):
      add(cells.values, cells.validity, rows, target) { UInt64(bitPattern: $0 &- least) &+ 1 }
    case .days(let cells, let least):
      add(cells.values, cells.validity, rows, target) { UInt64(bitPattern: Int64($0) &- least) &+ 1 }
    case .nothing: break
    }
  }

  @inline(__always)
  private func add<Value>(
    _ values: [Value], _ validity: Bitmap?, _ rows: Range<Int>, _ target: UnsafeMutablePointer<UInt64>,
    _ number: (Value) -> UInt64
  ) {
    let (bound, first) = (bound, rows.lowerBound)
    values.withUnsafeBufferPointer { values in
      guard let validity else {
        for place in 0..<rows.count { target[place] = target[place] &* bound &+ number(values[first &+ place]) }
        return
      }
      validity.words.withUnsafeBufferPointer { words in
        for place in 0..<rows.count {
          let row = first &+ place
          let isThere = words[row &>> 6] &>> UInt64(row & 63) & 1
          // A missing cell holds a filler, whose number is nothing.
          target[place] = target[place] &* bound &+ (isThere == 1 ? number(values[row]) : 0)
        }
      }
    }
  }
}
