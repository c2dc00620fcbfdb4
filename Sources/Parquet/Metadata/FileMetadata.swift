/// What a file says of itself in its footer: its columns, and where the pages of each row group stand.
struct FileMetadata {
  /// Some rows of a file.
  struct RowGroup {
    var rowCount = 0
    /// One for each column that is no group, in the order of the schema.
    var chunks: [ChunkMetadata] = []
  }

  /// Columns and groups in a schema.
  private static let mostNodes = 1 << 20

  private(set) var nodes: [SchemaNode] = []
  /// Those of all row groups together.
  private(set) var rowCount = 0
  /// Said where the footer counts other rows than its row groups have: some writers leave it at 0.
  private(set) var rowCountNote: String?
  private(set) var groups: [RowGroup] = []
  /// For each column that is no group whether its statistics' bounds are in the order of its type; empty where the file does not say it.
  private(set) var typeOrders: [Bool] = []
  /// Bounds of values stand in it.
  let footer: RawBuffer

  /// Reads a footer. Throws for bytes that are none, and for numbers that do not agree.
  init(_ footer: RawBuffer) throws(ParquetFailure) {
    self.footer = footer
    var reader = CompactReader(UnsafePointer(footer.base), footer.count)
    do throws(CompactReader.Failure) { try read(&reader) } catch {
      throw .damaged(error == .cut ? "its footer ends early" : "its footer is damaged")
    }
    try countRows()
  }

  private mutating func read(_ reader: inout CompactReader) throws(CompactReader.Failure) {
    var (nodes, groups, rowCount): ([SchemaNode], [RowGroup], Int) = ([], [], 0)
    var typeOrders: [Bool] = []
    try reader.structure { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 2:
        try reader.list(field, of: .structure) { (reader, _) throws(CompactReader.Failure) in
          guard nodes.count < Self.mostNodes else { throw .malformed }
          nodes.append(try SchemaNode.read(&reader))
        }
      case 3: rowCount = Int(try reader.int(field))
      case 4:
        try reader.list(field, of: .structure) { (reader, _) throws(CompactReader.Failure) in
          groups.append(try Self.group(&reader))
        }
      case 7:
        try reader.list(field, of: .structure) { (reader, _) throws(CompactReader.Failure) in
          guard typeOrders.count < Self.mostNodes else { throw .malformed }
          typeOrders.append(try Self.isTypeOrder(&reader))
        }
      default: return false
      }
      return true
    }
    (self.nodes, self.groups, self.rowCount, self.typeOrders) = (nodes, groups, rowCount, typeOrders)
  }

  /// Whether an order (`ColumnOrder`) is that of the column's type.
  private static func isTypeOrder(_ reader: inout CompactReader) throws(CompactReader.Failure) -> Bool {
    var isTypeOrder = false
    try reader.structure { (_, member) throws(CompactReader.Failure) in
      isTypeOrder = member.id == 1
      return false
    }
    return isTypeOrder
  }

  private static func group(_ reader: inout CompactReader) throws(CompactReader.Failure) -> RowGroup {
    var group = RowGroup()
    var hasRows = false
    try reader.structure { (reader, field) throws(CompactReader.Failure) in
      switch field.id {
      case 1:
        try reader.list(field, of: .structure) { (reader, count) throws(CompactReader.Failure) in
          if group.chunks.isEmpty { group.chunks.reserveCapacity(min(count, 1 << 10)) }
          group.chunks.append(try ChunkMetadata.read(&reader))
        }
      case 3:
        group.rowCount = Int(try reader.int(field))
        hasRows = true
      default: return false
      }
      return true
    }
    guard hasRows else { throw .malformed }
    return group
  }

  /// An engine may write a file of no columns, and one of no rows.
  private mutating func countRows() throws(ParquetFailure) {
    var rows = 0
    for group in groups {
      let (sum, overflow) = rows.addingReportingOverflow(group.rowCount)
      guard group.rowCount >= 0, !overflow else { throw .damaged("a row group has \(group.rowCount) rows") }
      rows = sum
    }
    if rows != rowCount {
      rowCountNote = "it says that it has \(rowCount) rows; the \(rows) of its row groups are read"
    }
    rowCount = rows
  }
}
