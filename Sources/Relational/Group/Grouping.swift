import Kernels
import Plan
import Tables

/// Statistics of the groups of rows that agree in some key columns, the groups in the order of first appearance.
///
/// What comes out is the same whether the rows are in memory or come chunk by chunk, whatever the chunks, and on any number of threads.
struct Grouping {
  let keys: [String]
  let calls: [StatisticCall]
  /// How many bytes groups may take before their rows go through files; nil for what the bound of memory asks for.
  var stateBound: Int?

  /// The name of the column that has the statistic at a place of `calls`.
  static func name(_ place: Int) -> String { "\u{0}\(place)" }

  /// Gives the key columns and the statistics of all groups, chunk by chunk. Throws what reading the rows throws.
  func run(
    _ rows: Rows, _ progress: Progress, _ take: (Table) throws(EngineError) -> Void
  ) throws(EngineError) -> GroupFacts {
    var facts = GroupFacts()
    facts.rows = rows.rowCount
    facts.missingKeys = keys.flatMap { rows.columns([$0]) }.filter { $0.missing > 0 }
      .map { ColumnCount($0.field.name, $0.missing) }
    var groups = 0
    func give(_ chunk: Table) throws(EngineError) {
      groups += chunk.rowCount
      try take(chunk)
    }
    if case .whole(let table) = rows {
      try give(try whole(table, &facts, progress))
    } else if let table = try folded(rows, bound: stateBound ?? Memory.bound / 4, &facts, progress) {
      try give(table)
    } else {
      try PartitionedGroups(self, bound: stateBound ?? Memory.bound / 4).run(rows, &facts, progress, give)
    }
    facts.groups = groups
    return facts
  }

  /// About how many bytes a group takes for its keys, for each statistic, and beside them.
  private static let (bytesOfKey, bytesOfStatistic, bytesBeside) = (24, 48, 32)

  /// The rows as they are to be grouped: those of a table are taken all at once, unless so many groups as there are rows would not fit.
  func divided(_ rows: Rows) -> Rows {
    guard case .whole(let table) = rows else { return rows }
    let size = keys.count * Self.bytesOfKey + calls.count * Self.bytesOfStatistic + Self.bytesBeside
    return Memory.hasRoom(for: table.rowCount * size) ? rows : .stored(TableStretches(table))
  }

  /// Of rows in memory: all of them are grouped at once.
  private func whole(_ table: Table, _ facts: inout GroupFacts, _ progress: Progress) throws(EngineError) -> Table {
    var statistics = try GroupStatistics(calls)
    let columns = keys.compactMap { table[$0] }
    let (firstRows, made) = try EngineError.checking { () throws(Cancelled) in
      let groups = try DenseCodes(columns, rows: table.rowCount, progress)
      try statistics.grow(to: max(groups.count, least), progress)
      repeat {
        try statistics.add(table, groups.codes, of: groups.count, progress)
      } while statistics.endPass()
      return (groups.firstRows, try results(statistics, &facts, progress))
    }
    facts.add(statistics)
    return Self.table(table.select(keys).take(RowList(ids: firstRows)), made)
  }

  /// Of rows that come chunk by chunk; nil where the groups take more than `bound` bytes.
  func folded(
    _ rows: Rows, bound: Int, _ facts: inout GroupFacts, _ progress: Progress
  ) throws(EngineError) -> Table? {
    var statistics = try GroupStatistics(calls)
    var index = GroupIndex(keys)
    let reads = statistics.reads.union(keys)
    var isTooLarge = false
    try EngineError.checking { () throws(Cancelled) in try statistics.grow(to: least, progress) }
    repeat {
      try rows.fold(reads, progress) { chunk throws(EngineError) in
        try EngineError.checking { () throws(Cancelled) in
          let groups = try index.groups(chunk, progress)
          try statistics.add(chunk, groups, of: index.count, progress)
        }
        isTooLarge = index.byteCount + statistics.byteCount > bound && !keys.isEmpty
        return !isTooLarge
      }
      if isTooLarge { return nil }
    } while statistics.endPass()
    let made = try EngineError.checking { () throws(Cancelled) in try results(statistics, &facts, progress) }
    facts.add(statistics)
    let fields = rows.columns.map(\.field)
    return Self.table(index.table(Schema(keys.compactMap { key in fields.first { $0.name == key } })), made)
  }

  /// Without a key there is one group, of all rows, also where there are none.
  private var least: Int { keys.isEmpty ? 1 : 0 }

  private func results(
    _ statistics: GroupStatistics, _ facts: inout GroupFacts, _ progress: Progress
  ) throws(Cancelled) -> [Column] {
    var made: [Column] = []
    for call in calls {
      let (column, overflows) = try statistics.column(of: call, progress)
      facts.counts.notANumber += overflows
      made.append(column)
    }
    return made
  }

  private static func table(_ keys: Table, _ made: [Column]) -> Table {
    let columns = Array(zip(keys.names, keys.columns)) + made.enumerated().map { (name($0), $1) }
    return Table(columns, rowCount: made.first?.count ?? keys.rowCount)
  }
}
