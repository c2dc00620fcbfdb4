import Kernels
import Tables

/// Gathers blocks of cells into a column. Tasks may write at once, each its own rows; a task's rows start at a multiple of 64.
package final class ColumnWriter: @unchecked Sendable {
  private let type: ColumnType
  private let rowCount: Int
  private let block: CellBlock
  private let valid: UnsafeMutableBufferPointer<UInt64>
  private let failed: UnsafeMutableBufferPointer<UInt64>
  private let pieces: UnsafeMutableBufferPointer<Piece>

  private struct Piece {
    var lengths: [Int] = []
    var bytes: [UInt8] = []
  }

  /// For the output of `tasks` tasks, whose texts are joined in the order of the tasks. Throws where its cells would not fit.
  package init(_ type: ColumnType, rowCount: Int, tasks: Int) throws(OutOfMemory) {
    try Memory.requireWorking(rowCount * (type == .text ? 16 : 8))
    self.type = type
    self.rowCount = rowCount
    block = CellBlock(kind: CellKind(type), width: type == .text ? 1 : rowCount)
    let words = (rowCount + 63) / 64
    valid = .allocate(capacity: words)
    failed = .allocate(capacity: words)
    valid.initialize(repeating: 0)
    failed.initialize(repeating: 0)
    pieces = .allocate(capacity: type == .text ? tasks : 0)
    pieces.initialize(repeating: Piece())
  }

  deinit {
    block.deallocate()
    valid.deallocate()
    failed.deallocate()
    pieces.deinitialize()
    pieces.deallocate()
  }

  /// Copies the first `count` cells of a block to the rows from `start`. A task writes its rows in order. Throws where the texts would
  /// not fit.
  package func write(_ source: CellBlock, count: Int, at start: Int, task: Int) throws(OutOfMemory) {
    switch CellKind(type) {
    case .bool: (block.bools + start).update(from: source.bools, count: count)
    case .int: (block.ints + start).update(from: source.ints, count: count)
    case .float: (block.floats + start).update(from: source.floats, count: count)
    case .text: try writeTexts(source, count, task)
    }
    if source.isClean { markClean(start, count) } else { writeState(source, count, start) }
  }

  private func markClean(_ start: Int, _ count: Int) {
    var row = start
    while row < start + count {
      let whole = row & 63 == 0 && row + 64 <= start + count
      if whole { valid[row >> 6] = .max } else { valid[row >> 6] |= 1 << UInt64(row & 63) }
      row += whole ? 64 : 1
    }
  }

  private func writeState(_ source: CellBlock, _ count: Int, _ start: Int) {
    for i in 0..<count {
      let row = start + i
      let bit: UInt64 = 1 << UInt64(row & 63)
      if source.state[i] == 0 { valid[row >> 6] |= bit } else { clear(row) }
      if source.state[i] & 2 != 0 { failed[row >> 6] |= bit }
    }
  }

  /// A missing cell holds a zero, so that equal columns have equal bytes.
  private func clear(_ row: Int) {
    switch CellKind(type) {
    case .bool: block.bools[row] = 0
    case .int: block.ints[row] = 0
    case .float: block.floats[row] = 0
    case .text: break
    }
  }

  private func writeTexts(_ source: CellBlock, _ count: Int, _ task: Int) throws(OutOfMemory) {
    try makeRoom(for: (0..<count).reduce(0) { $0 + (source.isValid($1) ? source.texts[$1].count : 0) }, task)
    for i in 0..<count {
      let text = source.isValid(i) ? source.texts[i] : .empty
      pieces[task].lengths.append(text.count)
      pieces[task].bytes.append(contentsOf: text.bytes)
    }
  }

  private func makeRoom(for bytes: Int, _ task: Int) throws(OutOfMemory) {
    let needed = pieces[task].bytes.count + bytes
    let capacity = pieces[task].bytes.capacity
    guard needed > capacity else { return }
    let wanted = max(needed, 2 * capacity)
    try Memory.requireWorking(wanted)
    pieces[task].bytes.reserveCapacity(wanted)
  }

  /// The column, when all rows were written. Throws where it would not fit beside what it is made of.
  package func column() throws(OutOfMemory) -> Column {
    let validity = Bitmap(words: Array(valid), count: rowCount)
    switch type {
    case .bool: return .bool(Cells((0..<rowCount).map { block.bools[$0] != 0 }, validity: validity))
    case .int: return .int(Cells(array(block.ints), validity: validity))
    case .datetime: return .datetime(Cells(array(block.ints), validity: validity))
    case .date: return .date(Cells((0..<rowCount).map { Int32(clamping: block.ints[$0]) }, validity: validity))
    case .float, .vector: return .float(Cells(array(block.floats), validity: validity))
    case .text: return .text(TextCells(try texts(), validity: validity))
    }
  }

  /// A bit for each cell that is missing because a computation had no value.
  package var failures: [UInt64] { Array(failed) }

  private func array<Value>(_ values: UnsafeMutablePointer<Value>) -> [Value] {
    Array(UnsafeBufferPointer(start: values, count: rowCount))
  }

  private func texts() throws(OutOfMemory) -> TextCells.Storage {
    let size = pieces.reduce(0) { $0 + $1.bytes.count }
    try Memory.requireWorking(size + rowCount * 8)
    var offsets = [0]
    offsets.reserveCapacity(rowCount + 1)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size)
    for place in pieces.indices {
      var end = bytes.count
      for length in pieces[place].lengths {
        end += length
        offsets.append(end)
      }
      bytes.append(contentsOf: pieces[place].bytes)
      pieces[place] = Piece()
    }
    return .plain(offsets: offsets, bytes: bytes)
  }
}
