import Tables

/// The texts of a key column as words in one run of bytes; what rows have codes of words has its words once.
struct KeyTexts: Sendable {
  /// The place of each row's word among the words; nil where each row has a word of its own. A missing cell's code may be any.
  let codes: [Int32]?
  /// Word `i` is `bytes[offsets[i]..<offsets[i + 1]]`.
  let offsets: [Int]
  let bytes: [UInt8]
  /// Of words that rows have codes of.
  private let hashes: [UInt64]

  init(_ cells: TextCells) {
    switch cells.storage {
    case .plain(let offsets, let bytes):
      (codes, self.offsets, self.bytes, hashes) = (nil, offsets, bytes, [])
    case .dictionary(let codes, let words):
      var (offsets, bytes) = ([0], [UInt8]())
      offsets.reserveCapacity(words.count + 1)
      for word in words {
        bytes.append(contentsOf: word.utf8)
        offsets.append(bytes.count)
      }
      self.codes = codes
      self.offsets = offsets
      self.bytes = bytes
      hashes = Self.hashes(offsets, bytes)
    }
  }

  /// The words alone, each as a row.
  init(wordsOf texts: KeyTexts) {
    (codes, offsets, bytes, hashes) = (nil, texts.offsets, texts.bytes, [])
  }

  var wordCount: Int { max(0, offsets.count - 1) }

  private static func hashes(_ offsets: [Int], _ bytes: [UInt8]) -> [UInt64] {
    bytes.withUnsafeBufferPointer { bytes in
      (0..<max(0, offsets.count - 1)).map { hash(bytes, offsets[$0], offsets[$0 + 1]) }
    }
  }

  @inline(__always)
  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    guard let base = bytes.baseAddress, end > start else { return KeyHash.mix(0) }
    return KeyHash.of(base + start, end &- start)
  }

  /// Gives the hash of the text of each row of a block; any for a missing cell.
  @inline(__always)
  func eachHash(_ block: Range<Int>, _ body: (_ place: Int, _ hash: UInt64) -> Void) {
    guard let codes else {
      bytes.withUnsafeBufferPointer { bytes in
        offsets.withUnsafeBufferPointer { offsets in
          for place in 0..<block.count {
            let row = block.lowerBound &+ place
            body(place, Self.hash(bytes, offsets[row], offsets[row &+ 1]))
          }
        }
      }
      return
    }
    for place in 0..<block.count {
      let code = Int(codes[block.lowerBound &+ place])
      body(place, code >= 0 && code < hashes.count ? hashes[code] : 0)
    }
  }

  /// The place of a row's word; -1 where a missing cell has no such code.
  @inline(__always)
  func word(of row: Int) -> Int {
    guard let codes else { return row }
    let code = Int(codes[row])
    return code < wordCount ? code : -1
  }

  /// Whether two rows have the same bytes.
  func equal(_ row: Int, _ other: KeyTexts, _ otherRow: Int) -> Bool {
    let (word, second) = (word(of: row), other.word(of: otherRow))
    guard word >= 0, second >= 0 else { return false }
    let (start, end) = (offsets[word], offsets[word + 1])
    let from = other.offsets[second]
    guard other.offsets[second + 1] - from == end - start else { return false }
    return bytes.withUnsafeBufferPointer { bytes in
      other.bytes.withUnsafeBufferPointer { others in
        var at = 0
        while at < end &- start, bytes[start &+ at] == others[from &+ at] { at &+= 1 }
        return at == end &- start
      }
    }
  }
}
