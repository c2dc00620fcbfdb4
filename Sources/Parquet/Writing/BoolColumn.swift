import Tables

/// The truth values of a column of a row group: those that are there, one after the other.
struct BoolColumn {
  private static let pageRows = 1 << 20

  private var values: [Bool] = []
  private var levels = WrittenLevels()

  mutating func append(_ cells: Cells<Bool>, _ rows: Range<Int>) {
    for row in rows {
      let isPresent = cells.isValid(row)
      if isPresent { values.append(cells.values[row]) }
      levels.append(isPresent)
    }
  }

  /// As a chunk: a bit a value.
  func chunk(_ compression: PageCompression) -> WrittenChunk {
    var (builder, place) = (ChunkBuilder(compression), 0)
    for start in stride(from: 0, to: levels.rowCount, by: Self.pageRows) {
      let rows = start..<min(levels.rowCount, start + Self.pageRows)
      let count = levels.presentCount(rows)
      var page: [UInt8] = []
      levels.append(rows, to: &page)
      var packer = BitPacker(width: 1)
      for value in values[place..<place + count] { packer.append(value ? 1 : 0, to: &page) }
      packer.finish(&page)
      builder.append(page: page, rows: rows.count, .plain)
      place += count
    }
    let least = values.isEmpty ? nil : [values.contains(false) ? 0 : 1] as [UInt8]
    let greatest = values.isEmpty ? nil : [values.contains(true) ? 1 : 0] as [UInt8]
    return WrittenChunk(
      pages: builder, rowCount: levels.rowCount, missingCount: levels.missingCount, least: least, greatest: greatest)
  }
}
