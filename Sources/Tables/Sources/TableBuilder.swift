/// Makes one table of chunks that come one after the other, each copied to its place and then no longer needed.
public struct TableBuilder: Sendable {
  private var names: [String] = []
  private var columns: [ColumnBuilder] = []
  private let expectedRows: Int
  public private(set) var rowCount = 0

  /// `expectedRows` is how many rows to make room for; more may come.
  public init(expectedRows: Int = 0) { self.expectedRows = expectedRows }

  /// Takes a chunk: the same columns in the same order each time; an int column may turn float.
  public mutating func append(_ chunk: Table) {
    if columns.isEmpty {
      names = chunk.names
      columns = [ColumnBuilder](repeating: ColumnBuilder(expectedRows: expectedRows), count: names.count)
    }
    for (place, column) in chunk.columns.enumerated() { columns[place].append(column) }
    rowCount += chunk.rowCount
  }

  /// All rows, as the types that a scan's report gives them.
  public mutating func finish(_ report: ScanReport) -> Table {
    let fields = report.schema.fields
    let made = columns.indices.compactMap { place in columns[place].finish() }
    let found = Dictionary(zip(names, made), uniquingKeysWith: { first, _ in first })
    columns = []
    return Table(
      fields.map { field in
        (
          field.name,
          found[field.name].map { report.conformed($0, to: field.type) } ?? .missing(field.type, count: rowCount)
        )
      }, rowCount: rowCount)
  }
}
