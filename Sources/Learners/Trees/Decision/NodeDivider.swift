import Kernels

/// Divides the rows of a node by a split that was found.
struct NodeDivider: Sendable {
  let rows: NodeRows
  private var design: DesignMatrix { rows.design }
  private var layout: RecordLayout { rows.orders.layout }

  init(_ rows: NodeRows) { self.rows = rows }

  /// The split as a node of a tree has it.
  func test(_ split: DecisionSplit, _ range: Range<Int>, _ node: NodeSummary, _ workspace: NodeWorkspace)
    -> GrownTree.Test
  {
    let column = design.columns[split.column]
    let place = design.starts[split.column]
    switch column.kind {
    case .number:
      let records = rows.records(of: split.column, range)
      let low = column.number(layout.row(records[split.taken - 1]))
      let next = records[split.taken]
      if layout.isMissing(next) { return .atMost(place, .greatestFiniteMagnitude) }
      return .atMost(place, FeatureBins.middle(low, column.number(layout.row(next))))
    case .category:
      let groups = rows.groups(split.column, range, node, workspace)
      return .categories(place, zip(groups.codes, groups.ends).prefix { $1 <= split.taken }.map(\.0))
    case .oneHot:
      return .atMost(place + split.taken, 0.5)
    }
  }

  /// Notes the side of each row in the workspace; the number of rows that go left.
  func mark(_ split: DecisionSplit, _ range: Range<Int>, _ node: NodeSummary, _ workspace: NodeWorkspace) -> Int {
    let records: UnsafeBufferPointer<UInt64>
    var missing = 0
    switch design.columns[split.column].kind {
    case .number:
      records = rows.records(of: split.column, range)
      missing = records.count - rows.known(records)
    case .category:
      let groups = rows.groups(split.column, range, node, workspace)
      records = groups.records
      missing = groups.missing
    case .oneHot:
      return markRest(split, rows.records(of: split.column, range), workspace)
    }
    let layout = layout
    let lost = records.count - missing
    for place in 0..<records.count {
      if place & 0xFFFF == 0, rows.progress.isCancelled { break }
      let row = layout.row(records[place])
      workspace.note(row, isLeft: place < split.taken || (split.missingLeft && place >= lost))
    }
    return split.taken + (split.missingLeft ? missing : 0)
  }

  /// All but one category go left.
  private func markRest(_ split: DecisionSplit, _ records: UnsafeBufferPointer<UInt64>, _ workspace: NodeWorkspace)
    -> Int
  {
    let layout = layout
    let codes = design.columns[split.column].codes ?? []
    return codes.withUnsafeBufferPointer { codes in
      var lefts = 0
      for place in 0..<records.count {
        if place & 0xFFFF == 0, rows.progress.isCancelled { break }
        let row = layout.row(records[place])
        let isLeft = Int(codes[row]) != split.taken
        lefts += isLeft ? 1 : 0
        workspace.note(row, isLeft: isLeft)
      }
      return lefts
    }
  }

  /// Divides a stretch of an order, in which both sides keep theirs.
  @inline(never)
  func divide(
    _ records: UnsafeMutableBufferPointer<UInt64>, _ sides: UnsafePointer<UInt64>, _ workspace: NodeWorkspace
  ) {
    guard let base = records.baseAddress else { return }
    let layout = layout
    let aside = workspace.reserve(records.count)
    var (left, right) = (0, 0)
    for start in stride(from: 0, to: records.count, by: 0x4000) {
      if rows.progress.isCancelled { return }
      for place in start..<min(start &+ 0x4000, records.count) {
        let record = base[place]
        let row = layout.row(record)
        let isLeft = Int(sides[row &>> 6] &>> UInt64(row & 63) & 1)
        base[left] = record
        aside[right] = record
        left &+= isLeft
        right &+= 1 &- isLeft
      }
    }
    (base + left).update(from: aside, count: right)
  }
}

extension DesignColumn {
  fileprivate func number(_ row: Int) -> Double {
    var value = 0.0
    read(row..<row + 1, into: &value)
    return value
  }
}
