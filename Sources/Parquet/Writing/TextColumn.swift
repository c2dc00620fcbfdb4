import Tables

/// The texts of a column of a row group: as codes into their different words while that pays, else one after the other.
struct TextColumn {
  /// Rows and bytes of a page at most.
  private static let (pageRows, pageBytes) = (1 << 17, 1 << 20)
  /// Bytes of a dictionary at most, and of a bound that statistics tell.
  private static let (mostWordBytes, longestBound) = (1 << 20, 64)

  private let pieces: [TextPiece]
  private var levels = WrittenLevels()
  private var textBytes = 0

  init(_ pieces: [(cells: TextCells, rows: Range<Int>)]) {
    var made: [TextPiece] = []
    for (cells, rows) in pieces { made.append(TextPiece(cells, rows, after: made.last)) }
    self.pieces = made
    for piece in made {
      if piece.cells.validity == nil { levels.append(present: piece.rows.count) }
      piece.each { text in
        if piece.cells.validity != nil { levels.append(text != nil) }
        textBytes += text?.count ?? 0
      }
    }
  }

  func chunk(_ compression: PageCompression, _ isCancelled: () -> Bool) -> WrittenChunk {
    let present = levels.rowCount - levels.missingCount
    let plainSize = textBytes + 4 * present
    var builder = ChunkBuilder(compression)
    var bounds = TextBounds(longest: Self.longestBound)
    let words = WordCodes(pieces, most: Self.mostWordBytes)
    let width = dictionaryWidth(words?.count ?? 0)
    if let words, words.byteCount + words.codes.count * width / 8 < plainSize {
      for place in 0..<words.count { words.word(place) { bounds.take($0) } }
      writeCodes(words, width, to: &builder, isCancelled)
    } else {
      writePlain(to: &builder, &bounds, isCancelled)
    }
    return WrittenChunk(
      pages: builder, rowCount: levels.rowCount, missingCount: levels.missingCount, least: bounds.told?.least,
      greatest: bounds.told?.greatest)
  }

  private func writeCodes(
    _ words: WordCodes, _ width: Int, to builder: inout ChunkBuilder, _ isCancelled: () -> Bool
  ) {
    builder.append(dictionary: words.plain, count: words.count)
    var place = 0
    for start in stride(from: 0, to: levels.rowCount, by: Self.pageRows) where !isCancelled() {
      let rows = start..<min(levels.rowCount, start + Self.pageRows)
      let count = levels.presentCount(rows)
      var page: [UInt8] = []
      levels.append(rows, to: &page)
      page.append(UInt8(width))
      words.codes.withUnsafeBufferPointer {
        HybridEncoder.append(UnsafeBufferPointer(rebasing: $0[place..<place + count]), width: width, to: &page)
      }
      builder.append(page: page, rows: rows.count, .rleDictionary)
      place += count
    }
  }

  private func writePlain(to builder: inout ChunkBuilder, _ bounds: inout TextBounds, _ isCancelled: () -> Bool) {
    var (start, row, values) = (0, 0, [UInt8]())
    func close() {
      if start == row || isCancelled() { return }
      var page: [UInt8] = []
      levels.append(start..<row, to: &page)
      page += values
      builder.append(page: page, rows: row - start, .plain)
      values.removeAll(keepingCapacity: true)
      start = row
    }
    for piece in pieces {
      piece.each { text in
        row += 1
        if let text {
          values.append(word32: UInt32(truncatingIfNeeded: text.count))
          values.append(contentsOf: text)
          bounds.take(text)
        }
        if row - start == Self.pageRows || values.count >= Self.pageBytes { close() }
      }
    }
    close()
  }
}
