extension TextArena {
  /// What spellings of one name have in common: letters and digits, small and without accents.
  func folded(_ text: TextRef) -> TextRef {
    var folding = Folding()
    if text.isASCII {
      for place in 0..<text.count { folding.take(Unicode.Scalar(text.base[place])) }
    } else {
      for scalar in text.string.unicodeScalars { folding.take(scalar) }
    }
    let out = allocate(folding.bytes.count)
    for (place, byte) in folding.bytes.enumerated() { out[place] = byte }
    return TextRef(base: out, count: folding.bytes.count)
  }
}

/// A text that is folded character by character.
///
/// Blanks, punctuation and accents count for nothing, save where two names differ in nothing else: a mark between two digits stays
/// (`1.5`, `10-12`), so does a minus sign before the first one, and `# % @ + $` and other signs do.
private struct Folding {
  private(set) var bytes: [UInt8] = []
  /// A mark that stays if a digit follows.
  private var held: UInt8?
  private var followsDigit = false
  /// The last letter, digit or sign.
  private var last: Unicode.Scalar = " "

  mutating func take(_ raw: Unicode.Scalar) {
    let scalar = Self.narrowed(raw)
    let isDigit = ("0"..."9").contains(scalar)
    if let held, isDigit { bytes.append(held) }
    held = nil
    if scalar.isASCII { take(ascii: UInt8(truncatingIfNeeded: scalar.value)) } else { take(wide: scalar) }
    followsDigit = isDigit
  }

  private mutating func take(ascii byte: UInt8) {
    switch Unicode.Scalar(byte) {
    case "a"..."z", "0"..."9", "#", "$", "%", "+", "<", "=", ">", "@", "|", "~": append(Unicode.Scalar(byte))
    case "A"..."Z": append(Unicode.Scalar(byte | 0x20))
    case ".", ",", ":", "/": held = followsDigit ? byte : nil
    case "-": held = followsDigit || bytes.isEmpty ? byte : nil
    // any other sign of ASCII: blanks and punctuation
    default: break
    }
  }

  private mutating func take(wide scalar: Unicode.Scalar) {
    if (0x300...0x36F).contains(scalar.value) { return take(mark: scalar) }
    for small in scalar.properties.lowercaseMapping.unicodeScalars {
      if let base = AccentFolding.bases[small] {
        for letter in base.unicodeScalars { append(letter) }
      } else if (0x300...0x36F).contains(small.value) {
        take(mark: small)
      } else if Self.counts(small) {
        append(small)
      }
    }
  }

  /// An accent behind its letter. Й is a letter of its own and not и with an accent; scripts whose vowels are marks keep them.
  private mutating func take(mark: Unicode.Scalar) {
    if last == "и", mark.value == 0x306 {
      bytes.removeLast(2)
      append("й")
    } else if !Self.hasAccents(last) {
      append(mark)
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    last = scalar
  }

  /// Latin, Greek and Cyrillic.
  private static func hasAccents(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value < 0x530 || (0x1E00...0x1FFF).contains(scalar.value)
  }

  /// Full-width forms as those of ASCII, and every dash as a hyphen.
  private static func narrowed(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar.value {
    case 0xFF01...0xFF5E: Unicode.Scalar(UInt8(truncatingIfNeeded: scalar.value - 0xFEE0))
    case 0x2010...0x2015, 0x2212: "-"
    // any other scalar
    default: scalar
    }
  }

  private static func counts(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation, .initialPunctuation,
      .finalPunctuation, .otherPunctuation, .spaceSeparator, .lineSeparator, .paragraphSeparator, .control, .format,
      .modifierSymbol:
      false
    // Apostrophes among the letters: Hawaiʻi.
    case .modifierLetter: !(0x2B9...0x2BF).contains(scalar.value)
    // any other category: letters, digits, marks and signs
    default: true
    }
  }
}
