import Kernels

/// Divides leaves, builds their histograms and searches these for splits, on as many members of a team as the work is worth.
///
/// With many rows each member divides and adds the rows of whole lists, and what they summed is merged column by column. With few
/// rows and many columns there is one list, and members share the columns.
final class SplitSearch {
  /// A leaf to be divided.
  struct Side {
    let cells: HistogramStore.Cells
    let sums: LeafSums
  }

  enum Small { case left, right }

  /// A leaf's rows, divided.
  struct Division {
    var left: [Range<Int>]
    var right: [Range<Int>]
    /// The histogram of the smaller side, if it was asked for; as yet without rows unless `isSummed`.
    var cells: HistogramStore.Cells?
    /// Whether each member has summed its rows.
    var isSummed = false
    var small: [Range<Int>] = []
  }

  let rows: LeafRows
  let store: HistogramStore
  private let binned: BinnedColumns
  private let records: RowRecords
  private let team: BoostingTeam
  private let scratch: [SplitScratch]
  private let shapes: [FeatureBins.Shape]
  /// Whether members sum rows, each in cells of its own, and not columns.
  private let sharesRows: Bool
  /// Additions to cells from which a step is shared; below, others would wait longer than they help.
  private static let shared = 40_000
  private static let columnsOfTask = 4
  /// Lists for each member, so that one whose processor is slower just now takes fewer; and the rows from which it is worth it.
  private static let (listsOfMember, fewestRowsOfLists) = (4, 100_000)

  init(_ binned: BinnedColumns, isRegression: Bool, _ team: BoostingTeam, _ progress: Progress) {
    self.binned = binned
    self.team = team
    shapes = binned.columns.map(\.shape)
    records = RowRecords(binned, team, progress)
    // Merging costs a cell of each column and member a leaf; a list costs dividing on one thread.
    let isWide = records.groups.count >= 2 * team.size && binned.rowCount < 1300 * binned.columns.count
    let lists = team.size > 1 && binned.rowCount >= Self.fewestRowsOfLists ? Self.listsOfMember * team.size : team.size
    rows = LeafRows(binned.rowCount, lists: isWide ? 1 : lists)
    sharesRows = !isWide
    store = HistogramStore(
      records, rows, members: isWide ? 1 : team.size, columns: binned.columns.count, isRegression: isRegression)
    scratch = (0..<team.size).map { _ in SplitScratch() }
  }

  /// Runs `body` for each list of rows.
  func eachList(_ body: (Int) -> Void) { team.each(rows.lists) { _, list in body(list) } }

  /// Where a member sums.
  private func cells(of member: Int, _ target: HistogramStore.Cells) -> HistogramStore.Cells {
    member == 0 ? target : store.partial[member - 1]
  }

  private func clear(_ cells: HistogramStore.Cells) { cells.update(repeating: 0, count: store.size) }

  /// The histogram of all rows, their gradients being written on the way.
  func root(
    _ loss: BoostingLoss, _ output: Int, _ scale: GradientScale, _ rounding: RandomRounding, _ progress: Progress
  ) -> HistogramStore.Cells {
    let target = store.take()
    func write(_ member: Int, _ index: Int) -> Range<Int> {
      let block = rows.reset(block: index)
      loss.write(block, output: output, scale, rounding, into: scratch[member].pairs)
      records.store(scratch[member].pairs, block)
      return block
    }
    if sharesRows {
      team.each(rows.blockCount, start: { clear(cells(of: $0, target)) }) { member, index in
        if progress.isCancelled { return }
        let (block, own) = (write(member, index), cells(of: member, target))
        for group in records.groups { store.add(block: block, group, into: own) }
      }
      mergeAll(into: target)
      return target
    }
    team.each(rows.blockCount) { member, index in _ = write(member, index) }
    team.each(records.groups.count) { _, index in
      let group = records.groups[index]
      let cells = HistogramStore.cells(of: group.columns)
      (target + cells.lowerBound).update(repeating: 0, count: cells.count)
      for start in stride(from: 0, to: binned.rowCount, by: LeafRows.blockRows) where !progress.isCancelled {
        store.add(block: start..<min(binned.rowCount, start + LeafRows.blockRows), group, into: target)
      }
    }
    return target
  }

  private func mergeAll(into target: HistogramStore.Cells) {
    guard !store.partial.isEmpty else { return }
    let tasks = columnTasks
    team.each(tasks.count) { _, task in store.merge(HistogramStore.cells(of: tasks[task]), into: target) }
  }

  private var columnTasks: [Range<Int>] {
    stride(from: 0, to: binned.columns.count, by: Self.columnsOfTask).map {
      $0..<min($0 + Self.columnsOfTask, binned.columns.count)
    }
  }

  /// The sum over all rows.
  func total(_ cells: HistogramStore.Cells) -> Int64 {
    (0..<HistogramKernels.cells).reduce(0) { $0 &+ cells[$1] }
  }

  private func isShared(_ rowCount: Int) -> Bool { rows.lists > 1 && rowCount * binned.columns.count >= Self.shared }

  /// Divides the rows of a leaf, and starts the histogram of the side that is asked for.
  func divide(_ stretches: [Range<Int>], _ split: BinSplit, small: Small?) -> Division {
    var division = Division(left: stretches, right: stretches, cells: small.map { _ in store.take() })
    let table = isLeft(split)
    let cells = binned.columns[split.column].cells
    division.isSummed = small != nil && isShared(stretches.reduce(0) { $0 + $1.count })
    let isShared = isShared(stretches.reduce(0) { $0 + 7 * $1.count } / binned.columns.count)
    let (target, isSummed) = (division.cells, division.isSummed)
    division.left.withUnsafeMutableBufferPointer { left in
      table.withUnsafeBufferPointer { table in
        guard let table = table.baseAddress else { return }
        func body(_ member: Int, _ list: Int) {
          let whole = stretches[list]
          left[list] = whole.lowerBound..<whole.lowerBound + rows.divide(whole, cells, table)
          guard isSummed, let target else { return }
          let own = self.cells(of: member, target)
          let stretch = small == .left ? left[list] : left[list].upperBound..<whole.upperBound
          for group in records.groups { store.add(stretch, group, into: own) }
        }
        func start(_ member: Int) { if isSummed, let target { clear(self.cells(of: member, target)) } }
        if isSummed || isShared {
          team.each(rows.lists, start: start, body)
        } else {
          for list in 0..<rows.lists { body(0, list) }
        }
      }
    }
    division.right = zip(stretches, division.left).map { $1.upperBound..<$0.upperBound }
    if let small { division.small = small == .left ? division.left : division.right }
    return division
  }

  private func isLeft(_ split: BinSplit) -> [UInt8] {
    let bins = binned.columns[split.column].bins
    var table = [UInt8](repeating: 0, count: 256)
    switch bins.kind {
    case .number:
      for bin in 0...split.cut { table[bin] = 1 }
      table[bins.missingBin] = split.missingLeft ? 1 : 0
    case .category: for bin in 0..<256 where split.set[bin >> 6] >> UInt64(bin & 63) & 1 == 1 { table[bin] = 1 }
    case .oneHot: for bin in 0..<256 where bin != split.cut { table[bin] = 1 }
    }
    return table
  }

  /// The best split of each side, `column` < 0 where there is none. `pair` are histograms of which the smaller is to be completed
  /// and taken from the larger first; `counts` has the rows of each bin of some columns.
  func best(
    _ sides: [Side], _ finder: SplitFinder, _ counts: [Int: [Int64]],
    of pair: (small: HistogramStore.Cells, large: HistogramStore.Cells, Division)?
  ) -> [BinSplit] {
    let isSummed = pair?.2.isSummed ?? false
    let tasks = isSummed || records.groups.count == 1 && team.size > 1 ? columnTasks : records.groups.map(\.columns)
    let none = sides.map { BinSplit(worth: finder.worth($0.sums)) }
    var found = [[BinSplit]](repeating: none, count: tasks.count)
    let work = (isSummed ? 0 : pair?.2.small.reduce(0) { $0 + $1.count } ?? 0) * binned.columns.count
    let groups = records.groups
    if let pair, !isSummed, tasks.count != groups.count {
      for group in groups { sum(group, pair) }
    }
    found.withUnsafeMutableBufferPointer { found in
      func body(_ member: Int, _ task: Int) {
        let columns = tasks[task]
        if let pair { complete(pair, columns, task, isGroup: tasks.count == groups.count) }
        let memory = scratch[member].memory
        for (index, side) in sides.enumerated() {
          var best = found[task][index]
          for column in columns {
            let cells = side.cells + column * HistogramKernels.cells
            let known = counts.isEmpty ? nil : counts[column]
            if known != nil || shapes[column].kind == .oneHot {
              binned.columns[column].counts.withUnsafeBufferPointer { limits in
                (known ?? []).withUnsafeBufferPointer { counts in
                  let counts = known == nil ? nil : counts.baseAddress
                  finder.improve(
                    &best, column, shapes[column], cells, counts, side.sums, memory, limits: limits.baseAddress)
                }
              }
            } else {
              finder.improve(&best, column, shapes[column], cells, nil, side.sums, memory)
            }
          }
          found[task][index] = best
        }
      }
      // A search is some 150 ns a column and side.
      if work + 256 * sides.count * binned.columns.count >= Self.shared / 4 {
        team.each(tasks.count, body)
      } else {
        for task in tasks.indices { body(0, task) }
      }
    }
    return sides.indices.map { index in
      found.dropFirst().reduce(found[0][index]) { $1[index].worth > $0.worth ? $1[index] : $0 }
    }
  }

  /// Sums the rows of the smaller side for the columns of a group.
  private func sum(
    _ group: RowRecords.Group, _ pair: (small: HistogramStore.Cells, large: HistogramStore.Cells, Division)
  ) {
    let cells = HistogramStore.cells(of: group.columns)
    (pair.small + cells.lowerBound).update(repeating: 0, count: cells.count)
    for stretch in pair.2.small { store.add(stretch, group, into: pair.small) }
  }

  private func complete(
    _ pair: (small: HistogramStore.Cells, large: HistogramStore.Cells, Division), _ columns: Range<Int>, _ task: Int,
    isGroup: Bool
  ) {
    let cells = HistogramStore.cells(of: columns)
    if pair.2.isSummed {
      store.merge(cells, into: pair.small)
    } else if isGroup {
      sum(records.groups[task], pair)
    }
    HistogramStore.subtract(pair.small, from: pair.large, cells)
  }

  /// The rows of a leaf in each bin of a column.
  func count(_ stretches: [Range<Int>], _ column: Int) -> [Int64] {
    var counts = [[Int64]](repeating: [Int64](repeating: 0, count: 256), count: rows.lists)
    let cells = binned.columns[column].cells
    counts.withUnsafeMutableBufferPointer { counts in
      func body(_ list: Int) {
        counts[list].withUnsafeMutableBufferPointer { own in
          for place in stretches[list] { own[Int(cells[Int(rows.rows[place])])] &+= 1 }
        }
      }
      if isShared(stretches.reduce(0) { $0 + $1.count } / binned.columns.count) {
        eachList(body)
      } else {
        for list in 0..<rows.lists { body(list) }
      }
    }
    return counts.dropFirst().reduce(counts[0]) { zip($0, $1).map { $0 &+ $1 } }
  }
}
