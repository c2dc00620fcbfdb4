import Descriptions
import Formats
import Kernels
import Tables

@testable import Parquet

/// Bytes as pages hold them, with the margin that decoders read. They stay where they are as long as the tests run.
func buffer(_ bytes: [UInt8]) throws -> RawBuffer {
  let buffer = RawBuffer()
  _ = Unmanaged.passRetained(buffer)
  try buffer.resize(to: bytes.count)
  buffer.base.update(from: bytes, count: bytes.count)
  return buffer
}

extension RawBuffer {
  var bytes: [UInt8] { Array(buffer) }
}

extension ByteCursor {
  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: at, count: count)) }
}

/// A table as the bytes of a file.
func file(_ table: Table, by cut: Int = .max) throws -> [UInt8] {
  var encoder = ParquetFormat.encoder(table)
  var bytes: [UInt8] = []
  for start in stride(from: 0, to: table.rowCount, by: min(cut, max(1, table.rowCount))) {
    bytes += try encoder.append(
      table.take(RowList(start..<min(table.rowCount, start + min(cut, table.rowCount)))), Progress())
  }
  if table.rowCount == 0 { bytes += try encoder.append(table, Progress()) }
  return bytes + (try encoder.finish(Progress()))
}

/// Chunks of a few rows, few of them at a time.
let smallChunks = ChunkLayout(rowCount: 7, window: 3, stretch: 64)

/// The rows of a file.
func rows(
  _ bytes: [UInt8], texts: Set<String> = [], layout: ChunkLayout? = nil, _ request: ScanRequest = ScanRequest()
) throws(SourceError) -> SourceRows {
  let file = ParquetFile(path: "t.parquet", bytes: bytes, texts: texts, layout: layout)
  return try TypedSource(file, ReadingRequest()).read(request, Progress())
}

/// What is wrong with a file, in words; nil where nothing is.
func complaint(_ bytes: [UInt8]) -> String? {
  do throws(SourceError) {
    _ = try rows(bytes)
    return nil
  } catch {
    switch error.reason {
    case .badFormat(let words), .tooLarge(let words): return words
    default: return "\(error.reason)"
    }
  }
}

extension Table {
  func words(_ name: String) -> [String] { (0..<rowCount).map { self[name]?[$0].description ?? "no column" } }
}

/// A file whose parts are put together by hand.
struct MadeFile {
  /// A column or a group of the schema.
  struct Node {
    var name: String
    var physical: PhysicalType?
    var length: Int?
    var repetition = Repetition.optional
    var children: Int?
    var converted: Int?
    var scale: Int?
    var precision: Int?
    /// Writes what stands in the union of logical types.
    var logical: ((inout CompactWriter) -> Void)?
  }

  /// The pages of a column of a row group.
  struct Chunk {
    var physical: PhysicalType
    var codec = Codec.uncompressed
    var values: Int
    var pages: [UInt8]
    var name = "x"
    var least: [UInt8]?
    var greatest: [UInt8]?
    /// Statistics beside the bounds.
    var missing: Int?
    var notANumber: Int?
    /// Whether the bounds are said to be values of the column; nil where nothing is said.
    var isExact: Bool?
    /// Whether the bounds are of the older kind.
    var areOld = false
    /// In place of where the pages are, and of their size.
    var start: Int?
    var uncompressed: Int?
    var isEncrypted = false
    var isElsewhere = false
  }

  var nodes: [Node]
  var groups: [(rows: Int, chunks: [Chunk])]
  var rowCount: Int?
  /// What is said of the order of each column's bounds: 1 for that of its type.
  var orders: [Int] = []

  /// A file of one column and one row group.
  static func column(
    _ physical: PhysicalType, rows: Int, repetition: Repetition = .optional, length: Int? = nil, converted: Int? = nil,
    codec: Codec = .uncompressed, logical: ((inout CompactWriter) -> Void)? = nil, _ pages: [UInt8]...
  ) -> MadeFile {
    MadeFile(
      nodes: [
        Node(name: "root", children: 1),
        Node(
          name: "x", physical: physical, length: length, repetition: repetition, converted: converted, logical: logical),
      ],
      groups: [(rows, [Chunk(physical: physical, codec: codec, values: rows, pages: pages.flatMap { $0 })])])
  }

  var bytes: [UInt8] {
    var bytes = Array("PAR1".utf8)
    var starts: [[Int]] = []
    for group in groups {
      starts.append(
        group.chunks.map { chunk in
          let start = bytes.count
          bytes += chunk.pages
          return start
        })
    }
    let footer = footer(starts)
    bytes += footer
    bytes.append(word32: UInt32(footer.count))
    return bytes + Array("PAR1".utf8)
  }

  private func footer(_ starts: [[Int]]) -> [UInt8] {
    var writer = CompactWriter()
    writer.structure { file in
      file.int32(1, 1)
      file.list(2, nodes, of: .structure) { writer, node in writer.structure { Self.write(node, &$0) } }
      file.int64(3, rowCount ?? groups.reduce(0) { $0 + $1.rows })
      file.list(4, Array(zip(groups, starts)), of: .structure) { writer, group in
        writer.structure { writer in
          writer.list(1, Array(zip(group.0.chunks, group.1)), of: .structure) { writer, chunk in
            writer.structure { Self.write(chunk.0, at: chunk.1, &$0) }
          }
          writer.int64(2, 0)
          writer.int64(3, group.0.rows)
        }
      }
      if orders.isEmpty { return }
      file.list(7, orders, of: .structure) { writer, order in writer.structure { $0.structure(order) } }
    }
    return writer.bytes
  }

  private static func write(_ node: Node, _ writer: inout CompactWriter) {
    if let physical = node.physical { writer.int32(1, Int(physical.rawValue)) }
    if let length = node.length { writer.int32(2, length) }
    writer.int32(3, Int(node.repetition.rawValue))
    writer.text(4, node.name)
    if let children = node.children { writer.int32(5, children) }
    if let converted = node.converted { writer.int32(6, converted) }
    if let scale = node.scale { writer.int32(7, scale) }
    if let precision = node.precision { writer.int32(8, precision) }
    if let logical = node.logical { writer.structure(10, logical) }
  }

  private static func write(_ chunk: Chunk, at place: Int, _ writer: inout CompactWriter) {
    if chunk.isElsewhere { writer.text(1, "other.parquet") }
    writer.int64(2, 0)
    if chunk.isEncrypted {
      writer.structure(8)
      return
    }
    writer.structure(3) { data in
      data.int32(1, Int(chunk.physical.rawValue))
      data.list(2, [0], of: .int32) { $0.element($1) }
      data.list(3, [chunk.name], of: .binary) { $0.element($1) }
      data.int32(4, Int(chunk.codec.rawValue))
      data.int64(5, chunk.values)
      data.int64(6, chunk.uncompressed ?? chunk.pages.count)
      data.int64(7, chunk.pages.count)
      data.int64(9, chunk.start ?? place)
      data.structure(12) { Self.writeStatistics(chunk, &$0) }
    }
  }
}

extension MadeFile {
  fileprivate static func writeStatistics(_ chunk: Chunk, _ statistics: inout CompactWriter) {
    if chunk.areOld {
      if let greatest = chunk.greatest { statistics.binary(1, greatest) }
      if let least = chunk.least { statistics.binary(2, least) }
    }
    if let missing = chunk.missing { statistics.int64(3, missing) }
    if !chunk.areOld {
      if let greatest = chunk.greatest { statistics.binary(5, greatest) }
      if let least = chunk.least { statistics.binary(6, least) }
    }
    if let isExact = chunk.isExact {
      statistics.truth(7, isExact)
      statistics.truth(8, isExact)
    }
    if let count = chunk.notANumber { statistics.int64(9, count) }
  }
}

/// Pages by hand.
enum MadePage {
  /// A data page of the first version; `levels` stand before the values.
  static func data(
    _ values: [UInt8], rows: Int, _ encoding: PageEncoding = .plain, levels: [UInt8]? = nil,
    levelEncoding: PageEncoding = .rle, expanded: Int? = nil, checksum: Int32? = nil
  ) -> [UInt8] {
    var body: [UInt8] = []
    if let levels {
      if levelEncoding == .rle { body.append(word32: UInt32(levels.count)) }
      body += levels
    }
    body += values
    return page(body, kind: .data, expanded: expanded ?? body.count, checksum: checksum) { writer in
      writer.structure(5) { page in
        page.int32(1, rows)
        page.int32(2, Int(encoding.rawValue))
        page.int32(3, Int(levelEncoding.rawValue))
        page.int32(4, Int(PageEncoding.rle.rawValue))
      }
    }
  }

  static func dataV2(
    _ values: [UInt8], rows: Int, missing: Int = 0, _ encoding: PageEncoding = .plain, levels: [UInt8] = [],
    isCompressed: Bool = false, expanded: Int? = nil
  ) -> [UInt8] {
    page(levels + values, kind: .dataV2, expanded: expanded ?? levels.count + values.count, checksum: nil) { writer in
      writer.structure(8) { page in
        page.int32(1, rows)
        page.int32(2, missing)
        page.int32(3, rows)
        page.int32(4, Int(encoding.rawValue))
        page.int32(5, levels.count)
        page.int32(6, 0)
        page.truth(7, isCompressed)
      }
    }
  }

  static func dictionary(_ words: [UInt8], count: Int) -> [UInt8] {
    page(words, kind: .dictionary, expanded: words.count, checksum: nil) { writer in
      writer.structure(7) { page in
        page.int32(1, count)
        page.int32(2, Int(PageEncoding.plainDictionary.rawValue))
      }
    }
  }

  private static func page(
    _ body: [UInt8], kind: PageKind, expanded: Int, checksum: Int32?, _ details: (inout CompactWriter) -> Void
  ) -> [UInt8] {
    var writer = CompactWriter()
    writer.structure { page in
      page.int32(1, Int(kind.rawValue))
      page.int32(2, expanded)
      page.int32(3, body.count)
      if let checksum { page.int32(4, Int(checksum)) }
      details(&page)
    }
    return writer.bytes + body
  }
}

/// Values one after the other, as plain pages have them.
func plain<Value: BitwiseCopyable>(_ values: [Value]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

func plain(_ texts: [String]) -> [UInt8] {
  var bytes: [UInt8] = []
  for text in texts {
    bytes.append(word32: UInt32(text.utf8.count))
    bytes += text.utf8
  }
  return bytes
}

/// Bytes in memory of which any stretch can be read.
func positioned(_ bytes: [UInt8]) throws -> any PositionedBytes { MemoryStream(bytes) }
