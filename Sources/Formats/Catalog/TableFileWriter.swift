import Kernels
import Synchronization
import Tables

/// Writes a table to a file chunk by chunk: what is in memory is the text of a few rows for each thread, and chunks that are small wait
/// for others, so that all threads have something to do.
///
/// The name says whether it is compressed (`.gz`). The file takes its place when it is whole and its first rows were read back, from
/// the text before it is compressed, as the cells that they are.
public final class TableFileWriter {
  /// Chunks wait until they have so many rows, or so many bytes or a part of the memory that there is.
  private static let (mostRows, mostBytes, share) = (1 << 17, 1 << 24, 32)
  /// After so many pieces of text it is looked whether the work goes on.
  private static let pieces = 256

  private let path: String
  private let format: any TableWriting.Type
  private let file: DurableFileWriter
  private let gzip: GzipWriter?
  private var hasHeader = false
  /// The first rows of the first chunk that has any, and the text that is written up to the end of their piece.
  private var firstRows: Table?
  private var firstText: [UInt8] = []
  private var hasFirstPiece = false
  private var waiting: [Table] = []
  private var (waitingRows, waitingBytes) = (0, 0)

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
      firstText = format.header(chunk)
      do throws(FileError) { try put(firstText) } catch { throw failed(error) }
      hasHeader = true
    }
    waiting.append(chunk)
    waitingRows += chunk.rowCount
    waitingBytes += chunk.byteCount
    let mostBytes = min(Self.mostBytes, Memory.bound / Self.share)
    if waitingRows >= Self.mostRows || waitingBytes >= mostBytes { try writeWaiting(progress) }
  }

  /// Puts the file in its place; gives its size in bytes. Throws `differs` where its first rows are not read back as they are.
  public func finish(_ progress: Progress) throws(SourceError) -> Int {
    try writeWaiting(progress)
    if let firstRows, let words = WrittenBeginning(firstRows, firstText)?.difference(format) {
      throw SourceError(source: path, reason: .differs(words))
    }
    do throws(FileError) {
      if let gzip { try file.write(gzip.finish()) }
      try file.finish()
      return file.size
    } catch {
      throw failed(error)
    }
  }

  private func writeWaiting(_ progress: Progress) throws(SourceError) {
    let texts = waiting.map { format.rows($0) }
    if firstRows == nil, let place = waiting.firstIndex(where: { $0.rowCount > 0 }) {
      firstRows = waiting[place].head(min(WrittenBeginning.most, texts[place].pieceRows))
    }
    (waiting, waitingRows, waitingBytes) = ([], 0, 0)
    let pieces = texts.flatMap { text in (0..<text.count).map { (text, $0) } }
    for start in stride(from: 0, to: pieces.count, by: Self.pieces) {
      do throws(Cancelled) { try progress.checkpoint(Double(start) / Double(pieces.count), "writing") } catch {
        throw SourceError(source: path, reason: .cancelled)
      }
      try write(pieces[start..<min(pieces.count, start + Self.pieces)])
    }
  }

  /// Makes pieces of text side by side and writes them in their order.
  private func write(_ pieces: ArraySlice<(RowText, Int)>) throws(SourceError) {
    // Only one thread at a time is within the second closure.
    nonisolated(unsafe) let file = self
    let failure = Mutex<FileError?>(nil)
    parallelInOrder(pieces.count) { place in
      let (text, piece) = pieces[pieces.startIndex + place]
      return failure.withLock { $0 == nil } ? text.piece(piece) : []
    } _: { text in
      file.keepFirst(text)
      do throws(FileError) { try file.put(text) } catch { failure.withLock { $0 = $0 ?? error } }
    }
    if let failure = failure.withLock({ $0 }) { throw failed(failure) }
  }

  private func keepFirst(_ text: [UInt8]) {
    if hasFirstPiece { return }
    hasFirstPiece = true
    firstText += text
  }

  private func put(_ text: [UInt8]) throws(FileError) { try file.write(gzip.map { $0.take(text) } ?? text) }

  private func failed(_ error: FileError) -> SourceError { SourceError(source: path, reason: .file(error)) }
}
