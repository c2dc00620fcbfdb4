import Kernels

/// What the texts of a column consist of, in counts that add up whatever the order.
public struct TextShape: Sendable, Hashable {
  /// Characters (Unicode scalars) of each kind.
  public enum CharacterKind: Int, Sendable, CaseIterable {
    case lower, upper, otherLetter, digit, blank, punctuation, other
  }

  /// Texts by the case of their letters.
  public enum Casing: Int, Sendable, CaseIterable {
    case lower, upper
    /// Each word begins with a capital letter that small ones follow.
    case title
    case mixed
    case none
  }

  /// Lengths from here on are counted as this.
  static let longest = 1 << 10

  private var characters = [Int](repeating: 0, count: CharacterKind.allCases.count)
  private var casings = [Int](repeating: 0, count: Casing.allCases.count)
  private var lengths = [Int](repeating: 0, count: longest + 1)
  /// Texts of ASCII characters alone.
  public private(set) var ascii = 0
  /// Texts without a character that is seen.
  public private(set) var blank = 0
  /// Texts with blanks at their ends.
  public private(set) var padded = 0
  /// Texts with a line break.
  public private(set) var multiline = 0
  /// Words, parted by blanks.
  public private(set) var words = 0
  public private(set) var count = 0

  init() {}

  public func characters(_ kind: CharacterKind) -> Int { characters[kind.rawValue] }
  public func texts(_ casing: Casing) -> Int { casings[casing.rawValue] }
  public var allCharacters: Int { characters.reduce(0, +) }

  /// The length that half of the texts have at most; nil without a text, and past the lengths that are told apart.
  public var medianLength: Int? {
    var seen = 0
    for (length, texts) in lengths.enumerated() where texts > 0 {
      seen += texts
      if 2 * seen >= count { return length < Self.longest ? length : nil }
    }
    return nil
  }

  /// How many texts have lengths in each of some ranges, for a histogram: the edges, one more than there are counts.
  public func lengthHistogram(bins: Int) -> (edges: [Double], counts: [Int])? {
    guard let low = lengths.firstIndex(where: { $0 > 0 }), let high = lengths.lastIndex(where: { $0 > 0 }), bins > 0
    else { return nil }
    let width = max(1, (high - low + bins) / bins)
    let starts = Array(stride(from: low, through: high, by: width))
    return (
      (starts + [starts[starts.count - 1] + width]).map { Double($0) - 0.5 },
      starts.map { lengths[$0..<min(lengths.count, $0 + width)].reduce(0, +) }
    )
  }

  // MARK: Adding

  /// Adds all texts of a column. O(rows + bytes).
  mutating func add(_ cells: TextCells, _ progress: Progress) throws(Cancelled) {
    try progress.checkpoint()
    switch cells.storage {
    case .dictionary(let codes, let all):
      var occurrences = [Int](repeating: 0, count: all.count)
      for row in codes.indices where cells.isValid(row) { occurrences[Int(codes[row])] += 1 }
      for (var word, times) in zip(all, occurrences) where times > 0 { word.withUTF8 { add($0, times) } }
    case .plain(let offsets, let bytes):
      bytes.withUnsafeBufferPointer { bytes in
        for row in 0..<cells.count where cells.isValid(row) {
          add(UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]]), 1)
        }
      }
      try progress.checkpoint()
    }
  }

  mutating func merge(_ other: TextShape) {
    for place in characters.indices { characters[place] += other.characters[place] }
    for place in casings.indices { casings[place] += other.casings[place] }
    for place in lengths.indices { lengths[place] += other.lengths[place] }
    ascii += other.ascii
    blank += other.blank
    padded += other.padded
    multiline += other.multiline
    words += other.words
    count += other.count
  }

  private mutating func add(_ text: UnsafeBufferPointer<UInt8>, _ times: Int) {
    var reading = Reading()
    for byte in text where byte < 0x80 { reading.take(Self.kinds[Int(byte)], isBreak: byte == 0x0A || byte == 0x0D) }
    let isPlain = reading.length == text.count
    if !isPlain {
      reading = Reading()
      for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
        reading.take(Self.kind(scalar), isBreak: scalar == "\n" || scalar == "\r")
      }
    }
    for place in characters.indices where reading.kinds[place] > 0 {
      characters[place] += Int(reading.kinds[place]) * times
    }
    casings[reading.casing.rawValue] += times
    lengths[min(Self.longest, reading.length)] += times
    ascii += isPlain ? times : 0
    blank += reading.words == 0 ? times : 0
    padded += reading.isPadded ? times : 0
    multiline += reading.hasBreak ? times : 0
    words += reading.words * times
    count += times
  }

  private static let kinds: [CharacterKind] = (0..<0x80).map { kind(Unicode.Scalar(UInt8($0))) }

  private static func kind(_ scalar: Unicode.Scalar) -> CharacterKind {
    switch scalar.properties.generalCategory {
    case .lowercaseLetter: .lower
    case .uppercaseLetter, .titlecaseLetter: .upper
    case .modifierLetter, .otherLetter, .letterNumber: .otherLetter
    case .decimalNumber, .otherNumber: .digit
    case .spaceSeparator, .lineSeparator, .paragraphSeparator: .blank
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      .punctuation
    case .control: (0x09...0x0D).contains(scalar.value) ? .blank : .other
    default: .other
    }
  }

  /// One text, character by character.
  private struct Reading {
    private(set) var kinds = SIMD8<Int32>.zero
    private(set) var length = 0
    private(set) var words = 0
    private(set) var hasBreak = false
    private var startsBlank = false
    private var endsBlank = false
    private var isTitle = true
    private var isWithinLetters = false

    mutating func take(_ kind: CharacterKind, isBreak: Bool) {
      kinds[kind.rawValue] &+= 1
      let isBlank = kind == .blank
      if length == 0 { startsBlank = isBlank }
      if !isBlank, length == 0 || endsBlank { words += 1 }
      // A small letter at the start of a word, or a capital one within it, is no title's.
      if isWithinLetters ? kind == .upper : kind == .lower { isTitle = false }
      isWithinLetters = kind == .lower || kind == .upper || kind == .otherLetter
      endsBlank = isBlank
      hasBreak = hasBreak || isBreak
      length += 1
    }

    var isPadded: Bool { startsBlank || endsBlank }

    var casing: Casing {
      let (lower, upper) = (kinds[CharacterKind.lower.rawValue], kinds[CharacterKind.upper.rawValue])
      if lower == 0, upper == 0 { return .none }
      if upper == 0 { return .lower }
      if lower == 0 { return .upper }
      return isTitle ? .title : .mixed
    }
  }
}
