import Descriptions
import Kernels
import Tables

/// A table by an encoder, chunk after chunk. The first rows are encoded once more, as a file of their own, to be read back.
final class EncodedContent: TableContent {
  /// A table that is in memory is one chunk: it is encoded so many rows at a time, so that there are not all of its bytes beside it.
  private static let mostRows = 1 << 18

  private let format: any EncodedTableWriting.Type
  private let options: Options
  private var encoder: (any TableEncoder)?
  private var firstRows: Table?

  init(_ format: any EncodedTableWriting.Type, _ options: Options) {
    self.format = format
    self.options = options
  }

  func append(_ chunk: Table, to file: TableFile, _ progress: Progress) throws(SourceError) {
    if encoder == nil { encoder = try format.encoder(chunk, options) }
    if chunk.rowCount <= Self.mostRows {
      if let bytes = try encoder?.append(chunk, progress) { try file.put(bytes) }
    } else {
      for start in stride(from: 0, to: chunk.rowCount, by: Self.mostRows) {
        let part = chunk.take(RowList(start..<min(chunk.rowCount, start + Self.mostRows)))
        if let bytes = try encoder?.append(part, progress) { try file.put(bytes) }
      }
    }
    if firstRows == nil, chunk.rowCount > 0 { firstRows = chunk.head(min(WrittenBeginning.most, chunk.rowCount)) }
  }

  func finish(_ file: TableFile, _ progress: Progress) throws(SourceError) -> String? {
    if let bytes = try encoder?.finish(progress) { try file.put(bytes) }
    guard let firstRows else { return nil }
    var first = try format.encoder(firstRows, options)
    let bytes = try first.append(firstRows, progress) + first.finish(progress)
    return WrittenBeginning(try format.readBack(firstRows), bytes)?.difference(format)
  }
}
