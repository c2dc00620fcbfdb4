import Kernels

/// A 64-bit number for each of some rows, the same for rows that agree in every one of the columns. Rows that differ agree by chance
/// once in 2⁶⁴ pairs.
public struct RowHashes: Sendable {
  public private(set) var values: [UInt64]

  /// O(rows × columns), in parallel over blocks of rows. Any numbers when cancelled.
  public init(_ columns: [Column], rows: RowList, _ progress: Progress = Progress()) {
    let count = rows.count
    values = [UInt64](repeating: 0, count: count)
    values.withUnsafeMutableBufferPointer { buffer in
      nonisolated(unsafe) let target = buffer
      parallelChunks(of: count, size: 1 << 14) { _, block in
        for column in columns where !progress.isCancelled { column.addHashes(rows, block, into: target) }
      }
    }
  }

  /// Adds the numbers of rows that come next.
  public mutating func append(_ next: RowHashes) { values += next.values }

  /// How many rows have the same number as a row before them; any number when cancelled. O(rows), in parallel.
  public func repeatedCount(_ progress: Progress = Progress()) -> Int { RepeatedKeys.count(values, progress) }
}

extension Column {
  /// Folds the cells of `rows` at the places of `block` into the numbers at those places.
  fileprivate func addHashes(_ rows: RowList, _ block: Range<Int>, into target: UnsafeMutableBufferPointer<UInt64>) {
    let validity = validity
    func fold(_ bits: (Int) -> UInt64) {
      for place in block {
        let row = rows[place]
        let cell = validity?[row] ?? true ? KeyTally.hash(bits(row)) : 0x9E37_79B9
        target[place] = KeyTally.hash(target[place] ^ cell) &+ cell
      }
    }
    switch self {
    case .bool(let cells): fold { cells.values[$0] ? 2 : 1 }
    case .int(let cells), .datetime(let cells): fold { UInt64(bitPattern: cells.values[$0]) }
    case .date(let cells): fold { UInt64(bitPattern: Int64(cells.values[$0])) }
    case .float(let cells): fold { OrderedKey.of(cells.values[$0]) }
    case .text(let cells): fold { cells.hash($0) }
    case .vector(let cells): fold { _ in UInt64(cells.width) }
    }
  }
}

extension TextCells {
  /// FNV-1a over the bytes of a cell.
  fileprivate func hash(_ row: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    switch storage {
    case .plain(let offsets, let bytes): for place in offsets[row]..<offsets[row + 1] { add(bytes[place]) }
    case .dictionary(let codes, let words): for byte in words[Int(codes[row])].utf8 { add(byte) }
    }
    return hash
  }
}
