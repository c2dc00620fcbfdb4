import Kernels
import Plan
import Tables

/// How the cells of both tables are compared.
struct JoinForms: Sendable {
  /// For each key whether floats are compared with ints.
  private let asInts: [Bool]
  private let asFloats: Bool
  private let join: Join
  /// Of what a tolerance counts how many steps of the order are one.
  let unit: Double

  /// By the types of both tables' columns.
  init(_ join: Join, own: [String: ColumnType], other: [String: ColumnType]) {
    self.join = join
    asInts = join.keys.map { own[$0.own] != other[$0.other] }
    asFloats = join.nearest.map { own[$0.own] == .float || other[$0.other] == .float } ?? false
    unit = join.nearest.flatMap { own[$0.own] } == .datetime ? 1e6 : 1
  }

  /// The columns of a table that rows are found by. Throws `unknownColumn`.
  func keys(_ table: Table, _ name: (JoinKey) -> String) throws(EngineError) -> [KeyColumn] {
    var keys: [KeyColumn] = []
    for (key, asInts) in zip(join.keys, asInts) {
      guard let column = table[name(key)], let key = KeyColumn(column, asInts: asInts) else {
        throw EngineError(.column(.unknown(name(key))))
      }
      keys.append(key)
    }
    return keys
  }

  /// The order of a table's rows. Throws `unknownColumn`, or `wrongType` for a whole number that a float would round.
  func order(_ table: Table, _ name: String) throws(EngineError) -> OrderedCells {
    guard let column = table[name] else { throw EngineError(.column(.unknown(name))) }
    if asFloats, let lost = column.firstLost { throw EngineError(.column(.losesDigits(name, lost, by: Join.verb))) }
    guard let order = OrderedCells(column, asFloats: asFloats) else { throw EngineError(.column(.unknown(name))) }
    return order
  }
}

extension Join {
  /// As messages call it.
  static let verb = "join"
}

/// Rows of the other table in memory, to be found by those of the table at hand.
struct OtherSide: Sendable {
  private enum Finder: Sendable {
    case keys(KeyIndex)
    case nearest(NearestIndex)
  }

  let table: Table
  private let finder: Finder
  private let forms: JoinForms
  private let join: Join

  /// Throws `tooLarge` where there is not the memory to find them, and what comparing throws.
  init(_ table: Table, _ join: Join, _ forms: JoinForms, _ progress: Progress) throws(EngineError) {
    self.table = table
    self.forms = forms
    self.join = join
    let keys = try forms.keys(table, \.other)
    guard let nearest = join.nearest else {
      finder = .keys(try KeyIndex(keys, progress))
      return
    }
    let index = keys.isEmpty ? nil : try KeyIndex(keys, progress)
    let order = try forms.order(table, nearest.other)
    finder = .nearest(try NearestIndex(order, nearest, unit: forms.unit, keys: index, progress))
  }

  /// Which of the rows match those of the table at hand.
  func matches(_ own: Table, _ progress: Progress) throws(EngineError) -> Matches {
    let keys = try forms.keys(own, \.own)
    switch finder {
    case .keys(let index):
      return Matches(try index.found(keys, rows: own.rowCount, progress), index.groups)
    case .nearest(let index):
      let order = try forms.order(own, join.nearest?.own ?? "")
      return Matches(try index.found(order, keys, rows: own.rowCount, progress), nil)
    }
  }

  /// The same where the table at hand is the smaller one: the rows of this are looked up in it. nil where the nearest is looked for.
  static func matches(
    _ own: Table, inSmaller other: Table, _ join: Join, _ forms: JoinForms, _ progress: Progress
  ) throws(EngineError) -> Matches? {
    guard join.nearest == nil else { return nil }
    let keys = try forms.keys(own, \.own)
    let index = try KeyIndex(keys, progress)
    do throws(OutOfMemory) { try Memory.require(other.rowCount * 8) } catch {
      throw EngineError(error, rows: other.rowCount)
    }
    let groupOf = try index.found(try forms.keys(other, \.other), rows: other.rowCount, progress)
    let groups = RowGroups(groupOf.base, rowCount: other.rowCount, groupCount: index.foundCount)
    let found = try index.found(keys, rows: own.rowCount, progress)
    for row in 0..<found.count where found.base[row] >= 0 && groups.size(of: Int(found.base[row])) == 0 {
      found.base[row] = -1
    }
    return Matches(found, groups)
  }

  /// Above all that matches name, and the rows of each key where they name keys.
  var tally: MatchTally {
    switch finder {
    case .keys(let index):
      MatchTally(otherCount: table.rowCount, foundCount: index.foundCount, groups: index.groups)
    case .nearest: MatchTally(otherCount: table.rowCount, foundCount: table.rowCount, groups: nil)
    }
  }

  /// Whether a row of the table at hand may have several matches.
  var multiplies: Bool { if case .keys(let index) = finder { index.groups != nil } else { false } }

  /// How many keys stand in several rows.
  var repeatedCount: Int { if case .keys(let index) = finder { index.repeatedCount } else { 0 } }
}
