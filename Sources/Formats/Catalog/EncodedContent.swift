import Kernels
import Tables

/// A table by an encoder, chunk after chunk. The first rows are encoded once more, as a file of their own, to be read back.
final class EncodedContent: TableContent {
  private let format: any EncodedTableWriting.Type
  private var encoder: (any TableEncoder)?
  private var firstRows: Table?

  init(_ format: any EncodedTableWriting.Type) { self.format = format }

  func append(_ chunk: Table, to file: TableFile, _ progress: Progress) throws(SourceError) {
    if encoder == nil { encoder = try format.encoder(chunk) }
    if let bytes = try encoder?.append(chunk, progress) { try file.put(bytes) }
    if firstRows == nil, chunk.rowCount > 0 { firstRows = chunk.head(min(WrittenBeginning.most, chunk.rowCount)) }
  }

  func finish(_ file: TableFile, _ progress: Progress) throws(SourceError) -> String? {
    if let bytes = try encoder?.finish(progress) { try file.put(bytes) }
    guard let firstRows else { return nil }
    var first = try format.encoder(firstRows)
    let bytes = try first.append(firstRows, progress) + first.finish(progress)
    return WrittenBeginning(firstRows, bytes)?.difference(format)
  }
}
