import Expressions
import Kernels
import Plan
import Tables

/// The statistics of groups, gathered chunk by chunk. What several statistics are made of is gathered once, and what they are made of
/// is gathered side by side.
struct GroupStatistics {
  /// What is gathered: of a column by its place among those that statistics are of.
  enum Part: Hashable {
    case rows
    case valid(Int), trues(Int), wholes(Int), sums(Int), squares(Int), numbers(Int), tally(Int)
    case extreme(Int, isGreatest: Bool)
    case end(Int, isLast: Bool)
    case pairs(Int, Int)
  }

  let calls: [StatisticCall]
  /// What the statistics are of, each once.
  private let values: [Expression]
  private let compiled: [CompiledExpression]
  private(set) var parts: [Part: any GroupState] = [:]
  /// The states in the order in which they were made, which is the one in which they are told of the end of a pass.
  private var states: [any GroupState] = []
  /// Those that have to see the rows once more.
  private var open: [any GroupState] = []
  private var isFirstPass = true
  private(set) var groupCount = 0
  /// What is to be said of the cells that the statistics are of.
  private(set) var counts = EvaluationCounts()
  /// The places of the values that a statistic takes as floats.
  private var floats: Set<Int> = []
  /// For each of the values how many cells are missing.
  private var missing: [Int]

  init(_ calls: [StatisticCall]) throws(EngineError) {
    self.calls = calls
    var values: [Expression] = []
    for call in calls { for value in call.values where !values.contains(value) { values.append(value) } }
    var compiled: [CompiledExpression] = []
    for value in values {
      do throws(ExpressionError) { compiled.append(try CompiledExpression(value)) } catch {
        throw EngineError(.column(.expression(value.display, error)))
      }
    }
    (self.values, self.compiled) = (values, compiled)
    missing = values.map { _ in 0 }
    for call in calls { prepare(call) }
    floats = Set(calls.filter { $0.type == .float }.flatMap { call in call.values.indices.map { place(call, $0) } })
    open = states
  }

  /// The columns that are read.
  var reads: Set<String> { Set(values.flatMap(\.columns)) }

  /// About how many bytes are held.
  var byteCount: Int { states.reduce(0) { $0 + $1.byteCount } }

  /// Missing cells that statistics leave out, by what they are of; also where there are none.
  var leftOut: [ColumnCount] {
    zip(values, missing).compactMap { value, count in
      calls.contains { $0.leavesOut && $0.values.contains(value) } ? ColumnCount(value.display, count) : nil
    }
  }

  // MARK: What is gathered

  /// The place among the values of what a statistic is of.
  func place(_ call: StatisticCall, _ argument: Int = 0) -> Int {
    values.firstIndex(of: call.values[argument]) ?? 0
  }

  private mutating func prepare(_ call: StatisticCall) {
    guard let first = call.values.first else {
      rows()
      return
    }
    let place = place(call)
    switch call.aggregate {
    case .count: valid(place)
    case .countMissing: valid(place)
    case .sum, .mean:
      valid(place)
      sum(place, first.type)
    case .var, .sd:
      let counts = valid(place)
      let sums = sums(place, first.type)
      require(.squares(place)) { SquareSums(place, sums, counts) }
    case .median, .quantile: require(.numbers(place)) { NumberGathering(place) }
    case .correlation:
      let second = self.place(call, 1)
      require(.pairs(place, second)) { PairGathering(place, second) }
    case .first, .last:
      let isLast = call.aggregate == .last
      require(.end(place, isLast: isLast)) { EndCells(place, isLast: isLast) }
    case .any, .all:
      valid(place)
      trues(place)
    case .mode, .countDistinct: require(.tally(place)) { ValueTally(place) }
    case .min, .max: extreme(place, first.type, isGreatest: call.aggregate == .max)
    }
  }

  private mutating func extreme(_ place: Int, _ type: ColumnType, isGreatest: Bool) {
    if type == .text { return require(.tally(place)) { ValueTally(place) } }
    valid(place)
    require(.extreme(place, isGreatest: isGreatest)) {
      if type == .float { return NumberExtremes(place, isGreatest: isGreatest) }
      return WholeExtremes(place, isGreatest: isGreatest)
    }
  }

  /// Truths are counted: the sum of ones is exact.
  private mutating func sum(_ place: Int, _ type: ColumnType) {
    if type == .bool { return trues(place) }
    if type == .int { return require(.wholes(place)) { WholeSums(place) } }
    sums(place, type)
  }

  private mutating func trues(_ place: Int) { require(.trues(place)) { TrueCounts(place) } }

  private mutating func require(_ part: Part, _ make: () -> any GroupState) {
    guard parts[part] == nil else { return }
    let state = make()
    parts[part] = state
    states.append(state)
  }

  @discardableResult
  private mutating func valid(_ place: Int) -> ValidCounts {
    if let known = parts[.valid(place)] as? ValidCounts { return known }
    let counts = ValidCounts(place, of: rows())
    require(.valid(place)) { counts }
    return counts
  }

  @discardableResult
  private mutating func rows() -> RowCounts {
    if let known = parts[.rows] as? RowCounts { return known }
    let counts = RowCounts()
    require(.rows) { counts }
    return counts
  }

  @discardableResult
  private mutating func sums(_ place: Int, _ type: ColumnType) -> NumberSums {
    if let known = parts[.sums(place)] as? NumberSums { return known }
    let sums = NumberSums(place)
    require(.sums(place)) { sums }
    return sums
  }

  // MARK: Gathering

  /// Makes room for groups that have no row.
  mutating func grow(to groups: Int, _ progress: Progress) throws(Cancelled) {
    groupCount = max(groupCount, groups)
    for state in states { try state.grow(to: groupCount, progress) }
  }

  /// Adds the rows of a chunk, which has the columns that are read; each is of the group at its place, of `count` so far.
  mutating func add(_ chunk: Table, _ groups: [Int32], of count: Int, _ progress: Progress) throws(Cancelled) {
    try grow(to: count, progress)
    let columns = try columns(of: chunk, progress)
    if isFirstPass {
      for (place, column) in columns.enumerated() { missing[place] += column.missingCount }
      for place in floats { counts.rounded += columns[place].roundedCount }
    }
    let open = open
    parallelFor(open.count) { place in
      // What is cancelled, or refused memory, is told by the checkpoint.
      do throws(Cancelled) { try open[place].add(columns, groups, progress) } catch {}
    }
    try progress.checkpoint()
  }

  private mutating func columns(of chunk: Table, _ progress: Progress) throws(Cancelled) -> [Column] {
    var columns: [Column] = []
    for (value, compiled) in zip(values, compiled) {
      if case .column(let name, let type) = value, let column = chunk[name], column.type == type, column.isFinite {
        columns.append(column)
        continue
      }
      let inputs = compiled.inputs.map { chunk[$0.name] ?? .missing($0.type, count: chunk.rowCount) }
      let (column, said) = try compiled.evaluate(inputs, rowCount: chunk.rowCount, progress)
      if isFirstPass { counts += said }
      columns.append(column)
    }
    return columns
  }

  /// Says that all rows were added; true where they have to be added once more, in the same order.
  mutating func endPass() -> Bool {
    isFirstPass = false
    open = open.filter { $0.endPass() }
    return !open.isEmpty
  }
}

extension Column {
  /// Whether there is no infinity and no not-a-number among its cells.
  fileprivate var isFinite: Bool {
    guard case .float(let cells) = self else { return true }
    let stretches = (cells.count + 0xFFFF) >> 16
    let odd = parallelMap(stretches) { stretch -> Bool in
      cells.values.withUnsafeBufferPointer { values in
        var probe: UInt64 = 0
        for row in stretch << 16..<min(values.count, (stretch + 1) << 16) {
          probe |= (values[row].bitPattern & 0x7FF0_0000_0000_0000) &+ 0x0010_0000_0000_0000
        }
        return probe >> 63 != 0
      }
    }
    return !odd.contains(true)
  }
}
