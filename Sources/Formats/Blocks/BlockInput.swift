import CVector
import Kernels
import Tables

/// One text of a reading, and how far it has been cut into blocks.
///
/// Blocks of a plain file are read side by side, each from its own place; those of a stream (standard input, gzip) one after the other.
/// Either way they are cut in order: where a block's last row ends is known only when it is known whether the block starts in quotes.
class BlockInput: @unchecked Sendable {
  let path: String
  /// Where the first row starts.
  private let start: Int
  /// What ends a row, and what hides it; nil where a row is a line, whatever is in it.
  private let dialect: Dialect?
  private let open: @Sendable () throws(SourceError) -> SampledStream
  private var stream: SampledStream?
  private var isOpen = false

  // Within the feed's monitor:

  /// The next block to be handed out, and the next to be cut.
  private(set) var claimed = 0
  var turn = 0
  /// How many blocks there are, where that is known before reading.
  private(set) var blockCount: Int?
  var isEnded = false

  // Of the thread whose turn it is:

  /// The block at hand is the last.
  private(set) var isAtEnd = false
  private var mode = Int32(mlp_outside)
  private var rest: [UInt8] = []
  private var restHasQuotes = false

  /// `stream` is the text where it is open already.
  init(
    path: String, start: Int, _ dialect: Dialect?, stream: SampledStream? = nil,
    open: @escaping @Sendable () throws(SourceError) -> SampledStream
  ) {
    self.path = path
    self.start = start
    self.dialect = dialect
    self.stream = stream
    self.open = open
  }

  /// Whether there is another block to hand out.
  var hasMore: Bool { !isEnded && claimed < blockCount ?? .max }

  /// Opens the text before the first block is handed out, and gives it up after the last.
  func claim(_ blockSize: Int) -> Result<SampledStream?, SourceError> {
    var found: SampledStream?
    do throws(SourceError) { found = try opened(blockSize) } catch {
      isEnded = true
      return .failure(error)
    }
    claimed += 1
    if claimed == blockCount { stream = nil }
    return .success(found)
  }

  private func opened(_ blockSize: Int) throws(SourceError) -> SampledStream? {
    if isOpen { return stream }
    isOpen = true
    let found: SampledStream
    if let stream { found = stream } else { found = try open() }
    if let length = found.positions?.length {
      blockCount = max(1, (length - start + blockSize - 1) / blockSize)
    } else {
      try found.skip(start)
    }
    stream = found
    return found
  }

  /// Reads a block of a plain file; false for a stream, which is read in turn.
  func readAside(_ block: TextBlock, _ number: Int, _ stream: SampledStream, _ blockSize: Int) throws(SourceError)
    -> Bool
  {
    guard let positions = stream.positions else { return false }
    let place = start + number * blockSize
    let wanted = min(blockSize, max(0, positions.length - place))
    block.fill(try positions.fill(block.freshBytes, wanted, at: place))
    block.hasQuotes = dialect != nil && block.hasFreshQuotes
    return true
  }

  /// Reads a block of a stream in its turn.
  func readInTurn(_ block: TextBlock, _ stream: SampledStream, _ blockSize: Int) throws(SourceError) {
    block.fill(try stream.fill(block.freshBytes, blockSize))
    block.hasQuotes = dialect != nil && block.hasFreshQuotes
    if block.freshCount < blockSize { isAtEnd = true }
  }

  /// Cuts a block, in its turn, after its last row; at the text's end it is left whole.
  func cut(_ block: TextBlock, _ number: Int, recordLimit: Int) throws(SourceError) {
    let freshQuotes = block.hasQuotes
    block.hasQuotes = freshQuotes || restHasQuotes
    block.prepend(rest)
    rest = []
    if let blockCount, number == blockCount - 1 { isAtEnd = true }
    guard let end = try endOfRows(block, hasQuotes: freshQuotes) else { return }
    rest = block.cut(end)
    restHasQuotes = dialect != nil && rest.contains(FieldScanner.quote)
    if rest.count > recordLimit {
      throw SourceError(source: path, reason: .tooLarge(tooLong(recordLimit)))
    }
  }

  /// What is said of a row that has more bytes than the limit.
  func tooLong(_ limit: Int) -> String {
    dialect == nil ? "a line longer than \(limit) bytes" : "a row longer than \(limit) bytes; is a quote never closed?"
  }

  /// The place behind the last row that ends in a block, 0 where none does; nil where all that is left in the block is rows.
  func endOfRows(_ block: TextBlock, hasQuotes: Bool) throws(SourceError) -> Int? {
    isAtEnd ? nil : block.endOfRows(dialect, hasQuotes: hasQuotes, mode: &mode)
  }
}
