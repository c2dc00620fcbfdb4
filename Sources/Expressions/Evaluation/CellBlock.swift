import Tables

/// How a block holds its cells.
package enum CellKind: Sendable, Hashable {
  /// A byte a cell, 0 or 1.
  case bool
  /// 64 bits a cell: ints, days of dates, microseconds of datetimes.
  case int
  case float
  /// A `TextRef` a cell.
  case text

  package init(_ type: ColumnType) {
    switch type {
    case .bool: self = .bool
    case .int, .date, .datetime: self = .int
    case .float, .vector: self = .float
    case .text: self = .text
    }
  }

  var stride: Int {
    switch self {
    case .bool: 1
    case .int, .float: 8
    case .text: MemoryLayout<TextRef>.stride
    }
  }
}

/// A block of cells of one kind with a state a cell; what instructions read and write.
///
/// The memory belongs to whoever made the block.
package struct CellBlock {
  package let values: UnsafeMutableRawPointer
  /// 0 for a value, `missing`, or `failed` for a cell that is missing because a computation had no value. States combine by `|`.
  package let state: UnsafeMutablePointer<UInt8>
  /// Every cell holds a value; `state` is then not to be read.
  package var isClean = true

  package static let missing: UInt8 = 1
  package static let failed: UInt8 = 3

  package init(kind: CellKind, width: Int) {
    let bytes = max(1, width) * kind.stride
    values = .allocate(byteCount: bytes, alignment: 64)
    values.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    if kind == .text { values.initializeMemory(as: TextRef.self, repeating: .empty, count: max(1, width)) }
    state = .allocate(capacity: max(1, width))
    state.initialize(repeating: 0, count: max(1, width))
  }

  package func deallocate() {
    values.deallocate()
    state.deallocate()
  }

  @inline(__always) package var ints: UnsafeMutablePointer<Int64> { values.assumingMemoryBound(to: Int64.self) }
  @inline(__always) package var floats: UnsafeMutablePointer<Double> { values.assumingMemoryBound(to: Double.self) }
  @inline(__always) package var bools: UnsafeMutablePointer<UInt8> { values.assumingMemoryBound(to: UInt8.self) }
  @inline(__always) package var texts: UnsafeMutablePointer<TextRef> { values.assumingMemoryBound(to: TextRef.self) }

  @inline(__always)
  package func isValid(_ row: Int) -> Bool { isClean || state[row] == 0 }

  /// Makes `state` readable, all cells valid, if it was not.
  package mutating func open(_ rows: Int) {
    guard isClean else { return }
    state.update(repeating: 0, count: rows)
    isClean = false
  }

  package mutating func setMissing(_ row: Int, of rows: Int, _ reason: UInt8 = CellBlock.missing) {
    open(rows)
    state[row] |= reason
  }
}
