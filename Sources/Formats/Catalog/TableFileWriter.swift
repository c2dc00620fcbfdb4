import Descriptions
import Glibc
import Kernels
import Tables

/// Writes a table to a file chunk by chunk.
///
/// The name says whether it is compressed (`.gz`, `.zst`), where the format is one that is. The file takes its place when it is whole and its
/// first rows were read back, before they are compressed, as the cells that they are.
public final class TableFileWriter {
  private let file: TableFile
  private let content: any TableContent

  /// Throws `file` where nothing can be written at `path`.
  public init(
    path: String, _ format: any TableWriting.Type, _ options: Options = Options()
  ) throws(SourceError) {
    file = try TableFile(path: path, format.isCompressible ? Compression(path: path) : nil)
    content = format.content(options)
  }

  /// Appends the rows of a chunk. All chunks have the columns of the first.
  public func append(_ chunk: Table, _ progress: Progress) throws(SourceError) {
    try content.append(chunk, to: file, progress)
  }

  /// Puts the file in its place; gives its size in bytes. Throws `differs` where its first rows are not read back as they are.
  public func finish(_ progress: Progress) throws(SourceError) -> Int {
    if let words = try content.finish(file, progress) {
      throw SourceError(source: file.path, reason: .differs(words))
    }
    return try file.finish()
  }
}

/// What is written to a file of a table.
public protocol TableContent: AnyObject {
  /// Takes rows; what of them can be written is.
  func append(_ chunk: Table, to file: TableFile, _ progress: Progress) throws(SourceError)
  /// Writes the rest. Gives in words what is not read back as it was.
  func finish(_ file: TableFile, _ progress: Progress) throws(SourceError) -> String?
}

/// A file of a table that is being written, plain or compressed.
public final class TableFile {
  public let path: String
  private let file: DurableFileWriter
  private let compressed: (any CompressedWriter)?

  init(path: String, _ compression: Compression?) throws(SourceError) {
    self.path = path
    compressed = compression?.writer
    do throws(FileError) { file = try DurableFileWriter(path: path) } catch {
      throw SourceError(source: path, reason: .file(error))
    }
  }

  /// Appends bytes; throws `file` where the system refuses them.
  public func put(_ bytes: [UInt8]) throws(SourceError) {
    if bytes.isEmpty { return }
    do throws(FileError) { try file.write(compressed.map { $0.take(bytes) } ?? bytes) } catch {
      throw SourceError(source: path, reason: .file(error))
    }
  }

  /// Puts the file in its place; gives its size in bytes.
  func finish() throws(SourceError) -> Int {
    do throws(FileError) {
      if let compressed { try file.write(compressed.finish()) }
      if compressed?.hasFailed == true { throw FileError(path: path, reason: .other(ENOMEM)) }
      try file.finish()
      return file.size
    } catch {
      throw SourceError(source: path, reason: .file(error))
    }
  }
}
