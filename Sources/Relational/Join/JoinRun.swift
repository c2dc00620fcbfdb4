import Kernels
import Plan
import Tables

/// A join at work on the rows of both tables.
struct JoinRun {
  private(set) var join: Join
  let own: Rows
  let others: Rows
  let executor: any Executor
  let progress: Progress
  let forms: JoinForms
  /// Those that are made.
  private(set) var columns: [JoinedColumn]
  /// The columns of each table that are read.
  let ownNames: Set<String>
  let otherNames: Set<String>
  private let types: JoinTypes
  private let ownTypes: [String: ColumnType]
  private let otherTypes: [String: ColumnType]

  /// Throws `unknownColumn`, `wrongType` or `duplicateName` for columns that cannot be joined.
  init(
    _ join: Join, own: Rows, others: Rows, _ executor: any Executor, _ progress: Progress
  ) throws(EngineError) {
    let (ownTypes, otherTypes) = (own.types, others.types)
    types = JoinTypes(join) {
      ownTypes[$0]
    } other: {
      otherTypes[$0]
    }
    try types.check(join.ownName)
    let names = join.other.isOpen ? others.columns.map(\.field.name) : join.other.names
    let all = try join.columns(besides: names)
    let made = all.filter { join.wanted?.contains($0.name) ?? true && $0.isThere(ownTypes, otherTypes) }
    try types.checkGaps(made, join.ownName)
    var reads: (own: Set<String>, other: Set<String>) = ([], [])
    for key in join.keys {
      reads.own.insert(key.own)
      reads.other.insert(key.other)
    }
    if let nearest = join.nearest {
      reads.own.insert(nearest.own)
      reads.other.insert(nearest.other)
    }
    for column in made {
      switch column.source {
      case .own(let name): reads.own.insert(name)
      case .other(let name): reads.other.insert(name)
      case .key: continue
      }
    }
    self.join = join
    self.own = own
    self.others = others
    self.executor = executor
    self.progress = progress
    self.ownTypes = ownTypes
    self.otherTypes = otherTypes
    columns = made
    (ownNames, otherNames) = reads
    forms = JoinForms(join, own: ownTypes, other: otherTypes)
  }

  /// The same with other columns, made in batches of so many rows.
  init(_ run: JoinRun, columns: [JoinedColumn], batchRows: Int) {
    self = run
    self.columns = columns
    join.bounds.batchRows = batchRows
  }

  /// The rows of the result and what there is to say.
  func collected() throws(EngineError) -> Collected {
    try requireUniqueOwn()
    guard fitsOthers else { return try PartedJoin(self, parts: partCount).collected() }
    let other = try others.table(otherNames, progress)
    if case .whole(let table) = own, let result = try atOnce(table, other) { return result }
    let side = try OtherSide(other, join, forms, progress)
    try requireUniqueOthers(side.repeatedCount)
    return try streamed(side)
  }

  // MARK: Sizes

  /// About how many bytes a row takes of those columns.
  private static func rowSize(_ types: [String: ColumnType], _ names: Set<String>) -> Int {
    types.reduce(8) { $0 + (names.contains($1.key) ? $1.value.cellSize : 0) }
  }

  private var otherBytes: Int {
    let index = KeyIndex.byteCount(rows: others.rowCount)
    guard case .stored = others else { return index }
    return index + others.rowCount * Self.rowSize(otherTypes, otherNames)
  }

  /// What share of the bound the other table may take beside what is in memory already.
  private static let share = 0.4

  private var fitsOthers: Bool {
    let bytes = otherBytes
    guard join.bounds.parts == nil, others.rowCount < Int(Int32.max),
      Double(bytes) < Double(Memory.bound) * Self.share
    else { return false }
    do throws(OutOfMemory) {
      try Memory.require(bytes + bytes / 4)
      return true
    } catch {
      return false
    }
  }

  /// So many that a part of the other table takes a third of that share; each has some files open at once.
  private var partCount: Int {
    join.bounds.parts ?? min(128, max(2, Int(Double(otherBytes) * 3 / (Double(Memory.bound) * Self.share)) + 1))
  }

  func type(of column: JoinedColumn) -> ColumnType? { types.type(of: column.source) }

  func type(of source: JoinedColumn.Source) -> ColumnType? { types.type(of: source) }

  /// About how many bytes a row of the result takes.
  private var resultRowSize: Int { columns.reduce(8) { $0 + (type(of: $1)?.cellSize ?? 8) } }

  /// Rows of the result that are made at once where not all of them are.
  var batchRows: Int {
    join.bounds.batchRows ?? max(1 << 12, min(1 << 18, Memory.bound / 16 / resultRowSize))
  }

  /// A result may take so many times what the tables take, where it does not fit into memory.
  private static let mostGrowth = 16

  /// Throws `tooLarge` where so many rows are too many to be made.
  func require(rows count: Int) throws(EngineError) {
    let made = Double(count) * Double(resultRowSize)
    let given =
      Double(own.rowCount) * Double(Self.rowSize(ownTypes, ownNames))
      + Double(others.rowCount) * Double(Self.rowSize(otherTypes, otherNames))
    let isFar = made > Double(Memory.bound) / 2 && made > given * Double(Self.mostGrowth)
    if count > Int(Int32.max) || isFar {
      throw EngineError(.join(.tooManyRows(count, of: own.rowCount, and: others.rowCount)))
    }
  }

  // MARK: What was expected

  private func requireUniqueOwn() throws(EngineError) {
    guard join.expectation.hasUniqueOwn else { return }
    let names = Set(join.keys.map(\.own))
    let table = try own.table(names, progress)
    let index = try KeyIndex(try forms.keys(table, \.own), progress)
    try require(index.repeatedCount, in: join.ownName)
  }

  /// `count` keys of the other table stand several times.
  func requireUniqueOthers(_ count: Int) throws(EngineError) {
    if join.expectation.hasUniqueOthers { try require(count, in: join.other.name) }
  }

  private func require(_ count: Int, in name: String) throws(EngineError) {
    guard count > 0 else { return }
    throw EngineError(.join(.repeated(keys: count, in: name, expected: join.expectation.rawValue)))
  }

  func checkpoint(_ fraction: Double, _ phase: String) throws(EngineError) {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint(fraction, phase) }
  }
}

extension JoinedColumn {
  /// Whether its cells were read.
  fileprivate func isThere(_ own: [String: ColumnType], _ other: [String: ColumnType]) -> Bool {
    switch source {
    case .own(let name): own[name] != nil
    case .other(let name): other[name] != nil
    case .key(let key): own[key.own] != nil && other[key.other] != nil
    }
  }
}

extension Rows {
  /// The types of the columns by name.
  fileprivate var types: [String: ColumnType] {
    Dictionary(columns.map { ($0.field.name, $0.field.type) }, uniquingKeysWith: { first, _ in first })
  }
}
