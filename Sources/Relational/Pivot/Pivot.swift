import Expressions
import Kernels
import Plan
import Tables

/// Makes a column of each value of one column, with the cells of others in it: a row for each group of rows that agree in the columns that
/// stay. It reads other rows, so it moves the cut.
public struct Pivot: TableTransform {
  /// More new columns than this are an error.
  public static let mostColumns = 1000

  /// The column whose values become columns.
  public let names: String
  /// The columns whose cells stand in them.
  public let values: [String]
  /// The columns that stay.
  public let by: [String]
  /// What several rows of one cell come to; nil where there may be one at most.
  public let using: Aggregate?
  /// The values that become columns; nil for all there are, in the order in which they come.
  public let stated: [Cell]?
  /// What stands where there is no row; missing where it is nil.
  public let fill: Cell?
  /// What the new names begin with.
  public let prefix: String

  public init(
    names: String, values: [String], by: [String], using: Aggregate?, stated: [Cell]?, fill: Cell?, prefix: String
  ) {
    self.names = names
    self.values = values
    self.by = by
    self.using = using
    self.stated = stated
    self.fill = fill
    self.prefix = prefix
  }

  public var words: String {
    var parts = ["names: \(names)", "values: \(Self.listed(values))", "by: \(Self.listed(by))"]
    if let using { parts.append("using: \(using.rawValue)") }
    if let stated { parts.append("values_of: [\(stated.map(\.scriptText).joined(separator: ", "))]") }
    if let fill { parts.append("fill: \(fill.scriptText)") }
    if !prefix.isEmpty { parts.append("prefix: \(Cell.text(prefix).scriptText)") }
    return "pivot " + parts.joined(separator: ", ")
  }

  private static func listed(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "[\(names.joined(separator: ", "))]"
  }

  /// The columns that it reads.
  public var reads: Set<String> { Set(by + values + [names]) }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    try schema.requireRaw(reads.sorted())
    let named = schema.sensitivity(of: [names])
    if named.shows.isGuarded { throw EngineError(.privacy(.cellsAsNames(names, named.shows))) }
    var next = RelationSchema(name: schema.name, isOpen: stated == nil)
    next.unlisted = schema.sensitivity(of: values + [names])
    for column in by { next.set(column, schema.rawFacts(column, schema.facts(of: column)?.type, from: [column])) }
    for value in values {
      let type = schema.facts(of: value)?.type.flatMap(type)
      if let type, let fill, !Self.fits(fill, type) { throw EngineError(.reshaping(.badFill(fill, type))) }
      for cell in stated ?? [] {
        let name = try name(of: cell, value)
        guard next.facts(of: name) == nil else { throw EngineError(.column(.taken(name))) }
        next.set(name, schema.rawFacts(name, type, from: [names, value]))
      }
    }
    return next.following(schema)
  }

  /// The type of the new columns for cells of a type.
  private func type(_ type: ColumnType) -> ColumnType? { using.map { $0.result([type]) } ?? type }

  private static func fits(_ fill: Cell, _ type: ColumnType) -> Bool {
    fill.type == type || fill.type == .int && type == .float
  }

  fileprivate func name(of cell: Cell, _ value: String) throws(EngineError) -> String {
    let own = cell.description
    if own.isEmpty || own.contains("\u{0}") { throw EngineError(.reshaping(.noName(cell, of: names))) }
    return values.count > 1 ? "\(prefix)\(value)_\(own)" : prefix + own
  }

  public func apply(
    _ inputs: [Rows], _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) -> Collected {
    var calls = [StatisticCall(.count, [])]
    for value in values {
      guard let field = inputs[0].columns([value]).first?.field else { throw EngineError(.column(.unknown(value))) }
      calls.append(StatisticCall(using ?? .first, [.column(value, field.type)]))
    }
    let grouping = Grouping(keys: by.contains(names) ? by : by + [names], calls: calls)
    var facts = GroupFacts()
    let groups = try executor.collect(progress) { keep throws(EngineError) in
      facts = try grouping.run(grouping.divided(inputs[0]), progress, keep)
    }
    let pivoted = PivotedGroups(self, try groups.table(nil, progress))
    let (table, remarks) = try pivoted.table(progress)
    let shape = StageRemark.reshaped(from: inputs[0].rowCount, to: table.rowCount, columns: table.names.count)
    return Collected(
      table: table, notes: ([shape] + remarks + facts.remarks.dropFirst()).map { StageNote(step: words, $0) })
  }
}

/// Groups of rows that agree in the columns that stay and in the name, brought into their columns.
private struct PivotedGroups {
  private let pivot: Pivot
  private let groups: Table

  init(_ pivot: Pivot, _ groups: Table) {
    self.pivot = pivot
    self.groups = groups
  }

  func table(_ progress: Progress) throws(EngineError) -> (table: Table, remarks: [StageRemark]) {
    guard let named = groups[pivot.names] else { throw EngineError(.column(.unknown(pivot.names))) }
    if pivot.using == nil { try requireOneRow() }
    let (rows, names) = try EngineError.checking { () throws(Cancelled) in
      let stays = try DenseCodes(pivot.by.compactMap { groups[$0] }, rows: groups.rowCount, progress)
      return (stays, try DenseCodes([named], rows: groups.rowCount, progress))
    }
    let (columns, cells) = chosen(names, named)
    let count = cells.count * pivot.values.count
    if count > Pivot.mostColumns {
      throw EngineError(.reshaping(.tooManyColumns(count, most: Pivot.mostColumns, of: pivot.names)))
    }
    // A place in each column for each row, and the cells there.
    let size = pivot.values.indices.reduce(4) { $0 + (groups[Grouping.name($1 + 1)]?.type.cellSize ?? 8) }
    try EngineError.checking { () throws(Cancelled) in try progress.require(cells.count * rows.count * size) }
    // For each name the group of each row.
    var places = [[Int32]](repeating: [Int32](repeating: -1, count: rows.count), count: cells.count)
    for group in 0..<groups.rowCount {
      let column = columns[Int(names.codes[group])]
      if column >= 0 { places[column][Int(rows.codes[group])] = Int32(truncatingIfNeeded: group) }
    }
    var table = groups.select(pivot.by).take(RowList(ids: rows.firstRows))
    if pivot.by.isEmpty { table = Table([], rowCount: rows.count) }
    for (value, name) in pivot.values.enumerated() {
      let column = filled(groups[Grouping.name(value + 1)])
      for (place, cell) in cells.enumerated() {
        let own = try pivot.name(of: cell, name)
        guard table[own] == nil else { throw EngineError(.column(.taken(own))) }
        table = table.with(own, spread(column, places[place]))
      }
    }
    return (table, leftOut(columns, names, named))
  }

  /// For each name its new column, −1 for one that gets none, and the values that the columns are of.
  private func chosen(_ names: DenseCodes, _ named: Column) -> (columns: [Int], cells: [Cell]) {
    let all = names.firstRows.map { named[Int($0)] }
    let cells = pivot.stated ?? all.filter { $0 != .missing }
    let places = Dictionary(cells.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return (all.map { $0 == .missing ? -1 : places[$0] ?? -1 }, cells)
  }

  /// The cells with what stands where there is no row behind them.
  private func filled(_ column: Column?) -> Column {
    let column = column ?? .missing(.float, count: groups.rowCount)
    guard let fill = pivot.fill else { return column }
    var builder = ColumnBuilder()
    builder.append(column)
    builder.append(.from([fill], type: column.type))
    return builder.finish() ?? column
  }

  private func spread(_ column: Column, _ places: [Int32]) -> Column {
    guard pivot.fill != nil else { return column.spread(places) }
    let last = Int32(truncatingIfNeeded: groups.rowCount)
    return column.take(RowList(ids: places.map { $0 < 0 ? last : $0 }))
  }

  private func requireOneRow() throws(EngineError) {
    guard case .int(let counts)? = groups[Grouping.name(0)],
      let group = counts.values.indices.first(where: {
        counts.values[$0] > 1 && groups[pivot.names]?.isValid($0) == true
      })
    else { return }
    let keys = (pivot.by + [pivot.names]).compactMap { name in
      groups[name].map { ReshapingProblem.KeyCell(name, $0[group]) }
    }
    throw EngineError(.reshaping(.manyRows(Int(counts.values[group]), column: pivot.values[0], of: keys)))
  }

  /// Rows whose cells are in no column.
  private func leftOut(_ columns: [Int], _ names: DenseCodes, _ named: Column) -> [StageRemark] {
    guard case .int(let counts)? = groups[Grouping.name(0)] else { return [] }
    var (missing, others) = (0, 0)
    for group in 0..<groups.rowCount where columns[Int(names.codes[group])] < 0 {
      if named.isValid(group) { others += Int(counts.values[group]) } else { missing += Int(counts.values[group]) }
    }
    return missing + others == 0 ? [] : [.unnamed(pivot.names, missing: missing, others: others)]
  }
}
