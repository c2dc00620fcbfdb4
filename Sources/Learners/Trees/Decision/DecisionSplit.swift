import Kernels
import Synchronization

/// A way to divide the rows of a node by one column.
struct DecisionSplit: Sendable {
  let column: Int
  /// The worth of both sides.
  let worth: Double
  /// How many of the node's rows with a value, in the column's order, go left; of a one-hot column the category that goes right.
  let taken: Int
  let missingLeft: Bool
}

/// The greatest worth found so far for a node by any thread. What is worth less need not be looked at, so that it changes no
/// result when it is known late.
final class SplitFloor: Sendable {
  private let key = Atomic<UInt64>(SortedKeys.key(-.infinity))

  var worth: Double { SortedKeys.value(key.load(ordering: .relaxed)) }
  func raise(_ worth: Double) { key.max(SortedKeys.key(worth), ordering: .relaxed) }
}

/// Finds the best split of a node by one column: every cut of an order between two values is tried.
struct DecisionSplitFinder<Measure: SplitMeasure> {
  let layout: RecordLayout
  let labels: TreeLabels
  let fewestRows: Int
  let progress: Progress

  /// The first of the best cuts of rows in rising order, those without a value last. nil when none leaves enough rows on both
  /// sides or reaches the floor.
  ///
  /// Rows beyond `known` that are not `missing` are on the right.
  func cut(
    _ column: Int, _ records: UnsafeBufferPointer<UInt64>, known: Int, missing: Int, _ node: NodeSummary,
    _ floor: SplitFloor, _ workspace: NodeWorkspace
  ) -> DecisionSplit? {
    var best: DecisionSplit?
    // Missing to the right also tries all values to the left; without missing rows there is one way only.
    for missingLeft in missing > 0 ? [false, true] : [false] {
      var measure = Measure(node, layout, labels, workspace.lefts)
      measure.raise(max(floor.worth, best?.worth ?? -.infinity))
      let moved = missingLeft ? UnsafeBufferPointer(rebasing: records.suffix(missing)) : .init(start: nil, count: 0)
      for place in 0..<moved.count { measure.take(moved[place]) }
      let found = run(&measure, records, known: known, moved: moved.count, better: best?.worth ?? -.infinity)
      clear(workspace.lefts, node, records)
      guard let found else { continue }
      best = DecisionSplit(
        column: column, worth: found.worth, taken: found.taken,
        missingLeft: missing > 0 ? missingLeft : 2 * found.taken > node.rows)
      floor.raise(found.worth)
    }
    return best
  }

  /// Takes rows one by one; `moved` are on the left already.
  @inline(never)
  private func run(
    _ measure: inout Measure, _ records: UnsafeBufferPointer<UInt64>, known: Int, moved: Int, better: Double
  ) -> (worth: Double, taken: Int)? {
    let most = min(known, records.count - fewestRows - moved)
    var running = measure
    var (best, bestTaken) = (better, 0)
    var taken = 0
    while taken < min(most, fewestRows - moved - 1) {
      running.take(records[taken])
      taken &+= 1
    }
    // Blocks so short that few of them hold a cut that could be the best without holding it.
    let block = most < 1 << 12 ? 16 : 64
    while taken < most {
      if taken & 0x3FFF < block, progress.isCancelled { return nil }
      let end = min(most, taken &+ block)
      if taken &+ moved > 0, running.pass(UnsafeBufferPointer(rebasing: records[taken..<end]), taken &+ moved) {
        taken = end
        continue
      }
      while taken < end {
        running.take(records[taken])
        taken &+= 1
        // After the last value comes a row without one, of another rank.
        guard running.reaches(taken &+ moved), layout.differ(records[taken &- 1], records[taken]) else { continue }
        let worth = running.worth(taken &+ moved)
        if worth > best {
          (best, bestTaken) = (worth, taken)
          running.raise(worth)
        }
      }
    }
    return bestTaken > 0 ? (best, bestTaken) : nil
  }

  /// The first of the best divisions of one category from all others.
  func oneAgainstRest(
    _ column: Int, _ groups: CategoryGroups, _ node: NodeSummary, _ floor: SplitFloor, _ workspace: NodeWorkspace
  ) -> DecisionSplit? {
    var best: DecisionSplit?
    var start = 0
    for (group, end) in groups.ends.enumerated() {
      let records = UnsafeBufferPointer(rebasing: groups.records[start..<end])
      start = end
      guard records.count >= fewestRows, node.rows - records.count >= fewestRows else { continue }
      if progress.isCancelled { return nil }
      // Which side is called left does not matter to the measure.
      var measure = Measure(node, layout, labels, workspace.lefts)
      for place in 0..<records.count { measure.take(records[place]) }
      let worth = measure.worth(records.count)
      clear(workspace.lefts, node, records)
      guard worth > best?.worth ?? -.infinity else { continue }
      best = DecisionSplit(
        column: column, worth: worth, taken: Int(groups.codes[group]), missingLeft: node.rows > 2 * records.count)
    }
    if let best { floor.raise(best.worth) }
    return best
  }

  /// Clears what was counted of some of the records, in as few steps as will do.
  private func clear(
    _ lefts: UnsafeMutablePointer<Int32>, _ node: NodeSummary, _ records: UnsafeBufferPointer<UInt64>
  ) {
    if node.present.count <= records.count {
      for label in node.present { lefts[Int(label)] = 0 }
    } else {
      for place in 0..<records.count { lefts[layout.label(records[place])] = 0 }
    }
  }
}
