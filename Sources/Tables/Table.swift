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
  public let names: [String]
  public let columns: [Column]
  public let rowCount: Int
  private let places: [String: Int]

  /// Names must be distinct and columns of equal length; `rowCount` matters only where there are no columns.
  public init(names: [String], columns: [Column], rowCount: Int? = nil) {
    precondition(names.count == columns.count, "a table needs a name per column")
    let rows = columns.first?.count ?? rowCount ?? 0
    precondition(columns.allSatisfy { $0.count == rows }, "columns of a table have equal length")
    self.names = names
    self.columns = columns
    self.rowCount = rows
    places = Dictionary(names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  public init(_ columns: [(String, Column)], rowCount: Int? = nil) {
    self.init(names: columns.map(\.0), columns: columns.map(\.1), rowCount: rowCount)
  }

  public var schema: Schema { Schema(zip(names, columns).map { Field($0, $1.type) }) }

  public subscript(_ name: String) -> Column? { places[name].map { columns[$0] } }

  /// The rows at `rows` (each in `0 ..< rowCount`), in that order.
  public func take(_ rows: [Int]) -> Table {
    Table(names: names, columns: columns.map { $0.take(rows) }, rowCount: rows.count)
  }

  /// The first rows, at most `count`.
  public func head(_ count: Int) -> Table { take(Array(0..<min(max(0, count), rowCount))) }

  /// The columns named, in that order; names that are not there are passed over.
  public func select(_ wanted: [String]) -> Table {
    let found = wanted.compactMap { name in self[name].map { (name, $0) } }
    return Table(found, rowCount: rowCount)
  }

  /// With a column put in the place of the one of that name, or appended.
  public func with(_ name: String, _ column: Column) -> Table {
    var names = names
    var columns = columns
    if let place = places[name] {
      columns[place] = column
    } else {
      names.append(name)
      columns.append(column)
    }
    return Table(names: names, columns: columns)
  }

  /// Equal when names, types and cells are.
  public static func == (left: Table, right: Table) -> Bool {
    left.names == right.names && left.rowCount == right.rowCount && left.columns == right.columns
  }
}
