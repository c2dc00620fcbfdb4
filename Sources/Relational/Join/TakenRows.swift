import Kernels
import Synchronization
import Tables

/// For each row of a result the row of a table that its cells come from.
enum TakenRows: Sendable {
  /// Every row of the table, in order.
  case whole(Int)
  /// A stretch of a list of rows, -1 for none, which may be among them only where there are gaps.
  case list(Room<Int32>, Range<Int>, Gaps? = nil)

  var count: Int {
    switch self {
    case .whole(let count): count
    case .list(_, let range, _): range.count
    }
  }

  /// The same for a stretch of the result.
  func part(_ stretch: Range<Int>) -> TakenRows {
    switch self {
    case .whole(let count):
      if stretch == 0..<count { return self }
      let rows = Room<Int32>(stretch.count)
      for place in 0..<stretch.count { rows.base[place] = Int32(truncatingIfNeeded: stretch.lowerBound + place) }
      return .list(rows, 0..<stretch.count)
    case .list(let rows, let range, let gaps):
      return .list(rows, range.lowerBound + stretch.lowerBound..<range.lowerBound + stretch.upperBound, gaps)
    }
  }
}

/// Where a list of rows has none: found once for all columns that are taken by it.
final class Gaps: Sendable {
  private let known = Mutex<(range: Range<Int>, presence: Bitmap)?>(nil)

  /// Which rows of a stretch are there, as `make` finds it where it is not known.
  func presence(of range: Range<Int>, _ make: () -> Bitmap) -> Bitmap {
    if let known = known.withLock({ $0 }), known.range == range { return known.presence }
    let presence = make()
    known.withLock { $0 = (range, presence) }
    return presence
  }
}

extension Column {
  /// The cells of the rows, missing where there is none; a vector has zeros there. O(rows), in parallel over stretches of them.
  func taking(_ rows: TakenRows) -> Column {
    guard case .list(let list, let range, let gaps) = rows else { return self }
    let gather = Gathering(list, range, gaps)
    switch self {
    case .bool(let cells): return .bool(gather.cells(cells, filler: false))
    case .int(let cells): return .int(gather.cells(cells, filler: 0))
    case .float(let cells): return .float(gather.cells(cells, filler: 0))
    case .date(let cells): return .date(gather.cells(cells, filler: 0))
    case .datetime(let cells): return .datetime(gather.cells(cells, filler: 0))
    case .text(let cells): return .text(gather.texts(cells))
    case .vector(let cells): return .vector(gather.vectors(cells))
    }
  }
}

extension Table {
  /// The same, with the words of columns told apart that `rows` repeat: columns side by side. O(rows of the table).
  func coded(toRepeat rows: TakenRows) -> Table {
    guard case .list = rows else { return self }
    let columns = parallelMap(names.count) { place -> ColumnStatistics? in
      guard let known = statistics(of: names[place]) else { return nil }
      guard case .text(let cells) = known.column, let coded = cells.coded(toRepeat: rows.count) else { return known }
      return ColumnStatistics(.text(coded))
    }
    return Table(names: names, statistics: columns.compactMap(\.self), rowCount: rowCount)
  }
}

extension TextCells {
  /// Words of a column with few rows are not written anew for rows that repeat them: memory that is touched first costs more than
  /// telling the words apart.
  private static let fewRows = 1 << 18

  /// As codes into the words, where the rows that repeat the cells are several times as many as these; nil where they are not, or are such.
  fileprivate func coded(toRepeat rows: Int) -> TextCells? {
    guard case .plain = storage, count <= Self.fewRows, count * 4 <= rows else { return nil }
    let (codes, words) = encoded()
    if words.isEmpty { return nil }
    // The code of a missing cell may be any.
    return TextCells(.dictionary(codes: codes.map { max($0, 0) }, words: words), validity: validity)
  }
}

/// Cells brought together by a list of rows: every cell is written once, by all threads.
private struct Gathering: @unchecked Sendable {
  private let rows: UnsafePointer<Int32>
  private let count: Int
  private let hasGaps: Bool
  private let gaps: Gaps?
  private let range: Range<Int>
  /// Holds what `rows` points at.
  private let list: Room<Int32>

  /// Rows of a stretch; a multiple of the bits of a word.
  private static let chunkSize = 1 << 15

  init(_ list: Room<Int32>, _ range: Range<Int>, _ gaps: Gaps?) {
    rows = UnsafePointer(list.base + range.lowerBound)
    count = range.count
    hasGaps = gaps != nil
    self.gaps = gaps
    self.range = range
    self.list = list
  }

  // MARK: Cells of one size

  func cells<Value: BitwiseCopyable & Sendable & Hashable>(_ cells: Cells<Value>, filler: Value) -> Cells<Value> {
    Cells(values(cells.values, filler: filler), validity: validity(cells.validity))
  }

  private func values<Value: BitwiseCopyable & Sendable>(_ values: [Value], filler: Value) -> [Value] {
    values.withUnsafeBufferPointer { source in
      nonisolated(unsafe) let source = source
      return [Value](unsafeUninitializedCapacity: count) { target, filled in
        HugePages.advise(UnsafeMutableRawBufferPointer(target))
        nonisolated(unsafe) let target = target
        parallelChunks(of: count, size: Self.chunkSize) { _, range in
          copy(source, filler, range, target)
        }
        filled = count
      }
    }
  }

  @inline(__always)
  private func copy<Value: BitwiseCopyable>(
    _ all: UnsafeBufferPointer<Value>, _ filler: Value, _ range: Range<Int>,
    _ target: UnsafeMutableBufferPointer<Value>
  ) {
    guard let source = all.baseAddress, let target = target.baseAddress, !all.isEmpty else {
      for place in range { target.initializeElement(at: place, to: filler) }
      return
    }
    if hasGaps {
      for place in range {
        // Whether there is a row cannot be foretold, so that the first is read where there is none.
        let row = Int(rows[place])
        let value = source[row & ~(row &>> 63)]
        target[place] = row < 0 ? filler : value
      }
    } else {
      for place in range { target[place] = source[Int(rows[place])] }
    }
  }

  /// Which of the rows are there and have a value; nil where all have.
  private func validity(_ own: Bitmap?) -> Bitmap? {
    guard let own else { return presence }
    return own.words.withUnsafeBufferPointer { source in
      nonisolated(unsafe) let source = source
      return bits { row in
        row < 0 ? 0 : source[Int(row) &>> 6] &>> UInt64(truncatingIfNeeded: row & 63) & 1
      }
    }
  }

  /// A bit for each row.
  @inline(__always)
  private func bits(_ bit: @Sendable (Int32) -> UInt64) -> Bitmap {
    let words = [UInt64](unsafeUninitializedCapacity: (count + 63) / 64) { target, filled in
      nonisolated(unsafe) let target = target
      parallelChunks(of: count, size: Self.chunkSize) { _, range in
        for start in stride(from: range.lowerBound, to: range.upperBound, by: 64) {
          var word: UInt64 = 0
          for place in 0..<min(64, count &- start) {
            word |= bit(rows[start &+ place]) &<< UInt64(truncatingIfNeeded: place)
          }
          target.initializeElement(at: start >> 6, to: word)
        }
      }
      filled = (count + 63) / 64
    }
    return Bitmap(words: words, count: count)
  }

  /// Which of the rows are there; nil where all are.
  private var presence: Bitmap? {
    guard let gaps else { return nil }
    return gaps.presence(of: range) { bits { row in row < 0 ? 0 : 1 } }
  }

  // MARK: Texts

  func texts(_ cells: TextCells) -> TextCells {
    let validity = validity(cells.validity)
    switch (cells.coded(toRepeat: count) ?? cells).storage {
    case .dictionary(let codes, let words):
      return TextCells(.dictionary(codes: values(codes, filler: 0), words: words), validity: validity)
    case .plain(let offsets, let bytes): return TextCells(plain(offsets, bytes), validity: validity)
    }
  }

  private func plain(_ offsets: [Int], _ bytes: [UInt8]) -> TextCells.Storage {
    let chunks = (count + Self.chunkSize - 1) / Self.chunkSize
    let sizes = parallelMap(chunks) { chunk in
      offsets.withUnsafeBufferPointer { offsets in
        var size = 0
        for place in chunk * Self.chunkSize..<min(count, (chunk + 1) * Self.chunkSize) {
          let row = Int(rows[place])
          // A row that is none reaches from the start of the first to there.
          size &+= offsets[row &+ 1] &- offsets[row & ~(row &>> 63)]
        }
        return size
      }
    }
    var starts = [0]
    for size in sizes { starts.append(starts[starts.count - 1] + size) }
    let (firsts, all) = (starts, starts[chunks])
    var text: [UInt8] = []
    let ends = [Int](unsafeUninitializedCapacity: count + 1) { ends, filled in
      HugePages.advise(UnsafeMutableRawBufferPointer(ends))
      nonisolated(unsafe) let ends = ends
      ends.initializeElement(at: 0, to: 0)
      text = [UInt8](unsafeUninitializedCapacity: all) { target, filled in
        HugePages.advise(UnsafeMutableRawBufferPointer(target))
        nonisolated(unsafe) let target = target
        parallelChunks(of: count, size: Self.chunkSize) { chunk, range in
          copy(offsets, bytes, range, from: firsts[chunk], target, ends)
        }
        filled = all
      }
      filled = count + 1
    }
    return .plain(offsets: ends, bytes: text)
  }

  @inline(__always)
  private func copy(
    _ offsets: [Int], _ bytes: [UInt8], _ range: Range<Int>, from start: Int,
    _ target: UnsafeMutableBufferPointer<UInt8>, _ ends: UnsafeMutableBufferPointer<Int>
  ) {
    bytes.withUnsafeBufferPointer { bytes in
      offsets.withUnsafeBufferPointer { offsets in
        var at = start
        for place in range {
          let row = Int(rows[place])
          if row >= 0 {
            let (first, length) = (offsets[row], offsets[row &+ 1] &- offsets[row])
            if length > 0, let from = bytes.baseAddress, let to = target.baseAddress {
              (to + at).update(from: from + first, count: length)
            }
            at &+= length
          }
          ends[place &+ 1] = at
        }
      }
    }
  }

  // MARK: Vectors

  func vectors(_ cells: VectorCells) -> VectorCells {
    switch cells.storage {
    case .codes(let codes): return VectorCells(names: cells.names, codes: values(codes, filler: -1))
    case .dense(let numbers):
      var taken: [Double] = []
      taken.reserveCapacity(count * cells.width)
      let zeros = [Double](repeating: 0, count: cells.width)
      for place in 0..<count {
        let row = Int(rows[place])
        taken.append(contentsOf: row < 0 ? zeros[...] : numbers[row * cells.width..<(row + 1) * cells.width])
      }
      return VectorCells(names: cells.names, values: taken, count: count)
    }
  }
}
