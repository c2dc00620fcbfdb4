import Kernels

/// A table as a list of chunks, each a small table of the same columns; the rows are those of the chunks one after the other.
public struct ChunkedTable: Sendable {
  public let schema: Schema
  public private(set) var chunks: [Table]
  public let rowCount: Int

  /// The chunks must have the columns of the schema, in its order.
  public init(schema: Schema, chunks: [Table]) {
    self.schema = schema
    self.chunks = chunks
    rowCount = chunks.reduce(0) { $0 + $1.rowCount }
  }

  /// The chunks of a scan as what its columns are at the end.
  public init(_ chunks: [Table], _ report: ScanReport) {
    let schema = report.schema
    let names = schema.fields.map(\.name)
    let conformed = parallelMap(chunks.count) { place -> Table in
      let chunk = chunks[place]
      if chunk.schema == schema { return chunk }
      let columns = schema.fields.map { field in
        chunk[field.name].map { report.conformed($0, to: field.type) } ?? .missing(field.type, count: chunk.rowCount)
      }
      return Table(names: names, columns: columns, rowCount: chunk.rowCount)
    }
    self.init(schema: schema, chunks: conformed)
  }

  /// The columns named, in that order; names that are not there are passed over. O(chunks × columns).
  public func select(_ names: [String]) -> ChunkedTable {
    let fields = names.compactMap { name in schema[name].map { Field(name, $0) } }
    return ChunkedTable(schema: Schema(fields), chunks: chunks.map { $0.select(fields.map(\.name)) })
  }

  /// The rows as one table: the chunk itself where there is one, else column by column side by side, each chunk's column being given
  /// up as soon as it is copied if nobody else holds it. O(cells).
  public consuming func whole() -> Table {
    if chunks.count == 1 { return chunks[0] }
    let parts = ColumnParts(schema.fields.count, chunks)
    let (schema, rowCount) = (schema, rowCount)
    chunks = []
    let columns = parallelMap(schema.fields.count) { place -> Column in
      var builder = ColumnBuilder(expectedRows: rowCount)
      parts.drain(place) { builder.append($0) }
      return builder.finish() ?? .missing(schema.fields[place].type, count: 0)
    }
    return Table(names: schema.fields.map(\.name), columns: columns, rowCount: rowCount)
  }
}

/// The columns of chunks, to be taken out one after the other; each place is drained by one thread.
private final class ColumnParts: @unchecked Sendable {
  private let storage: UnsafeMutablePointer<[Column]>
  private let count: Int

  init(_ count: Int, _ chunks: [Table]) {
    self.count = count
    storage = .allocate(capacity: count)
    for place in 0..<count { (storage + place).initialize(to: chunks.map { $0.columns[place] }.reversed()) }
  }

  deinit {
    storage.deinitialize(count: count)
    storage.deallocate()
  }

  func drain(_ place: Int, _ body: (Column) -> Void) { while let next = storage[place].popLast() { body(next) } }
}
