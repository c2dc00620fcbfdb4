import Tables

/// A column of a file as it is written: a table's, or one place of a vector.
struct WrittenColumn: Sendable {
  /// Different from all others of the file.
  let name: String
  /// The table's column.
  let source: String
  /// The place of a vector.
  let place: Int?
  let type: ColumnType

  /// The columns of a file of rows like those of a table.
  static func all(of table: Table) -> [WrittenColumn] {
    var names = FreeNames(besides: [String]())
    return zip(table.names, table.columns).flatMap { name, column -> [WrittenColumn] in
      guard case .vector(let cells) = column else {
        return [WrittenColumn(name: names.take(name), source: name, place: nil, type: column.type)]
      }
      return cells.names.enumerated().map { place, part in
        WrittenColumn(name: names.take("\(name)_\(part)"), source: name, place: place, type: .float)
      }
    }
  }

  var physical: PhysicalType {
    switch type {
    case .bool: .boolean
    case .int, .datetime: .int64
    case .float, .vector: .double
    case .text: .byteArray
    case .date: .int32
    }
  }

  /// Describes itself as an element of the schema.
  func write(_ node: inout CompactWriter) {
    node.int32(1, Int(physical.rawValue))
    node.int32(3, Int(Repetition.optional.rawValue))
    node.text(4, name)
    // The older way to say what values stand for comes first.
    switch type {
    case .text:
      node.int32(6, 0)
      node.structure(10) { $0.structure(1) }
    case .date:
      node.int32(6, 6)
      node.structure(10) { $0.structure(6) }
    case .datetime:
      node.int32(6, 10)
      node.structure(10) { logical in
        logical.structure(8) { moment in
          moment.truth(1, true)
          moment.structure(2) { $0.structure(TimeUnit.microseconds.rawValue) }
        }
      }
    case .bool, .int, .float, .vector: break
    }
  }
}

/// Some rows of a table, to be written.
struct WrittenPiece: Sendable {
  let table: Table
  let rows: Range<Int>
}

/// A column of a row group, ready to be put into the file.
struct WrittenChunk: Sendable {
  private(set) var pages: ChunkBuilder
  let rowCount: Int
  let missingCount: Int
  /// The least and the greatest value, as statistics have them; nil where they are not told.
  let least: [UInt8]?
  let greatest: [UInt8]?

  /// Bytes of its pages in the file, and before they were compressed.
  var size: Int { pages.size }
  var uncompressedSize: Int { pages.uncompressedSize }

  /// What is told of it, when its bytes are in the file.
  var withoutBytes: WrittenChunk {
    var chunk = self
    chunk.pages.drop()
    return chunk
  }

  /// Describes itself as a chunk that begins at a place of the file.
  func write(_ chunk: inout CompactWriter, _ column: WrittenColumn, at start: Int) {
    chunk.int64(2, 0)
    chunk.structure(3) { data in
      data.int32(1, Int(column.physical.rawValue))
      data.list(2, pages.encodings, of: .int32) { $0.element(Int($1.rawValue)) }
      data.list(3, [column.name], of: .binary) { $0.element($1) }
      data.int32(4, Int(pages.compression.codec.rawValue))
      data.int64(5, rowCount)
      data.int64(6, uncompressedSize)
      data.int64(7, size)
      data.int64(9, start + pages.dataStart)
      if pages.hasDictionary { data.int64(11, start) }
      data.structure(12, writeStatistics)
    }
  }

  private func writeStatistics(_ statistics: inout CompactWriter) {
    statistics.int64(3, missingCount)
    guard let least, let greatest else { return }
    statistics.binary(5, greatest)
    statistics.binary(6, least)
    statistics.truth(7, true)
    statistics.truth(8, true)
  }
}
