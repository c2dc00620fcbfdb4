/// Passwords and keys within addresses, and keys of masks that were written out: nothing that is shown or kept holds them.
///
/// Whatever leaves the program (messages, plans, reports, the history of the prompt, saved scripts) goes through `masked`, and what holds
/// an address longer than it takes to use it holds its masked form.
public enum Secrets {
  /// What stands for a secret. An address with it in place of a password states none.
  public static let mask = "***"

  /// The text with every password and key in it masked: `postgres://ann:***@host/db`. O(bytes).
  public static func masked(_ text: String) -> String {
    let bytes = Array(text.utf8)
    let ranges = ranges(in: bytes)
    if ranges.isEmpty { return text }
    var shown: [UInt8] = []
    var at = 0
    for range in ranges {
      shown += bytes[at..<range.lowerBound]
      shown += mask.utf8
      at = range.upperBound
    }
    return String(decoding: shown + bytes[at...], as: UTF8.self)
  }

  /// Whether a secret of a masked text was left out.
  public static func isMasked(_ text: String) -> Bool { text.contains("\(mask)@") || text.contains("=\(mask)") }

  /// Where the secrets of a text stand among its bytes, in order and apart; none is empty or masked already. O(bytes).
  public static func ranges(in bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    var at = 0
    while let start = addressStart(bytes, from: at) {
      let address = AddressText(bytes, from: start)
      found += address.secrets.filter { !$0.isEmpty && !bytes[$0].elementsEqual(mask.utf8) }
      at = max(start, address.end)
    }
    let keys = WrittenKeys.ranges(in: bytes).filter { key in
      !found.contains { $0.overlaps(key) } && !bytes[key].elementsEqual(mask.utf8)
    }
    return keys.isEmpty ? found : (found + keys).sorted { $0.lowerBound < $1.lowerBound }
  }

  /// Just after the next `://` that a scheme stands before.
  private static func addressStart(_ bytes: [UInt8], from first: Int) -> Int? {
    var at = first
    while at + 3 <= bytes.count {
      if bytes[at] == UInt8(ascii: ":"), bytes[at + 1] == UInt8(ascii: "/"), bytes[at + 2] == UInt8(ascii: "/"),
        at > 0, AddressText.isOfScheme(bytes[at - 1])
      {
        return at + 3
      }
      at += 1
    }
    return nil
  }
}

/// An address within a text, from after its `://` on.
private struct AddressText {
  private let bytes: [UInt8]
  private let start: Int
  /// Where blanks, quotes or the text end it.
  private(set) var end: Int

  init(_ bytes: [UInt8], from start: Int) {
    self.bytes = bytes
    self.start = start
    end = Self.wordEnd(bytes, from: start)
    // A password with a blank in it as it is ends an address too early.
    guard authorityEnd == end, last("@", start, end) == nil, let colon = first(":", start, end),
      !isPort(colon + 1, end), let at = first("@", end, lineEnd)
    else { return }
    end = Self.wordEnd(bytes, from: at)
  }

  private static func wordEnd(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].firstIndex { $0 <= 0x20 || quotes.contains($0) } ?? bytes.count
  }

  private func isPort(_ from: Int, _ to: Int) -> Bool { bytes[from..<to].allSatisfy { $0 >= 0x30 && $0 <= 0x39 } }

  private static let quotes = Array("\"<>".utf8)
  private static let marks = Array("':;,.)`".utf8)

  static func isOfScheme(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: false
    }
  }

  private var lineEnd: Int { bytes[start...].firstIndex { $0 == 0x0A || $0 == UInt8(ascii: "\"") } ?? bytes.count }

  /// Whether the scheme is that of the web, where a name alone may be a key.
  private var isWeb: Bool {
    let scheme = bytes[..<(start - 3)].suffix(5).map { $0 | 0x20 }
    return scheme.suffix(4).elementsEqual("http".utf8) || scheme.elementsEqual("https".utf8)
  }

  private func first(_ byte: Unicode.Scalar, _ from: Int, _ to: Int) -> Int? {
    from < to ? bytes[from..<to].firstIndex(of: UInt8(ascii: byte)) : nil
  }

  private func last(_ byte: Unicode.Scalar, _ from: Int, _ to: Int) -> Int? {
    from < to ? bytes[from..<to].lastIndex(of: UInt8(ascii: byte)) : nil
  }

  /// Where user and host end.
  private var authorityEnd: Int {
    start < end ? bytes[start..<end].firstIndex { Self.ends.contains($0) } ?? end : end
  }

  private static let ends = Array("/?#".utf8)

  var secrets: [Range<Int>] {
    guard let user else { return values }
    return [user] + values.filter { $0.lowerBound >= user.upperBound }
  }

  /// The password, or on the web all that stands before the host.
  private var user: Range<Int>? {
    guard let at = last("@", start, authorityEnd) else { return misplaced }
    if isWeb { return start..<at }
    return first(":", start, at).map { $0 + 1..<at }
  }

  /// The password of an address that is no good one, because a `/`, `#` or `?` stands in it as it is: from the colon, after which no port
  /// stands, to the last `@`.
  private var misplaced: Range<Int>? {
    let authority = authorityEnd
    guard start < end, bytes[start] != UInt8(ascii: "["), let colon = first(":", start, authority) else { return nil }
    let isPort = isPort(colon + 1, authority)
    if isPort, isWeb || authority == end || bytes[authority] == UInt8(ascii: "#") { return nil }
    return last("@", colon, isPort ? first("#", colon, end) ?? end : end).map { colon + 1..<$0 }
  }

  /// The values of parameters whose names say that they are secret.
  private var values: [Range<Int>] {
    guard let question = first("?", authorityEnd, end) else { return [] }
    var found: [Range<Int>] = []
    var at = question + 1
    while at < end {
      let next = bytes[at..<end].firstIndex { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "#") } ?? end
      if let equals = first("=", at, next), Self.isSecret(bytes[at..<equals]) {
        // The sentence around an address goes on after it.
        let last = bytes[equals..<next].lastIndex { !Self.marks.contains($0) } ?? equals
        found.append(equals + 1..<last + 1)
      }
      if next < end, bytes[next] == UInt8(ascii: "#") { break }
      at = next + 1
    }
    return found
  }

  private static let secretWords: Set<String> = [
    "password", "passwd", "passphrase", "pass", "pwd", "secret", "token", "signature", "sig", "key", "apikey",
    "accesskey", "accesstoken", "credential", "credentials", "auth", "authorization", "sslpassword",
  ]

  /// `password`, `api_key`, `X-Amz-Signature`.
  private static func isSecret(_ name: ArraySlice<UInt8>) -> Bool {
    let word = String(decoding: name, as: UTF8.self).lowercased()
    return word.split { $0 == "-" || $0 == "_" || $0 == "." }.contains { secretWords.contains(String($0)) }
  }
}
