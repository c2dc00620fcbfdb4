import Tables

/// The row groups of a file that are read: those that a screen does not pass over by their statistics.
struct GroupChoice {
  /// Row groups that are read, with their numbers in the file from 1.
  private(set) var groups: [(number: Int, group: FileMetadata.RowGroup)] = []
  private(set) var extent = ScanExtent()

  /// Of the columns that are read. Only where all rows are wanted that pass the screen is it asked.
  init(_ file: FileMetadata, _ columns: [ReadColumn], _ screen: (any RowScreen)?) {
    for (place, group) in file.groups.enumerated() {
      let bytes = columns.reduce(0) { ScanExtent.sum($0, max(0, group.chunks[$1.leaf.place].compressedSize)) }
      let isPassed = screen.map { Self.passesOver(group, columns, file, $0) } ?? false
      extent.add(rows: group.rowCount, bytes: bytes, isPassed: isPassed)
      if !isPassed { groups.append((place + 1, group)) }
    }
  }

  private static func passesOver(
    _ group: FileMetadata.RowGroup, _ columns: [ReadColumn], _ file: FileMetadata, _ screen: any RowScreen
  ) -> Bool {
    if group.rowCount == 0 { return false }
    var bounds: [String: CellBounds] = [:]
    for column in columns {
      // What is missing among cells that are not read has to be told.
      guard let cells = ChunkBounds(column, in: group.chunks[column.leaf.place], of: file).cells else { return false }
      bounds[column.name] = cells
    }
    return screen.passesOver(RowsOutline(rowCount: group.rowCount, bounds: bounds))
  }
}
