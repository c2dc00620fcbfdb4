extension QuickTrees {
  /// One row, by the masks of the nodes that send it right, feature by feature.
  func scoreRow(_ x: VectorRows, _ row: Int, _ scratch: QuickTreeScratch, into out: UnsafeMutablePointer<Double>) {
    let bytes = scratch.bytes
    let dense = x.dense + row * x.stride
    // All bytes first, so that their searches do not wait for the masks.
    columns.withUnsafeBufferPointer { columns in
      for (place, column) in columns.enumerated() {
        switch column.kind {
        case .rank: ranks(column, dense + column.place, 0, 1, bytes + place)
        case .equal: bytes[place] = Int8(bitPattern: number(column, x.codes[column.place][row]))
        case .member: bytes[place] = Int8(side(column, dense[column.place]))
        }
      }
    }
    let masks = scratch.masks
    masks.update(repeating: .max, count: trees.count)
    clear(bytes, masks)
    addExits(masks, into: out)
  }

  private func clear(_ bytes: UnsafePointer<Int8>, _ masks: UnsafeMutablePointer<UInt64>) {
    let (all, runs) = (self.masks, self.masks.runs)
    all.keep.withUnsafeBufferPointer { keep in
      all.tree.withUnsafeBufferPointer { tree in
        all.starts.withUnsafeBufferPointer { starts in
          func clear(_ from: Int, _ to: Int) {
            for i in Int(starts[from])..<Int(starts[to]) { masks[Int(tree[i])] &= keep[i] }
          }
          for (place, column) in columns.enumerated() {
            let (above, below) = (Int(runs[2 * place]), Int(runs[2 * place + 1]))
            let byte = Int(UInt8(bitPattern: bytes[place]))
            switch column.kind {
            case .rank:
              clear(above, above + (byte ^ 0x80))
              clear(below + (byte ^ 0x80), 2 * below - above - 1)
            case .equal: if byte > 0 { clear(above + byte - 1, above + byte) }
            case .member: clear(above, above + byte)
            }
          }
        }
      }
    }
  }

  private func addExits(_ masks: UnsafePointer<UInt64>, into out: UnsafeMutablePointer<Double>) {
    for output in 0..<outputs { out[output] = base[output] }
    for (place, tree) in trees.enumerated() {
      let leaf = Int(tree.firstLeaf) + masks[place].trailingZeroBitCount
      if hasVectorLeaves {
        let first = Int(leaves[leaf])
        for output in 0..<outputs { out[output] += leafValues[first + output] }
      } else {
        out[Int(tree.output)] += leaves[leaf]
      }
    }
  }
}
