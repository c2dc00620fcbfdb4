import Kernels
import Tables

/// A number, or a few, for each group, to be changed in place by one thread at a time.
final class GroupCells<Value: BitwiseCopyable & Sendable>: @unchecked Sendable {
  private(set) var base: UnsafeMutablePointer<Value>
  private(set) var count = 0
  private var capacity: Int
  private let initial: Value

  init(_ initial: Value) {
    self.initial = initial
    capacity = 64
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var byteCount: Int { capacity * MemoryLayout<Value>.stride }

  /// Makes room for more groups, whose cells are the initial value.
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) {
    guard groups > count else { return }
    if groups > capacity {
      let wanted = max(groups, 2 * capacity)
      try progress.require(wanted * MemoryLayout<Value>.stride)
      let larger = UnsafeMutablePointer<Value>.allocate(capacity: wanted)
      larger.moveInitialize(from: base, count: count)
      base.deallocate()
      (base, capacity) = (larger, wanted)
    }
    (base + count).initialize(repeating: initial, count: groups - count)
    count = groups
  }

  subscript(_ group: Int) -> Value { base[group] }
}

/// What is gathered of each group for one statistic or several: rows are added in their order, so that what comes of a group does not
/// depend on how its rows were cut, nor on the number of threads.
protocol GroupState: AnyObject, Sendable {
  /// About how many bytes it holds.
  var byteCount: Int { get }
  /// Makes room for so many groups.
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled)
  /// Adds the rows of a chunk; each is of the group at its place, and `columns` has all that statistics are of.
  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) throws(Cancelled)
  /// Says that all rows were added; true where it has to see all of them once more.
  func endPass() -> Bool
}

extension GroupState {
  func endPass() -> Bool { false }
}

/// The rows of a chunk one after the other, each with its group.
enum GroupLoop {
  private static let blockRows = 1 << 16

  /// `body` is given the group, the cell (some filler where it is missing) and 1 where the cell holds a value, else 0.
  @inline(__always)
  static func each<Value>(
    _ cells: Cells<Value>, _ groups: [Int32], _ progress: Progress, _ body: (Int, Value, UInt64) -> Void
  ) {
    cells.values.withUnsafeBufferPointer { values in
      groups.withUnsafeBufferPointer { groups in
        blocks(groups.count, progress) { block in
          guard let validity = cells.validity else {
            for row in block { body(Int(groups[row]), values[row], 1) }
            return
          }
          validity.words.withUnsafeBufferPointer { words in
            for row in block { body(Int(groups[row]), values[row], words[row &>> 6] &>> UInt64(row & 63) & 1) }
          }
        }
      }
    }
  }

  /// The same of a column's validity alone.
  @inline(__always)
  static func each(
    validity: Bitmap?, _ groups: [Int32], _ progress: Progress, _ body: (Int, UInt64) -> Void
  ) {
    groups.withUnsafeBufferPointer { groups in
      blocks(groups.count, progress) { block in
        guard let validity else {
          for row in block { body(Int(groups[row]), 1) }
          return
        }
        validity.words.withUnsafeBufferPointer { words in
          for row in block { body(Int(groups[row]), words[row &>> 6] &>> UInt64(row & 63) & 1) }
        }
      }
    }
  }

  @inline(__always)
  private static func blocks(_ rows: Int, _ progress: Progress, _ body: (Range<Int>) -> Void) {
    var start = 0
    while start < rows, !progress.isCancelled {
      let end = min(rows, start + blockRows)
      body(start..<end)
      start = end
    }
  }
}
