import Expressions
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// Puts values in the place of others in one column, all at once; a value that is not named stays as it is.
public struct Replace: FeatureStep {
  public struct Pair: Sendable, Hashable {
    /// Missing for the cells that have no value.
    public let from: Cell
    public let to: Cell

    public init(_ from: Cell, _ to: Cell) {
      self.from = from
      self.to = to
    }
  }

  public let column: String
  public let pairs: [Pair]
  public let words: String

  public init(_ column: String, _ pairs: [Pair], words: String) {
    self.column = column
    self.pairs = pairs
    self.words = words
  }

  public var key: StepKey { StepKey("replace", [column] + pairs.flatMap { [$0.from.typedText, $0.to.typedText] }) }
  public var isFitted: Bool { false }
  public var reads: [String] { [column] }
  public var writes: [String] { [column] }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    guard schema[column] != .absent else { throw EngineError(.column(.unknown(column, in: schema.name))) }
    var type: ColumnType?
    if let known = schema.facts(of: column)?.type { type = try replacedType(of: known) }
    var next = schema
    next.set(column, schema.facts(reading: [column], type: type))
    return next
  }

  /// The column's type afterwards: whole numbers with a fraction put among them are floats. Throws `wrongType` for a value of another
  /// type than the column.
  private func replacedType(of type: ColumnType) throws(EngineError) -> ColumnType {
    var result = type
    for pair in pairs {
      for cell in [pair.from, pair.to] where !Self.suits(cell, type) {
        throw EngineError(.column(.wrongType(column, type, for: .cleaning("replace … with \(cell.name)"))))
      }
      if type == .int, pair.to.type == .float { result = .float }
    }
    return result
  }

  private static func suits(_ cell: Cell, _ type: ColumnType) -> Bool {
    cell == .missing || cell.type == type || (type.isNumeric && cell.number != nil)
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let cells = table[column] else { throw EngineError(.column(.unknown(column))) }
    let type = try replacedType(of: cells.type)
    if case .int(let wholes) = cells, type == .float { try checkDigits(wholes) }
    let pairs = pairs.map { Pair($0.from.held(as: cells.type), $0.to.held(as: type)) }
    return FittedReplace(column: column, from: cells.type, to: type, pairs: pairs)
  }

  /// A fraction among ints makes them floats, which must not round them.
  private func checkDigits(_ cells: Cells<Int64>) throws(EngineError) {
    for row in 0..<cells.count {
      guard let value = cells[row], WholeNumber.losesDigits(value) else { continue }
      throw EngineError(.column(.losesDigits(column, value, by: "replace")))
    }
  }
}

extension Cell {
  /// A number as one of a column's type; what is no whole number stays, and equals no int.
  fileprivate func held(as type: ColumnType) -> Cell {
    switch (self, type) {
    case (.int(let value), .float): .float(Double(value))
    case (.float(let value), .int): Int64(exactly: value).map(Cell.int) ?? self
    // any other cell is of the type, or missing
    default: self
    }
  }
}

private struct FittedReplace: FittedStep {
  let column: String
  let from: ColumnType
  let to: ColumnType
  let pairs: [Replace.Pair]

  var writes: [String] { [column] }
  private var source: Expression { .column(column, from) }
  /// What missing cells become, where that is asked for.
  private var filling: Cell? { pairs.first { $0.from == .missing }?.to }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    if from == .text { return try lowerTexts(into: &scope) }
    let ordered = pairs.filter { $0.from != .missing }.sorted(by: Self.isBefore)
    let chosen = ordered.isEmpty ? source : choice(of: ordered[...])
    guard let filling else { return try scope.set(column, chosen) }
    try scope.set(column, .call(.ifElse, [.call(.isMissing, [source]), literal(filling), chosen]))
  }

  private func lowerTexts(into scope: inout LoweringScope) throws(Unsupported) {
    let key = try scope.column(column)
    if let filling, filling != .missing { try scope.set(column, .call(.coalesce, [source, literal(filling)])) }
    var (words, values): ([String], [String?]) = ([], [])
    for pair in pairs {
      guard case .text(let word) = pair.from else { continue }
      words.append(word)
      if case .text(let value) = pair.to { values.append(value) } else { values.append(nil) }
    }
    let other = try scope.column(column)
    scope.set(column, .column(scope.builder.recode(key, words: words, values: values, else: other)))
  }

  /// Halves the values until one is left, so that many of them take few comparisons.
  private func choice(of pairs: ArraySlice<Replace.Pair>) -> Expression {
    if pairs.count == 1, let pair = pairs.first {
      let isIt = Expression.call(.equal, [source, .literal(pair.from)])
      return .call(.ifElse, [isIt, literal(pair.to), source])
    }
    let middle = pairs.startIndex + pairs.count / 2
    let isBelow = Expression.call(.less, [source, .literal(pairs[middle].from)])
    return .call(.ifElse, [isBelow, choice(of: pairs[..<middle]), choice(of: pairs[middle...])])
  }

  private func literal(_ cell: Cell) -> Expression { cell == .missing ? .missing(to) : .literal(cell) }

  private static func isBefore(_ left: Replace.Pair, _ right: Replace.Pair) -> Bool {
    switch (left.from, right.from) {
    case (.bool(let a), .bool(let b)): !a && b
    case (.int(let a), .int(let b)), (.datetime(let a), .datetime(let b)): a < b
    case (.date(let a), .date(let b)): a < b
    // numbers of two types
    default: left.from.number ?? 0 < right.from.number ?? 0
    }
  }

  func changes(of rows: Table, into made: [Column], _ progress: Progress) throws(EngineError) -> CellChanges? {
    guard let cells = rows[column] else { return nil }
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    var changes = CellChanges(of: column, asked: pairs.map { ($0.from, $0.to) })
    for (pair, count) in zip(pairs, counts(in: cells)) where count > 0 {
      changes.add(CellChanges.Change(from: pair.from, to: pair.to, cells: count))
    }
    return changes
  }

  // MARK: Counting

  /// How many cells have each of the values.
  private func counts(in column: Column) -> [Int] {
    var counts = pairs.map { $0.from == .missing ? column.missingCount : 0 }
    switch column {
    case .bool(let cells): tally(cells, &counts) { if case .bool(let value) = $0 { value } else { nil } }
    case .int(let cells): tally(cells, &counts) { if case .int(let value) = $0 { value } else { nil } }
    case .float(let cells): tally(cells, &counts) { if case .float(let value) = $0 { value } else { nil } }
    case .date(let cells): tally(cells, &counts) { if case .date(let value) = $0 { value } else { nil } }
    case .datetime(let cells): tally(cells, &counts) { if case .datetime(let value) = $0 { value } else { nil } }
    case .text(let cells):
      let (codes, words) = cells.encoded()
      let places = Dictionary(pairs.enumerated().map { ($1.from, $0) }, uniquingKeysWith: { first, _ in first })
      let wanted = words.map { places[.text($0)] }
      for code in codes where code >= 0 { if let place = wanted[Int(code)] { counts[place] += 1 } }
    case .vector: break
    }
    return counts
  }

  private func tally<Value>(_ cells: Cells<Value>, _ counts: inout [Int], _ value: (Cell) -> Value?) {
    var places: [Value: Int] = [:]
    for (place, pair) in pairs.enumerated() { if let wanted = value(pair.from) { places[wanted] = place } }
    for row in 0..<cells.count where cells.isValid(row) {
      if let place = places[cells.values[row]] { counts[place] += 1 }
    }
  }
}
