import Kernels

/// The rows of a node by category: those with a category group by group, then those with one that is not known, then those
/// without. Ranks are those of the groups. O(rows + groups · log groups), however many categories there are.
struct CategoryGroups {
  /// In the workspace's memory, until it is used again.
  let records: UnsafeBufferPointer<UInt64>
  /// The category of each group.
  let codes: [Int32]
  /// Where each group ends.
  let ends: [Int]
  let missing: Int

  var known: Int { ends.last ?? 0 }

  /// `rows` are in the order in which they come.
  ///
  /// Groups are in the order of their codes or, if `byLabel`, of their mean label or of their share of the node's most frequent
  /// class: for numbers and for two classes the best division is among the cuts of that order (Breiman et al. 1984, 4.2).
  init(
    _ rows: UnsafeBufferPointer<UInt64>, _ categories: [Int32], count: Int, byLabel: Bool, _ node: NodeSummary,
    _ layout: RecordLayout, _ labels: TreeLabels, _ workspace: NodeWorkspace, _ progress: Progress
  ) {
    let target = workspace.reserve(rows.count)
    let (counts, sums) = (workspace.categoryCounts, workspace.categorySums)
    let commonest = node.commonest
    (records, codes, ends, missing) = categories.withUnsafeBufferPointer { categories in
      var codes: [Int32] = []
      var missing = 0
      for place in 0..<rows.count {
        if place & 0xFFFF == 0, progress.isCancelled { break }
        let row = layout.row(rows[place])
        let code = Int(categories[row])
        if code == Int(DesignColumn.missingCode) { missing += 1 }
        guard code >= 0, code < count else { continue }
        if counts[code] == 0 { codes.append(Int32(code)) }
        counts[code] &+= 1
        guard byLabel else { continue }
        sums[code] += labels.classes > 0 ? (layout.label(rows[place]) == commonest ? 1 : 0) : labels.numbers[row]
      }
      codes = byLabel ? Self.byMean(codes, counts, sums) : Self.rising(codes, counts, count)
      let ends = Self.layOut(codes, counts)
      defer {
        for code in codes {
          counts[Int(code)] = 0
          sums[Int(code)] = 0
        }
      }
      let known = ends.last ?? 0
      // A cancelled count is short of rows: nothing may be laid out by it.
      guard !progress.isCancelled else {
        return (UnsafeBufferPointer(start: target, count: 0), [], [], 0)
      }
      var (unseen, lost) = (known, rows.count - missing)
      for place in 0..<rows.count {
        let record = layout.withoutRank(rows[place])
        let code = Int(categories[layout.row(record)])
        if code >= 0, code < count {
          target[Int(counts[code])] = record
          counts[code] &+= 1
        } else if code == Int(DesignColumn.missingCode) {
          target[lost] = record | layout.missing
          lost += 1
        } else {
          target[unseen] = record | layout.missing
          unseen += 1
        }
      }
      var start = 0
      for (rank, end) in ends.enumerated() {
        for place in start..<end { target[place] |= UInt64(rank) << layout.rankShift }
        start = end
      }
      return (UnsafeBufferPointer(start: target, count: rows.count), codes, ends, missing)
    }
  }

  private static func byMean(
    _ codes: [Int32], _ counts: UnsafePointer<Int32>, _ sums: UnsafePointer<Double>
  ) -> [Int32] {
    codes.map { code in (mean: sums[Int(code)] / Double(counts[Int(code)]), code: code) }
      .sorted { ($0.mean, $0.code) < ($1.mean, $1.code) }.map(\.code)
  }

  /// By a sort, or by a look at all counts where that is as quick.
  private static func rising(_ codes: [Int32], _ counts: UnsafePointer<Int32>, _ count: Int) -> [Int32] {
    codes.count < count / 8 ? codes.sorted() : (0..<Int32(count)).filter { counts[Int($0)] > 0 }
  }

  /// Turns counts into the places where groups start; where they end.
  private static func layOut(_ codes: [Int32], _ counts: UnsafeMutablePointer<Int32>) -> [Int] {
    var ends: [Int] = []
    ends.reserveCapacity(codes.count)
    var start: Int32 = 0
    for code in codes {
      let size = counts[Int(code)]
      counts[Int(code)] = start
      start += size
      ends.append(Int(start))
    }
    return ends
  }
}
