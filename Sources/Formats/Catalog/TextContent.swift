import Kernels
import Synchronization
import Tables

/// A table as text: what is in memory is the text of a few rows for each thread, and chunks that are small wait for others, so that all
/// threads have something to do.
final class TextContent: TableContent {
  /// Chunks wait until they have so many rows, or so many bytes or a part of the memory that there is.
  private static let (mostRows, mostBytes, share) = (1 << 17, 1 << 24, 32)
  /// After so many pieces of text it is looked whether the work goes on.
  private static let pieces = 256

  private let format: any TextTableWriting.Type
  private var hasHeader = false
  /// The first rows of the first chunk that has any, and the text that is written up to the end of their piece.
  private var firstRows: Table?
  private var firstText: [UInt8] = []
  private var hasFirstPiece = false
  private var waiting: [Table] = []
  private var (waitingRows, waitingBytes) = (0, 0)

  init(_ format: any TextTableWriting.Type) { self.format = format }

  func append(_ chunk: Table, to file: TableFile, _ progress: Progress) throws(SourceError) {
    if !hasHeader {
      firstText = format.header(chunk)
      try file.put(firstText)
      hasHeader = true
    }
    waiting.append(chunk)
    waitingRows += chunk.rowCount
    waitingBytes += chunk.byteCount
    let mostBytes = min(Self.mostBytes, Memory.bound / Self.share)
    if waitingRows >= Self.mostRows || waitingBytes >= mostBytes { try writeWaiting(file, progress) }
  }

  func finish(_ file: TableFile, _ progress: Progress) throws(SourceError) -> String? {
    try writeWaiting(file, progress)
    if !hasHeader, !format.footer.isEmpty { try file.put(format.header(Table([]))) }
    try file.put(format.footer)
    return firstRows.flatMap { WrittenBeginning($0, firstText + format.footer)?.difference(format) }
  }

  private func writeWaiting(_ file: TableFile, _ progress: Progress) throws(SourceError) {
    let texts = waiting.map { format.rows($0) }
    if firstRows == nil, let place = waiting.firstIndex(where: { $0.rowCount > 0 }) {
      firstRows = waiting[place].head(min(WrittenBeginning.most, texts[place].pieceRows))
    }
    (waiting, waitingRows, waitingBytes) = ([], 0, 0)
    let pieces = texts.flatMap { text in (0..<text.count).map { (text, $0) } }
    for start in stride(from: 0, to: pieces.count, by: Self.pieces) {
      do throws(Cancelled) { try progress.checkpoint(Double(start) / Double(pieces.count), "writing") } catch {
        throw SourceError(source: file.path, reason: .cancelled)
      }
      try write(pieces[start..<min(pieces.count, start + Self.pieces)], to: file)
    }
  }

  /// Makes pieces of text side by side and writes them in their order.
  private func write(_ pieces: ArraySlice<(RowText, Int)>, to file: TableFile) throws(SourceError) {
    // Only one thread at a time is within the second closure.
    nonisolated(unsafe) let content = self
    nonisolated(unsafe) let file = file
    let failure = Mutex<SourceError?>(nil)
    parallelInOrder(pieces.count) { place in
      let (text, piece) = pieces[pieces.startIndex + place]
      return failure.withLock { $0 == nil } ? text.piece(piece) : []
    } _: { text in
      let text = content.joined(text)
      do throws(SourceError) { try file.put(text) } catch { failure.withLock { $0 = $0 ?? error } }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
  }

  /// The text of a piece as it follows what is written already; of the first it is kept.
  private func joined(_ text: [UInt8]) -> [UInt8] {
    if hasFirstPiece { return text }
    hasFirstPiece = true
    let first = Array(text.dropFirst(format.separator.count))
    firstText += first
    return first
  }
}
