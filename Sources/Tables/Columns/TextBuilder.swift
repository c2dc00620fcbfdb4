/// A text column as it grows: codes into one dictionary while its parts are dictionaries too, spelled out from then on.
struct TextBuilder: Sendable {
  /// A column with more different words than this is kept plain.
  static let wordLimit = 1 << 16

  private var isDictionary = true
  private var offsets: [Int] = [0]
  private var bytes: [UInt8] = []
  private var codes: [Int32] = []
  private var words: [String] = []
  private var known: [TextBytes: Int32] = [:]
  /// The words of the last part and their places among all: parts that share their words are common.
  private var lastWords: [String] = []
  private var lastPlaces: [Int32] = []
  /// Each of the last part's words has the same place among all.
  private var isSame = false
  private let expectedRows: Int

  init(expectedRows: Int = 0) { self.expectedRows = expectedRows }

  mutating func append(_ cells: TextCells) {
    switch cells.storage {
    case .plain(let offsets, let bytes):
      spellOut()
      append(plain: offsets, bytes)
    case .dictionary(let codes, let words):
      if isDictionary, place(words) {
        append(codes, cells.validity)
      } else {
        spellOut()
        spell(cells, codes, words)
      }
    }
  }

  /// Finds the places of a part's words; false when there are too many. Words that no valid row has may be among them.
  private mutating func place(_ added: [String]) -> Bool {
    if Self.areSame(added, lastWords) { return true }
    if words.isEmpty, added.count <= Self.wordLimit {
      words = added
      known = Dictionary(
        added.enumerated().map { (TextBytes($1), Int32($0)) }, uniquingKeysWith: { first, _ in first })
      if known.count == added.count {
        lastPlaces = added.indices.map { Int32($0) }
        lastWords = added
        isSame = true
        return true
      }
      words = []
      known = [:]
    }
    var places: [Int32] = []
    places.reserveCapacity(added.count)
    for word in added {
      let text = TextBytes(word)
      if let place = known[text] {
        places.append(place)
        continue
      }
      if words.count >= Self.wordLimit { return false }
      known[text] = Int32(words.count)
      places.append(Int32(words.count))
      words.append(word)
    }
    lastPlaces = places
    lastWords = added
    isSame = places.enumerated().allSatisfy { $0.offset == $0.element }
    return true
  }

  /// Whether two lists of words are one in memory.
  private static func areSame(_ left: [String], _ right: [String]) -> Bool {
    left.count == right.count && !left.isEmpty
      && left.withUnsafeBufferPointer { a in right.withUnsafeBufferPointer { a.baseAddress == $0.baseAddress } }
  }

  private mutating func append(_ added: [Int32], _ validity: Bitmap?) {
    if codes.isEmpty { codes.makeRoom(expectedRows) }
    if isSame, validity == nil {
      codes.append(contentsOf: added)
      return
    }
    lastPlaces.withUnsafeBufferPointer { places in
      if validity == nil {
        codes.append(contentsOf: added.lazy.map { places[Int($0)] })
      } else {
        // A missing cell's filler must not stand for a word when codes are spelled out.
        for (row, code) in added.enumerated() { codes.append(validity?[row] == true ? places[Int(code)] : -1) }
      }
    }
  }

  private mutating func append(plain added: [Int], _ text: [UInt8]) {
    let (start, end) = (added.first ?? 0, added.last ?? 0)
    if offsets.count == 1 {
      offsets.makeRoom(expectedRows + 1)
      // As many bytes a row as in the first part, with a little to spare; few rows tell too little.
      if added.count > 100 { bytes.makeRoom(expectedRows * min(256, (end - start) / (added.count - 1) + 1)) }
    }
    let shift = bytes.count - start
    bytes.append(contentsOf: text[start..<end])
    for end in added.dropFirst() { offsets.append(end + shift) }
  }

  private mutating func spell(_ cells: TextCells, _ added: [Int32], _ from: [String]) {
    for (row, code) in added.enumerated() {
      if cells.isValid(row) { bytes.append(contentsOf: from[Int(code)].utf8) }
      offsets.append(bytes.count)
    }
  }

  /// From codes to the words themselves.
  private mutating func spellOut() {
    guard isDictionary else { return }
    isDictionary = false
    offsets.reserveCapacity(max(expectedRows, codes.count) + 1)
    for code in codes {
      if code >= 0 { bytes.append(contentsOf: words[Int(code)].utf8) }
      offsets.append(bytes.count)
    }
    (codes, words, known, lastWords) = ([], [], [:], [])
  }

  /// Codes where words repeat at least twice on average, else plain text.
  mutating func finish() -> TextCells.Storage {
    if isDictionary, words.count * 2 > codes.count { spellOut() }
    guard isDictionary else { return .plain(offsets: offsets, bytes: bytes) }
    for row in codes.indices where codes[row] < 0 { codes[row] = 0 }
    return .dictionary(codes: codes, words: words)
  }
}
