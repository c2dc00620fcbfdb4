import CVector

/// The memory of one thread for scoring by masks.
final class QuickTreeScratch {
  /// A tile's bytes, column after column.
  let bytes: UnsafeMutablePointer<Int8>
  let sums: UnsafeMutablePointer<Double>
  let leaves: UnsafeMutablePointer<UInt8>
  let masks: UnsafeMutablePointer<UInt64>

  init(_ trees: QuickTrees, rows: Int) {
    // One row at a time needs no tile.
    let columns = rows < QuickTrees.fewRows ? 0 : trees.columns.count
    let count = max(columns * QuickTrees.tile, trees.columns.count + QuickTrees.group)
    bytes = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 64)
      .initializeMemory(as: Int8.self, repeating: 0, count: count)
    sums = .allocate(capacity: QuickTrees.tile * trees.outputs)
    leaves = UnsafeMutableRawPointer.allocate(byteCount: QuickTrees.group, alignment: 64)
      .bindMemory(to: UInt8.self, capacity: QuickTrees.group)
    masks = .allocate(capacity: max(1, trees.trees.count))
  }

  deinit {
    bytes.deallocate()
    sums.deallocate()
    leaves.deallocate()
    masks.deallocate()
  }
}

extension QuickTrees {
  /// Fewer rows than this are scored one by one.
  static let fewRows = 16

  /// Adds the trees to each of `rows` rows; `out` has `outputs` doubles a row.
  func score(_ x: VectorRows, rows: Int, _ scratch: QuickTreeScratch, into out: UnsafeMutablePointer<Double>) {
    if rows < Self.fewRows {
      for row in 0..<rows { scoreRow(x, row, scratch, into: out + row * outputs) }
      return
    }
    for start in stride(from: 0, to: rows, by: Self.tile) {
      let count = min(Self.tile, rows - start)
      for (place, column) in columns.enumerated() {
        fill(scratch.bytes + place * Self.tile, column, x, start, count)
      }
      for output in 0..<outputs { (scratch.sums + output * Self.tile).update(repeating: base[output], count: count) }
      addTrees(scratch, count)
      for output in 0..<outputs {
        for row in 0..<count { out[(start + row) * outputs + output] = scratch.sums[output * Self.tile + row] }
      }
    }
  }

  private func addTrees(_ scratch: QuickTreeScratch, _ rows: Int) {
    planes.withUnsafeBufferPointer { planes in
      entries.withUnsafeBufferPointer { entries in
        leaves.withUnsafeBufferPointer { leaves in
          guard let leaves = leaves.baseAddress, let planes = planes.baseAddress else { return }
          for tree in trees {
            let sums = scratch.sums + Int(tree.output) * Self.tile
            for start in stride(from: 0, to: rows, by: Self.group) {
              mlp_mask_exits(
                scratch.bytes + start, entries.baseAddress, planes + Int(tree.firstPlane), tree.planes, scratch.leaves)
              let count = min(Self.group, rows - start)
              if hasVectorLeaves {
                addVectors(leaves + Int(tree.firstLeaf), scratch, start, count)
              } else {
                Self.add(leaves + Int(tree.firstLeaf), scratch.leaves, sums + start, count)
              }
            }
          }
        }
      }
    }
  }

  @inline(__always)
  private static func add(
    _ values: UnsafePointer<Double>, _ leaves: UnsafePointer<UInt8>, _ sums: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    for row in 0..<count { sums[row] += values[Int(leaves[row])] }
  }

  private func addVectors(_ first: UnsafePointer<Double>, _ scratch: QuickTreeScratch, _ start: Int, _ count: Int) {
    for row in 0..<count {
      let place = Int(first[Int(scratch.leaves[row])])
      for output in 0..<outputs { scratch.sums[output * Self.tile + start + row] += leafValues[place + output] }
    }
  }

  // MARK: The bytes of a column

  private func fill(_ out: UnsafeMutablePointer<Int8>, _ column: Column, _ x: VectorRows, _ start: Int, _ count: Int) {
    switch column.kind {
    case .rank: ranks(column, x.dense + start * x.stride + column.place, x.stride, count, out)
    case .equal:
      for row in 0..<count { out[row] = Int8(bitPattern: number(column, x.codes[column.place][start + row])) }
    case .member:
      let values = x.dense + start * x.stride + column.place
      for row in 0..<count { out[row] = Int8(side(column, values[row * x.stride]) - 128) }
    }
  }

  /// Ranks less 128.
  @inline(__always)
  func ranks(
    _ column: Column, _ values: UnsafePointer<Double>, _ stride: Int, _ rows: Int, _ out: UnsafeMutablePointer<Int8>
  ) {
    thresholds.withUnsafeBufferPointer { thresholds in
      guard let base = thresholds.baseAddress else { return }
      mlp_ranks(
        values, Int64(stride), Int64(rows), base + column.start, Int32(column.count.nonzeroBitCount),
        Int32(column.missing), out)
    }
  }

  @inline(__always)
  func number(_ column: Column, _ code: Int32) -> UInt8 { code < 0 ? 0 : tables[column.start + Int(code)] }

  /// 1 for a category that goes right.
  @inline(__always)
  func side(_ column: Column, _ value: Double) -> Int {
    if value.isNaN { return column.missing }
    guard value >= 0, value < Double(column.count) else { return 1 }
    let place = Int(value)
    return Double(place) != value ? 1 : Int(tables[column.start + place])
  }
}
