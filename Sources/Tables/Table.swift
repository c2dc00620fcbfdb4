import Kernels

/// A column's name and type.
public struct Field: Sendable, Hashable {
  public let name: String
  public let type: ColumnType

  public init(_ name: String, _ type: ColumnType) {
    self.name = name
    self.type = type
  }
}

/// The names and types of a table's columns, in order.
public struct Schema: Sendable, Hashable {
  public let fields: [Field]

  public init(_ fields: [Field]) { self.fields = fields }

  public subscript(_ name: String) -> ColumnType? { fields.first { $0.name == name }?.type }
}

/// An immutable table of named columns of equal length. Copies share the columns' memory.
public struct Table: Sendable, Equatable {
  public private(set) var names: [String]
  public private(set) var columns: [Column]
  public private(set) var rowCount: Int
  private var places: [String: Int]
  private var statistics: [ColumnStatistics]

  /// Names must be distinct and columns of equal length; `rowCount` matters only where there are no columns.
  public init(names: [String], columns: [Column], rowCount: Int? = nil) {
    self.init(names: names, statistics: columns.map(ColumnStatistics.init), rowCount: rowCount)
  }

  public init(_ columns: [(String, Column)], rowCount: Int? = nil) {
    self.init(names: columns.map(\.0), columns: columns.map(\.1), rowCount: rowCount)
  }

  /// Of columns with what is known of them already.
  public init(names: [String], statistics: [ColumnStatistics], rowCount: Int? = nil) {
    precondition(names.count == statistics.count, "a table needs a name per column")
    let rows = statistics.first?.column.count ?? rowCount ?? 0
    precondition(statistics.allSatisfy { $0.column.count == rows }, "columns of a table have equal length")
    self.names = names
    self.columns = statistics.map(\.column)
    self.statistics = statistics
    self.rowCount = rows
    places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  public var schema: Schema { Schema(zip(names, columns).map { Field($0, $1.type) }) }

  public subscript(_ name: String) -> Column? { places[name].map { columns[$0] } }

  /// What is known of a column's cells; kept as long as the column is.
  public func statistics(of name: String) -> ColumnStatistics? { places[name].map { statistics[$0] } }

  /// The rows at `rows` (each in `0 ..< rowCount`), in that order.
  public func take(_ rows: [Int]) -> Table { take(RowList(rows)) }

  /// The rows at `rows` (each in `0 ..< rowCount`), in that order; the table itself where these are all. O(rows × columns).
  public func take(_ rows: RowList) -> Table {
    if rows.isWhole(of: rowCount) { return self }
    let columns = columns
    return Table(names: names, columns: parallelMap(columns.count) { columns[$0].take(rows) }, rowCount: rows.count)
  }

  /// The first rows, at most `count`.
  public func head(_ count: Int) -> Table { take(RowList(0..<min(max(0, count), rowCount))) }

  /// The columns named, in that order; names that are not there are passed over.
  public func select(_ wanted: [String]) -> Table {
    let found = wanted.compactMap { name in statistics(of: name).map { (name, $0) } }
    return Table(names: found.map(\.0), statistics: found.map(\.1), rowCount: rowCount)
  }

  /// With a column put in the place of the one of that name, or appended.
  public func with(_ name: String, _ column: Column) -> Table {
    var next = self
    next.set([(name, ColumnStatistics(column))])
    return next
  }

  /// Puts columns, of as many cells as there are rows, in the places of those of their names, or appends them.
  public mutating func set(_ made: [(String, ColumnStatistics)]) {
    for (name, new) in made {
      if columns.isEmpty { rowCount = new.column.count }
      precondition(new.column.count == rowCount, "columns of a table have equal length")
      if let place = places[name] {
        statistics[place] = new
        columns[place] = new.column
      } else {
        places[name] = names.count
        names.append(name)
        statistics.append(new)
        columns.append(new.column)
      }
    }
  }

  /// Equal when names, types and cells are.
  public static func == (left: Table, right: Table) -> Bool {
    left.names == right.names && left.rowCount == right.rowCount && left.columns == right.columns
  }
}
