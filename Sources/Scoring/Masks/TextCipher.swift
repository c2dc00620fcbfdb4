import CCrypto
import Kernels

/// Encrypts texts so that whoever has the key gets them back, and knows that nobody changed them: AES-256-SIV (RFC 5297), which needs no
/// number that is used once. Equal texts are encrypted alike, as rows that are computed again have to be, and that is all that shows.
///
/// The cipher's 64 bytes of key are derived from the bytes of the key by HKDF with SHA-256 (RFC 5869).
public struct TextCipher: Sendable {
  private let key: [UInt8]

  /// With the key at a place. Throws where it cannot be had, or the system's libcrypto is not there.
  public init(_ place: MaskKey.Place) throws(MaskKeyProblem) {
    try self.init(MaskKey(place))
  }

  init(_ key: MaskKey) throws(MaskKeyProblem) {
    guard mlp_crypto_load() else { throw .noCipher }
    self.init(secret: try key.bytes())
  }

  /// A text of no bytes is encrypted too, and one that is encrypted otherwise later is told from this.
  private static let version: UInt8 = 1
  private static let info = Array("mlp mask encrypt".utf8)

  /// Only with the library at hand.
  init(secret: [UInt8]) {
    let extracted = KeyedHash(key: KeyedHash(key: []).code(secret))
    let first = extracted.code(Self.info + [1])
    key = first + extracted.code(first + Self.info + [2])
  }

  /// The bytes of the encrypted text in the letters of base64url (RFC 4648) without padding; nil for a text of more than 2 GiB.
  func encrypted(_ text: [UInt8]) -> [UInt8]? {
    let plain = [Self.version] + text
    var sealed = [UInt8](repeating: 0, count: plain.count + Int(mlp_siv_tag_bytes))
    return mlp_siv_seal(key, plain, plain.count, &sealed) ? Base64URL.letters(of: sealed) : nil
  }

  /// What was encrypted; nil for a text that was not, or with another key.
  public func decrypted(_ text: String) -> String? {
    let tag = Int(mlp_siv_tag_bytes)
    guard let sealed = Base64URL.bytes(of: Array(text.utf8)), sealed.count > tag else { return nil }
    var plain = [UInt8](repeating: 0, count: sealed.count - tag)
    guard mlp_siv_open(key, sealed, sealed.count, &plain), plain.first == Self.version else { return nil }
    return String(validating: plain.dropFirst(), as: UTF8.self)
  }
}

/// Bytes as letters, digits, `-` and `_` (RFC 4648, section 5), without padding.
enum Base64URL {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".utf8)
  private static let values: [UInt8: UInt32] = Dictionary(
    uniqueKeysWithValues: alphabet.enumerated().map { ($1, UInt32($0)) })

  static func letters(of bytes: [UInt8]) -> [UInt8] {
    var letters: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0...group.count { letters.append(alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 63)]) }
    }
    return letters
  }

  /// nil for anything that is not what `letters` gives.
  static func bytes(of letters: [UInt8]) -> [UInt8]? {
    guard letters.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    var (bits, held): (UInt32, UInt32) = (0, 0)
    for letter in letters {
      guard let value = values[letter] else { return nil }
      (bits, held) = (bits << 6 | value, held + 6)
      guard held >= 8 else { continue }
      held -= 8
      bytes.append(UInt8(truncatingIfNeeded: bits >> held))
      bits &= (1 << held) - 1
    }
    return bits == 0 ? bytes : nil
  }
}
