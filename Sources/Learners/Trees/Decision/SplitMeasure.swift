/// How pure the two sides of a split are, kept up to date while rows go from right to left, one at a time.
///
/// A measure of classes counts those on the left in `lefts`, which must be zero when it starts and is left for its user to clear.
///
/// The worth of a split is chosen so that, less the worth of the whole node, it is the number of rows times the decrease of
/// impurity (Breiman et al. 1984, 4.3).
protocol SplitMeasure: SendableMetatype {
  /// All rows of the node on the right.
  init(_ node: NodeSummary, _ layout: RecordLayout, _ labels: TreeLabels, _ lefts: UnsafeMutablePointer<Int32>)
  /// The worth of the node with all its rows on one side.
  static func worth(_ node: NodeSummary, _ labels: TreeLabels) -> Double
  mutating func take(_ record: UInt64)
  /// Without a division: false only where the worth is less than the floor, or as good as equal to it.
  func reaches(_ leftRows: Int) -> Bool
  func worth(_ leftRows: Int) -> Double
  /// Takes all of some records at once if none of the splits between them can reach the floor; else takes none.
  mutating func pass(_ records: UnsafeBufferPointer<UInt64>, _ leftRows: Int) -> Bool
  /// Worths below are of no interest.
  mutating func raise(_ floor: Double)
}

extension SplitMeasure {
  @inline(__always) mutating func pass(_ records: UnsafeBufferPointer<UInt64>, _ leftRows: Int) -> Bool { false }
}

/// Gini's impurity of two classes.
///
/// With d = ones on the left · rows − rows on the left · ones, a split gains 2 d² / (rows · left · right).
struct PairGini: SplitMeasure {
  private let layout: RecordLayout
  private let rows: Int
  private let ones: Int
  private let whole: Double
  private var leftOnes = 0
  private var distance = 0
  private var floor = -Double.infinity

  init(_ node: NodeSummary, _ layout: RecordLayout, _ labels: TreeLabels, _ lefts: UnsafeMutablePointer<Int32>) {
    self.layout = layout
    rows = node.rows
    ones = Int(node.totals[1])
    whole = Self.worth(node, labels)
  }

  static func worth(_ node: NodeSummary, _ labels: TreeLabels) -> Double { Double(node.squares) / Double(node.rows) }

  @inline(__always) mutating func take(_ record: UInt64) {
    let label = layout.label(record)
    leftOnes &+= label
    distance &+= label &* rows &- ones
  }

  /// d² / (left · right) is at most the largest d² over the least product of sides, and d is largest or least where all ones of the
  /// records come before the zeros, or all zeros before the ones.
  @inline(__always) mutating func pass(_ records: UnsafeBufferPointer<UInt64>, _ leftRows: Int) -> Bool {
    var sum: UInt64 = 0
    for place in 0..<records.count { sum &+= layout.labelBits(records[place]) }
    let more = Int(truncatingIfNeeded: sum)
    let end = leftRows &+ records.count
    let most = Double(distance &+ more &* (rows &- ones))
    let least = Double(distance &- (records.count &- more) &* ones)
    let sides = min(Double(leftRows &* (rows &- leftRows)), Double(end &* (rows &- end)))
    guard max(most * most, least * least) < floor * sides else { return false }
    leftOnes &+= more
    distance &+= more &* rows &- records.count &* ones
    return true
  }

  @inline(__always) func reaches(_ leftRows: Int) -> Bool {
    let distance = Double(distance)
    return distance * distance >= floor * Double(leftRows &* (rows &- leftRows))
  }

  @inline(__always) func worth(_ leftRows: Int) -> Double {
    let (zeros, rightOnes) = (leftRows - leftOnes, ones - leftOnes)
    let rightRows = rows - leftRows
    let left = zeros * zeros + leftOnes * leftOnes
    let right = (rightRows - rightOnes) * (rightRows - rightOnes) + rightOnes * rightOnes
    return Double(left) / Double(leftRows) + Double(right) / Double(rightRows)
  }

  /// The floor of d² / (left · right), with room for the rounding of worths, which are at most `rows`.
  mutating func raise(_ floor: Double) {
    let rows = Double(rows)
    self.floor = (floor - whole - 1e-13 * rows) * rows / 2
  }
}

/// Gini's impurity of any number of classes.
struct Gini: SplitMeasure {
  private let layout: RecordLayout
  private let rows: Int
  private let totals: UnsafeMutablePointer<Int32>
  private let lefts: UnsafeMutablePointer<Int32>
  private var left = 0
  private var right: Int
  private var floor = -Double.infinity

  init(_ node: NodeSummary, _ layout: RecordLayout, _ labels: TreeLabels, _ lefts: UnsafeMutablePointer<Int32>) {
    self.layout = layout
    self.lefts = lefts
    rows = node.rows
    totals = node.totals
    right = node.squares
  }

  static func worth(_ node: NodeSummary, _ labels: TreeLabels) -> Double { Double(node.squares) / Double(node.rows) }

  @inline(__always) mutating func take(_ record: UInt64) {
    let label = layout.label(record)
    let count = lefts[label]
    left &+= 2 &* Int(count) &+ 1
    right &-= 2 &* Int(totals[label] &- count) &- 1
    lefts[label] = count &+ 1
  }

  @inline(__always) func reaches(_ leftRows: Int) -> Bool {
    let (leftSize, rightSize) = (Double(leftRows), Double(rows &- leftRows))
    return Double(left) * rightSize + Double(right) * leftSize >= floor * (leftSize * rightSize)
  }

  @inline(__always) func worth(_ leftRows: Int) -> Double {
    Double(left) / Double(leftRows) + Double(right) / Double(rows - leftRows)
  }

  mutating func raise(_ floor: Double) { self.floor = floor * (1 - 1e-12) }
}

/// Entropy of any number of classes.
struct Entropy: SplitMeasure {
  private let layout: RecordLayout
  private let rows: Int
  private let totals: UnsafeMutablePointer<Int32>
  private let lefts: UnsafeMutablePointer<Int32>
  private let table: UnsafePointer<Int>
  private let step: Double
  private var both: Int
  private var floor = Int.min

  init(_ node: NodeSummary, _ layout: RecordLayout, _ labels: TreeLabels, _ lefts: UnsafeMutablePointer<Int32>) {
    self.layout = layout
    self.lefts = lefts
    rows = node.rows
    totals = node.totals
    table = UnsafePointer(labels.entropy)
    step = labels.entropyStep
    both = node.entropy
  }

  static func worth(_ node: NodeSummary, _ labels: TreeLabels) -> Double {
    Double(node.entropy - labels.entropy[node.rows]) * labels.entropyStep
  }

  @inline(__always) mutating func take(_ record: UInt64) {
    let label = layout.label(record)
    let left = Int(lefts[label])
    let right = Int(totals[label]) &- left
    both &+= table[left &+ 1] &- table[left] &+ table[right &- 1] &- table[right]
    lefts[label] &+= 1
  }

  @inline(__always) private func steps(_ leftRows: Int) -> Int { both &- table[leftRows] &- table[rows &- leftRows] }

  @inline(__always) func reaches(_ leftRows: Int) -> Bool { steps(leftRows) >= floor }

  @inline(__always) func worth(_ leftRows: Int) -> Double { Double(steps(leftRows)) * step }

  /// Worths have at most 2⁶⁰ steps; doubles tell 2⁵³ apart.
  mutating func raise(_ floor: Double) { self.floor = Int(max(floor / step, -0x1p61)) - 1024 }
}

/// The squared error of numbers.
struct SquaredError: SplitMeasure {
  private let layout: RecordLayout
  private let rows: Int
  private let numbers: UnsafeMutablePointer<Double>
  private var left = 0.0
  private var right: Double
  private var floor = -Double.infinity

  init(_ node: NodeSummary, _ layout: RecordLayout, _ labels: TreeLabels, _ lefts: UnsafeMutablePointer<Int32>) {
    self.layout = layout
    rows = node.rows
    numbers = labels.numbers
    right = node.sum
  }

  static func worth(_ node: NodeSummary, _ labels: TreeLabels) -> Double { node.sum * node.sum / Double(node.rows) }

  @inline(__always) mutating func take(_ record: UInt64) {
    let number = numbers[layout.row(record)]
    left += number
    right -= number
  }

  @inline(__always) func reaches(_ leftRows: Int) -> Bool {
    let (leftSize, rightSize) = (Double(leftRows), Double(rows &- leftRows))
    return left * left * rightSize + right * right * leftSize >= floor * (leftSize * rightSize)
  }

  @inline(__always) func worth(_ leftRows: Int) -> Double {
    left * left / Double(leftRows) + right * right / Double(rows - leftRows)
  }

  mutating func raise(_ floor: Double) { self.floor = floor * (1 - 1e-12) }
}
