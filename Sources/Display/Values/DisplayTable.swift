import Notation
import Tables

/// The heading of a shown column and how its cells are written.
public struct DisplayColumn: Sendable, Equatable {
  public var name: String
  /// The word under the name: `int`, `text`, `restricted`; nil shows none.
  public var type: String?
  public var alignment: Alignment
  public var format: NumberFormat
  /// Where not all columns fit on a screen, those of a higher rank are given up first; of one rank those in the middle.
  public var rank: Int
  /// Whether its texts are words about things, shown as they are. Texts that are data are put in quotes where they could
  /// be taken for nothing or for a missing cell.
  public var isProse = false
  /// The type of its cells where no word for it is shown; nil leaves it to the cells.
  public var cellType: ColumnType?

  /// `alignment` nil puts numbers (by type word) to the right and all else to the left.
  public init(
    _ name: String, type: String? = nil, alignment: Alignment? = nil, format: NumberFormat = .automatic, rank: Int = 0
  ) {
    self.name = name
    self.type = type
    let isNumber = type.flatMap(ColumnType.init(rawValue:)).map { $0.isNumeric || $0 == .vector } ?? false
    self.alignment = alignment ?? (isNumber ? .right : .left)
    self.format = format
    self.rank = rank
  }

  /// The name as a heading, in quotes where blanks at its ends would not be seen.
  var heading: String { name.isEmpty ? "" : ValueName.of(name) }
}

/// A table as it is shown: perhaps only the first rows of what it stands for, and then it says so.
public struct DisplayTable: Sendable, Equatable {
  public var title: String?
  public var columns: [DisplayColumn]
  /// Row after row, a cell per column. A short row is drawn as if filled up with missing cells.
  public var rows: [[Cell]]
  /// The size of what is shown, of which `rows` may be a part.
  public var totalRows: Int
  public var totalColumns: Int
  /// How many columns of it are not in `columns`.
  public var omittedColumns: Int
  /// Whether the numbers of a row, not those of a column, are of one quantity and have their decimals in common.
  public var isQuantityByRow = false

  /// A table of computed rows. A column without a type word whose cells are all numbers is put to the right.
  public init(
    columns: [DisplayColumn], rows: [[Cell]], title: String? = nil, totalRows: Int? = nil, totalColumns: Int? = nil,
    omittedColumns: Int = 0
  ) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.totalRows = totalRows ?? rows.count
    self.totalColumns = totalColumns ?? columns.count + omittedColumns
    self.omittedColumns = omittedColumns
  }

  /// A table of computed rows under plain names: a column whose cells are all numbers or missing is put to the right. `types` are
  /// those of the cells; without them the cells tell.
  public init(_ names: [String], types: [ColumnType] = [], rows: [[Cell]], title: String? = nil) {
    let columns = names.enumerated().map { place, name in
      let cells = rows.lazy.compactMap { place < $0.count ? $0[place] : nil }
      let isNumber = cells.contains { $0.number != nil } && cells.allSatisfy { $0 == .missing || $0.number != nil }
      var column = DisplayColumn(name, alignment: isNumber ? .right : .left)
      column.cellType = types.indices.contains(place) ? types[place] : nil
      return column
    }
    self.init(columns: columns, rows: rows, title: title)
  }

  /// The first `rows` rows of a table under its names and types. A vector column of at most `widest` places is shown
  /// expanded, as `plan=gold`; a wider one stays one column.
  public init(headOf table: Table, rows: Int = 10, title: String? = nil, widest: Int = 16) {
    let count = min(max(0, rows), table.rowCount)
    var columns: [DisplayColumn] = []
    var cells = [[Cell]](repeating: [], count: count)
    for (name, column) in zip(table.names, table.columns) {
      if case .vector(let vector) = column, vector.width <= widest {
        for (place, part) in vector.names.enumerated() {
          columns.append(DisplayColumn("\(name)=\(ValueName.of(part))", type: "vector"))
          for row in 0..<count { cells[row].append(.float(vector[row, place])) }
        }
      } else {
        columns.append(DisplayColumn(name, type: column.type.rawValue))
        for row in 0..<count { cells[row].append(column[row]) }
      }
    }
    self.init(
      columns: columns, rows: cells, title: title, totalRows: table.rowCount, totalColumns: table.columns.count)
  }

  /// Whether the texts of all its columns are words about things.
  public var isProse: Bool {
    get { columns.allSatisfy(\.isProse) }
    set { for place in columns.indices { columns[place].isProse = newValue } }
  }

  /// The type of each column: as it is stated, else that of its cells; nil where they have several, or none.
  public var types: [String?] {
    columns.enumerated().map { place, column in
      column.type ?? column.cellType?.rawValue ?? typeOfCells(place)?.rawValue
    }
  }

  private func typeOfCells(_ place: Int) -> ColumnType? {
    Self.type(of: rows.lazy.compactMap { place < $0.count ? $0[place].type : nil })
  }

  private static func type(of types: some Sequence<ColumnType>) -> ColumnType? {
    var all: ColumnType?
    for type in types {
      if let before = all, before != type {
        guard before.isNumeric, type.isNumeric else { return nil }
        all = .float
      } else {
        all = type
      }
    }
    return all
  }

  /// Whether it shows less than it stands for.
  public var isTruncated: Bool { rows.count < totalRows || omittedColumns > 0 }
}
