import Kernels

/// The labels of a node's rows, counted once for all the splits that are tried.
struct NodeSummary {
  let rows: Int
  /// Rows by class, in the workspace that the node was counted in; of numbers nothing.
  let totals: UnsafeMutablePointer<Int32>
  /// Classes that occur, in the order in which they were met.
  private(set) var present: [Int32] = []
  /// Of classes: the sum of count², and that of count · log₂ count in the steps of the labels' table.
  private(set) var squares = 0
  private(set) var entropy = 0
  /// Of numbers: their sum.
  private(set) var sum = 0.0
  private var isConstant = true

  init(
    _ records: UnsafeBufferPointer<UInt64>, _ layout: RecordLayout, _ labels: TreeLabels, _ workspace: NodeWorkspace,
    _ progress: Progress
  ) {
    rows = records.count
    totals = workspace.totals
    if labels.classes == 0 { add(records, layout, labels, progress) } else { count(records, layout, labels, progress) }
  }

  private mutating func add(
    _ records: UnsafeBufferPointer<UInt64>, _ layout: RecordLayout, _ labels: TreeLabels, _ progress: Progress
  ) {
    guard let start = records.first else { return }
    let numbers = labels.numbers
    let first = numbers[layout.row(start)]
    for place in 0..<records.count {
      if place & 0xFFFF == 0, progress.isCancelled { return }
      let number = numbers[layout.row(records[place])]
      sum += number
      isConstant = isConstant && number == first
    }
  }

  private mutating func count(
    _ records: UnsafeBufferPointer<UInt64>, _ layout: RecordLayout, _ labels: TreeLabels, _ progress: Progress
  ) {
    for place in 0..<records.count {
      if place & 0xFFFF == 0, progress.isCancelled { return }
      let label = layout.label(records[place])
      if totals[label] == 0 { present.append(Int32(label)) }
      totals[label] &+= 1
    }
    for label in present {
      let count = Int(totals[Int(label)])
      squares += count * count
      if labels.hasEntropy { entropy += labels.entropy[count] }
    }
  }

  /// Whether all rows have one label.
  var isPure: Bool { isConstant && present.count < 2 }

  /// The class that most rows have, the first of those that do.
  var commonest: Int {
    let most = present.min { (totals[Int($1)], $0) < (totals[Int($0)], $1) }
    return most.map(Int.init) ?? 0
  }

  /// Gives the counts back, all zero.
  func clear() { for label in present { totals[Int(label)] = 0 } }
}
