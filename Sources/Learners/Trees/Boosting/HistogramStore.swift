import Kernels

/// Builds and keeps the histograms of leaves; buffers are used again.
final class HistogramStore: @unchecked Sendable {
  typealias Cells = UnsafeMutablePointer<Int64>
  let design: BinnedDesign
  let scale: GradientScale
  /// Words of one histogram.
  let size: Int
  private var free: [Cells] = []
  private var all: [Cells] = []
  /// Threads sum into buffers of their own; sums of integers do not show how many there were.
  private let workers: Int
  private let partial: [Cells]

  private static let blockRows = 1024
  private static let fewestRowsToShare = 4096

  init(_ design: BinnedDesign, _ scale: GradientScale) {
    self.design = design
    self.scale = scale
    let size = max(1, design.bins.count * HistogramKernels.cells * scale.words)
    self.size = size
    workers = max(1, Threads.count)
    partial = (1..<max(workers, 1)).map { _ in Cells.allocate(capacity: size) }
  }

  deinit { for cells in all + partial { cells.deallocate() } }

  func take() -> Cells {
    if let cells = free.popLast() { return cells }
    let cells = Cells.allocate(capacity: size)
    all.append(cells)
    return cells
  }

  func give(_ cells: Cells) { free.append(cells) }

  /// The histogram of all rows, their gradients being written on the way.
  func root(_ loss: BoostingLoss, output: Int, scale: GradientScale, _ progress: Progress) -> Cells {
    let target = take()
    let blocks = (design.rowCount + Self.blockRows - 1) / Self.blockRows
    let team = min(workers, max(1, blocks / 4))
    nonisolated(unsafe) let cells = [target] + partial.prefix(team - 1)
    parallelFor(team) { worker in
      cells[worker].update(repeating: 0, count: size)
      // Blocks in turn, so that sorted rows weigh on every thread alike.
      for block in stride(from: worker, to: blocks, by: team) {
        if progress.isCancelled { return }
        let rows = block * Self.blockRows..<min(design.rowCount, (block + 1) * Self.blockRows)
        loss.write(rows, output: output, scale, into: design)
        for group in design.groups { add(rows, group, cells[worker]) }
      }
    }
    merge(team, into: target)
    return target
  }

  private func add(_ rows: Range<Int>, _ group: BinnedDesign.Group, _ cells: Cells) {
    let start = cells + group.features.lowerBound * HistogramKernels.cells * scale.words
    if scale.isPacked {
      HistogramKernels.addPacked(
        rows, group.records, stride: group.stride, features: group.features.count, into: start)
    } else {
      HistogramKernels.addWide(
        rows, group.records, stride: group.stride, features: group.features.count, countBits: scale.countBits,
        into: start)
    }
  }

  /// The histogram of the rows listed.
  func leaf(_ rows: UnsafePointer<UInt32>, _ count: Int) -> Cells {
    let target = take()
    let team = count < Self.fewestRowsToShare ? 1 : workers
    nonisolated(unsafe) let cells = [target] + partial.prefix(team - 1)
    nonisolated(unsafe) let rows = rows
    let groups = design.groups.count
    let body: @Sendable (Int) -> Void = { [self] task in
      let (worker, group) = (task / groups, design.groups[task % groups])
      let offset = group.features.lowerBound * HistogramKernels.cells * scale.words
      let start = cells[worker] + offset
      start.update(repeating: 0, count: group.features.count * HistogramKernels.cells * scale.words)
      let from = worker * count / team
      let length = (worker + 1) * count / team - from
      if scale.isPacked {
        HistogramKernels.addPacked(
          rows + from, length, group.records, stride: group.stride, features: group.features.count, into: start)
      } else {
        HistogramKernels.addWide(
          rows + from, length, group.records, stride: group.stride, features: group.features.count,
          countBits: scale.countBits, into: start)
      }
    }
    // A small leaf is done before a thread would have woken.
    if team * groups > 1, count * design.bins.count > 30_000 {
      parallelFor(team * groups, body)
    } else {
      for task in 0..<team * groups { body(task) }
    }
    merge(team, into: target)
    return target
  }

  private func merge(_ team: Int, into target: Cells) {
    for worker in 1..<max(team, 1) { Self.combine(partial[worker - 1], into: target, size) { $0 &+ $1 } }
  }

  /// What is left of a parent without one child, in the parent's buffer.
  func subtract(_ child: Cells, from parent: Cells) { Self.combine(child, into: parent, size) { $0 &- $1 } }

  @inline(__always)
  private static func combine(_ source: Cells, into target: Cells, _ count: Int, _ join: (Int64, Int64) -> Int64) {
    for place in 0..<count { target[place] = join(target[place], source[place]) }
  }

  /// The sums over all cells of the first feature.
  func total(_ cells: Cells) -> BinSum {
    var sum = BinSum()
    for bin in 0..<HistogramKernels.cells { sum = sum + scale.read(cells + bin * scale.words, rowsPerHessian: 0) }
    return sum
  }
}
