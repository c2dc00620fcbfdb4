import Descriptions
import Kernels
import Tables

/// What a reader of tables is asked for.
public struct ReadingRequest: Sendable, Hashable {
  /// The options as they were written, checked against `ReadingOptions` and the format's own parameters.
  public var options: Options
  /// The columns that whoever asked for the rows takes, with their types: those are read as that, and every other column
  /// by its cells. None has to be there. nil for rows that are nobody's in particular.
  public var expected: [String: ColumnType]?

  public init(_ options: Options = Options(), expected: [String: ColumnType]? = nil) {
    self.options = options
    self.expected = expected
  }
}

/// A format that tables are read from.
public protocol TableReading: FileFormat {
  /// The table in the file at `path`; `-` is standard input. Nothing is opened yet.
  static func source(_ path: String, _ request: ReadingRequest) -> any TableSource
}

/// A format that tables are written in.
public protocol TableWriting: FileFormat {
  /// The whole file: the same bytes on any number of threads.
  static func bytes(_ table: Table, _ progress: Progress) throws(Cancelled) -> [UInt8]
}

extension TableWriting {
  /// Writes the table to `path`, compressed where the name says so, replacing what is there at once; gives the number of
  /// bytes of the file.
  @discardableResult
  public static func write(
    _ table: Table, to path: String, _ progress: Progress = Progress()
  ) throws(SourceError) -> Int {
    var text: [UInt8]
    do throws(Cancelled) {
      text = try bytes(table, progress)
      if isCompressible, FileName.isCompressed(path) { text = try GzipWriter.compress(text, progress) }
    } catch {
      throw SourceError(source: path, reason: .cancelled)
    }
    do throws(FileError) { try DurableFile.write(text, to: path) } catch {
      throw SourceError(source: path, reason: .file(error))
    }
    return text.count
  }
}
