/// An ensemble made ready for a layout: by masks where its trees are small enough, else by walking. Both give the same bits.
final class TreeScorer: Sendable {
  private let quick: QuickTrees?
  private let packed: PackedTrees?
  private let layout: VectorLayout

  /// Nil for trees that share so many nodes that each on its own would not fit.
  init?(_ ensemble: TreeEnsemble, _ layout: VectorLayout) {
    self.layout = layout
    let branches = TreeBranches(ensemble, layout)
    quick = QuickTrees(branches)
    packed = quick == nil ? PackedTrees(branches) : nil
    guard quick != nil || packed != nil else { return nil }
  }

  /// The memory of one thread for scoring blocks of at most `rows` rows.
  final class Scratch {
    fileprivate let quick: QuickTreeScratch?
    /// Rows of doubles with the codes after them.
    fileprivate let gathered: UnsafeMutablePointer<Double>

    init(_ trees: TreeScorer, rows: Int) {
      quick = trees.quick.map { QuickTreeScratch($0, rows: rows) }
      let places = trees.packed == nil || trees.layout.coded.isEmpty ? 0 : trees.packed?.features ?? 0
      gathered = .allocate(capacity: places * min(rows, TreeScorer.gatheredRows) + 1)
    }

    deinit { gathered.deallocate() }
  }

  fileprivate static let gatheredRows = 64

  /// Adds the trees to each of `rows` rows; `out` has the ensemble's outputs a row.
  func score(_ x: VectorRows, rows: Int, _ scratch: Scratch, into out: UnsafeMutablePointer<Double>) {
    if let quick, let memory = scratch.quick {
      quick.score(x, rows: rows, memory, into: out)
    } else if let packed {
      walk(packed, x, rows, scratch, out)
    }
  }

  private func walk(
    _ packed: PackedTrees, _ x: VectorRows, _ rows: Int, _ scratch: Scratch, _ out: UnsafeMutablePointer<Double>
  ) {
    guard !layout.coded.isEmpty else {
      packed.score(x.dense, rows: rows, into: out)
      return
    }
    let width = packed.features
    for start in stride(from: 0, to: rows, by: Self.gatheredRows) {
      let count = min(Self.gatheredRows, rows - start)
      for row in 0..<count {
        let place = scratch.gathered + row * width
        place.update(from: x.dense + (start + row) * x.stride, count: x.stride)
        for (part, codes) in x.codes.enumerated() { place[x.stride + part] = Double(codes[start + row]) }
      }
      packed.score(scratch.gathered, rows: count, into: out + start * packed.outputs)
    }
  }
}
