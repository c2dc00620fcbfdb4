import Expressions
import Kernels
import Notation
import Plan
import Scoring
import Tables

/// Fills the missing cells of one column with a statistic of the rows of the same group, and where the group has none with that of all
/// rows.
public struct GroupedImputation: FeatureStep {
  public let column: String
  public let method: Impute.Method
  /// Rows with equal cells in these are a group; one that has a missing cell there is in none.
  public let groups: [String]
  public let flag: Bool

  public init(_ column: String, _ method: Impute.Method, by groups: [String], flag: Bool = false) {
    self.column = column
    self.method = method
    self.groups = groups
    self.flag = flag
  }

  public var words: String { "impute \(column) = \(manner)" }
  public var told: StepWords { .act(verb: "impute", column: column, method: manner) }
  private var manner: String {
    "\(method.word), by: \(groups.count == 1 ? groups[0] : "[\(groups.joined(separator: ", "))]")"
      + (flag ? ", flag: true" : "")
  }
  public var key: StepKey { StepKey("impute_grouped", [column, method.word] + groups + (flag ? ["flag"] : [])) }
  public var isFitted: Bool { true }
  public var reads: [String] { [column] + groups.filter { $0 != column } }
  public var writes: [String] { flag ? [Impute.flagColumn(of: column), column] : [column] }

  public var withoutStatistics: [any FeatureStep] {
    flag ? [MissingFlag(column, as: Impute.flagColumn(of: column))] : []
  }

  public func result(_ schema: RelationSchema) throws(EngineError) -> RelationSchema {
    for name in reads where schema[name] == .absent {
      throw EngineError(.column(.unknown(name, in: schema.name)))
    }
    for name in groups where schema.facts(of: name)?.type == .vector {
      throw EngineError(.column(.wrongType(name, .vector, for: .filling("by"))))
    }
    var type: ColumnType?
    if let known = schema.facts(of: column)?.type { type = try method.filledType(of: known, column) }
    var next = schema
    if flag { next.set(Impute.flagColumn(of: column), schema.facts(reading: [column], type: .bool)) }
    var facts = schema.facts(reading: reads, type: type, fittedBy: words)
    facts.settled = (schema.facts(of: column)?.settled ?? []).union([.filled])
    next.set(column, facts)
    return next
  }

  public func fit(on table: Table, _ progress: Progress) throws(EngineError) -> any FittedStep {
    guard let cells = table[column] else { throw EngineError(.column(.unknown(column))) }
    let filled = try method.filledType(of: cells.type, column)
    if case .int(let wholes) = cells, filled == .float { try Impute.checkDigits(column, wholes, method.word) }
    let keys = try GroupKeys(groups, table)
    let all = try method.fill(column, cells.type, table, progress)
    var values: [Cell] = []
    for rows in keys.members {
      try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
      let own = try method.fill(column, cells.type, table.select([column]).take(RowList(rows)), progress)
      values.append(own == .missing ? all : own)
    }
    return FittedGroupedImputation(
      column: column, type: cells.type, flag: flag ? Impute.flagColumn(of: column) : nil, groups: groups,
      keys: keys.texts, values: values, otherwise: all)
  }
}

private struct FittedGroupedImputation: FittedStep {
  let column: String
  let type: ColumnType
  let flag: String?
  let groups: [String]
  let keys: [String]
  let values: [Cell]
  let otherwise: Cell

  var writes: [String] { (flag.map { [$0] } ?? []) + [column] }

  func lower(into scope: inout LoweringScope) throws(Unsupported) {
    let source = Expression.column(column, type)
    if let flag { try scope.set(flag, .call(.isMissing, [source])) }
    guard otherwise != .missing else {
      scope.set(column, try scope.port(column))
      return
    }
    let own = try scope.column(column)
    let key = try scope.groupKey(groups)
    let hot = scope.builder.oneHot(key, words: keys, missingPlace: false)
    // A half stands for all rows: it is the most where no group's place is one.
    let none = scope.builder.constant(hot, [0.5])
    let places = scope.builder.concatenate([.vector(none), .vector(hot)])
    let value = scope.builder.decide(places, classes: [otherwise] + values, threshold: nil)
    let filled = Expression.call(.coalesce, [source, .column("value", value.type)])
    guard let port = scope.builder.expression(filled, [column: own, "value": value]) else { return }
    scope.set(column, .column(port))
  }

  func fills(of rows: Table, into made: [Column], isPart: Bool) -> [FilledColumn] {
    guard let before = rows[column], let after = made.last else { return [] }
    return [FilledColumn(column, from: before, to: after, isPart: isPart)]
  }
}

/// The groups of rows by their texts, as `LoweringScope.groupKey` makes them.
struct GroupKeys {
  /// Each different key once.
  private(set) var texts: [String] = []
  /// The rows of each.
  private(set) var members: [[Int]] = []
  /// The place of each row's group; -1 for a row in none.
  private(set) var places: [Int]

  /// Between the parts of a key: the unit separator of ASCII, which stands in no name.
  static let separator = "\u{1F}"

  /// O(rows × columns).
  init(_ names: [String], _ table: Table) throws(EngineError) {
    var columns: [(codes: CategoryCodes, texts: [String])] = []
    for name in names {
      guard let statistics = table.statistics(of: name) else { throw EngineError(.column(.unknown(name))) }
      let codes = statistics.codes
      columns.append((codes, (0..<codes.count).map { codes.values[$0].description }))
    }
    places = [Int](repeating: -1, count: table.rowCount)
    var known: [[Int32]: Int] = [:]
    for row in places.indices {
      let key = columns.map { $0.codes.codes[row] }
      if key.contains(-1) { continue }
      let place = known[key] ?? texts.count
      if place == texts.count {
        known[key] = place
        texts.append(zip(columns, key).map { $0.texts[Int($1)] }.joined(separator: Self.separator))
        members.append([])
      }
      members[place].append(row)
      places[row] = place
    }
  }
}

extension LoweringScope {
  /// The texts of some columns as one; missing where one of them is.
  fileprivate mutating func groupKey(_ names: [String]) throws(Unsupported) -> ColumnPort {
    var key = try text(of: names.first ?? "")
    for name in names.dropFirst() {
      let next = try text(of: name)
      let joined = Expression.call(
        .concat, [.column("key", .text), .literal(.text(GroupKeys.separator)), .column("next", .text)])
      key = builder.expression(joined, ["key": key, "next": next]) ?? key
    }
    return key
  }
}
