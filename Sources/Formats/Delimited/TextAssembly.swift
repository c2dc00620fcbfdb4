import Tables

/// A text column as it grows: codes into one dictionary while words repeat, spelled out from then on.
struct TextAssembly {
  /// A column with more distinct words than this is kept plain.
  static let wordLimit = 1 << 16

  private(set) var isDictionary: Bool
  private var offsets: [Int] = [0]
  private var bytes: [UInt8] = []
  private var codes: [Int32] = []
  private var table = WordTableBox()
  private let expectedRows: Int

  init(isPlain: Bool, expectedRows: Int) {
    isDictionary = !isPlain
    self.expectedRows = expectedRows
    if isPlain { offsets.reserveCapacity(expectedRows + 1) } else { codes.reserveCapacity(expectedRows) }
  }

  mutating func append(_ block: BlockColumn, rows: Int) {
    if isDictionary, block.kind == .dictionary, appendCodes(block, rows) { return }
    spellOut()
    if block.kind == .dictionary { appendWords(block, rows) } else { appendText(block, rows) }
  }

  /// False when the words of the block do not fit into the dictionary.
  private mutating func appendCodes(_ block: BlockColumn, _ rows: Int) -> Bool {
    guard let words = block.words else { return false }
    var renumbered: [Int32] = []
    renumbered.reserveCapacity(words.count)
    for code in 0..<words.count {
      let word = words.word(code)
      guard let base = word.baseAddress else { return false }
      let known = table.words.code(base, word.count, hash: words.hash(code), limit: Self.wordLimit)
      if known < 0 { return false }
      renumbered.append(known)
    }
    for row in 0..<rows {
      // A missing cell's filler must not stand for a word when codes are spelled out.
      let isValid = !block.hasMissing || block.validity[row >> 6] >> UInt64(row & 63) & 1 == 1
      codes.append(isValid ? renumbered[Int(block.values[row])] : -1)
    }
    return true
  }

  private mutating func appendWords(_ block: BlockColumn, _ rows: Int) {
    guard let words = block.words else { return }
    for row in 0..<rows {
      if !block.hasMissing || block.validity[row >> 6] >> UInt64(row & 63) & 1 == 1 {
        bytes.append(contentsOf: words.word(Int(block.values[row])))
      }
      offsets.append(bytes.count)
    }
  }

  private mutating func appendText(_ block: BlockColumn, _ rows: Int) {
    let start = bytes.count
    let length = rows == 0 ? 0 : Int(block.values[rows - 1])
    bytes.append(contentsOf: UnsafeBufferPointer(start: block.bytes, count: length))
    for row in 0..<rows { offsets.append(start + Int(block.values[row])) }
  }

  /// From codes to the words themselves.
  private mutating func spellOut() {
    guard isDictionary else { return }
    isDictionary = false
    offsets.reserveCapacity(max(expectedRows, codes.count) + 1)
    for code in codes {
      if code >= 0 { bytes.append(contentsOf: table.words.word(Int(code))) }
      offsets.append(bytes.count)
    }
    codes = []
  }

  /// Codes where words repeat at least twice on average, else plain text.
  mutating func finish() -> TextCells.Storage {
    if isDictionary, table.words.count * 2 > codes.count { spellOut() }
    guard isDictionary else { return .plain(offsets: offsets, bytes: bytes) }
    let words = (0..<table.words.count).map { String(decoding: table.words.word($0), as: UTF8.self) }
    return .dictionary(codes: codes.map { max(0, $0) }, words: words)
  }
}

/// Owns a word table's memory.
final class WordTableBox {
  var words = WordTable()

  deinit { words.deallocate() }
}
