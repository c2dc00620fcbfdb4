import Kernels
import Tables

/// Writes a table to a file chunk by chunk: what is in memory is one chunk's text, however long the file gets.
///
/// The name says whether it is compressed (`.gz`). The file takes its place when it is whole.
public final class TableFileWriter {
  /// Rows whose text is made at once; chunks larger than that are cut.
  private static let stretch = 1 << 17

  private let path: String
  private let format: any TableWriting.Type
  private let file: DurableFileWriter
  private let gzip: GzipWriter?
  private var hasHeader = false

  public init(path: String, _ format: any TableWriting.Type) throws(SourceError) {
    self.path = path
    self.format = format
    gzip = format.isCompressible && FileName.isCompressed(path) ? GzipWriter() : nil
    do throws(FileError) { file = try DurableFileWriter(path: path) } catch {
      throw SourceError(source: path, reason: .file(error))
    }
  }

  /// Appends the rows of a chunk. All chunks have the columns of the first.
  public func append(_ chunk: Table, _ progress: Progress) throws(SourceError) {
    if !hasHeader {
      try put(format.header(chunk))
      hasHeader = true
    }
    for start in stride(from: 0, to: chunk.rowCount, by: Self.stretch) {
      let part =
        chunk.rowCount <= Self.stretch
        ? chunk : chunk.take(RowList(start..<min(chunk.rowCount, start + Self.stretch)))
      let text: [UInt8]
      do throws(Cancelled) { text = try format.rows(part, progress) } catch {
        throw SourceError(source: path, reason: .cancelled)
      }
      try put(text)
    }
  }

  /// Puts the file in its place; gives its size in bytes.
  public func finish() throws(SourceError) -> Int {
    do throws(FileError) {
      if let gzip { try file.write(gzip.finish()) }
      try file.finish()
      return file.size
    } catch {
      throw SourceError(source: path, reason: .file(error))
    }
  }

  private func put(_ text: [UInt8]) throws(SourceError) {
    do throws(FileError) { try file.write(gzip.map { $0.take(text) } ?? text) } catch {
      throw SourceError(source: path, reason: .file(error))
    }
  }
}
