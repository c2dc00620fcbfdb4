import Kernels

/// What a mask makes of a text by itself.
public enum MaskRule: Sendable, Hashable {
  /// Letters and digits starred but for the last quarter of them, at most four; of an address of mail the first letter and the host stay.
  case partial
  /// The first 128 bits of the key's HMAC-SHA-256 of the text, in hexadecimal digits: equal texts have equal tokens.
  case token(MaskKey)
  /// SHA-256 of the key followed by the text, in hexadecimal digits.
  case hash(MaskKey)
  /// The text encrypted, so that whoever has the key gets it back: equal texts are encrypted alike.
  case encrypt(MaskKey)

  /// The names that packages store.
  enum Name: String, CaseIterable { case partial, token, hash, encrypt }

  var name: Name {
    switch self {
    case .partial: .partial
    case .token: .token
    case .hash: .hash
    case .encrypt: .encrypt
    }
  }

  /// The word of the mask in a script.
  public var word: String { name.rawValue }

  public var key: MaskKey? {
    switch self {
    case .partial: nil
    case .token(let key), .hash(let key), .encrypt(let key): key
    }
  }

  /// The rule with its key at hand. Throws where the key cannot be had.
  func ready() throws(MaskKeyProblem) -> ReadyMask {
    switch self {
    case .partial: .partial
    case .token(let key): .token(KeyedHash(key: try key.bytes()))
    case .hash(let key): .hash(Self.begun(with: try key.bytes()))
    case .encrypt(let key): .encrypt(try TextCipher(key))
    }
  }

  private static func begun(with key: [UInt8]) -> SHA256 {
    var hash = SHA256()
    hash.add(key)
    return hash
  }
}

/// A mask that is ready to be put on texts.
enum ReadyMask: Sendable {
  case partial
  case token(KeyedHash)
  case hash(SHA256)
  case encrypt(TextCipher)

  private static let digits = Array("0123456789abcdef".utf8)

  /// The bytes of the masked text; both are UTF-8.
  func masked(_ text: [UInt8]) -> [UInt8] {
    switch self {
    case .partial: return PartialMask.masked(text)
    case .token(let keyed): return Self.hexadecimal(keyed.code(text).prefix(16))
    case .hash(let begun):
      var hash = begun
      hash.add(text)
      return Self.hexadecimal(hash.digest[...])
    // Of a text that is too long for it nothing is shown.
    case .encrypt(let cipher): return cipher.encrypted(text) ?? Array("***".utf8)
    }
  }

  private static func hexadecimal(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
    bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
  }
}

/// Stars in the place of most of a text.
enum PartialMask {
  private static let star = UInt8(ascii: "*")

  static func masked(_ text: [UInt8]) -> [UInt8] {
    if let at = hostStart(text) {
      let head = characterEnd(text, 0)
      // The first letter of a name of few letters all but tells it.
      return (head * 4 <= at ? Array(text[..<head]) : []) + [star, star, star] + text[at...]
    }
    let starts = text.indices.filter { isOfWord(text[$0]) }
    let kept = min(4, starts.count / 4)
    let shownFrom = kept == 0 ? text.count : starts[starts.count - kept]
    var masked: [UInt8] = []
    for (place, byte) in text.enumerated() {
      if place >= shownFrom || byte < 0x80 && !isOfWord(byte) {
        masked.append(byte)
      } else if byte & 0xC0 != 0x80 {
        masked.append(star)
      }
    }
    return masked
  }

  /// Where the `@` of an address stands; nil for a text that is none.
  private static func hostStart(_ text: [UInt8]) -> Int? {
    let marks = text.indices.filter { text[$0] == UInt8(ascii: "@") }
    guard marks.count == 1, let at = marks.first, at > 0, text[at...].contains(UInt8(ascii: ".")),
      !text.contains(where: { $0 <= 0x20 })
    else { return nil }
    return at
  }

  private static func characterEnd(_ text: [UInt8], _ start: Int) -> Int {
    text[(start + 1)...].firstIndex { $0 & 0xC0 != 0x80 } ?? text.count
  }

  /// Whether a byte begins a letter or a digit; beyond ASCII every character counts as one.
  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    // any other byte: the first of a character beyond ASCII
    default: byte >= 0xC0
    }
  }
}
