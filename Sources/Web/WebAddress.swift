import Notation
import Tables

/// `https://user:password@host/path/x.csv?version=2`, taken apart (RFC 3986). Of it only `shown` may leave this module.
struct WebAddress: Sendable {
  /// As it is asked for: without user, password and fragment, in ASCII.
  let url: String
  let host: String
  /// Scheme, host and port: what is sent along to one is sent to no other.
  let origin: String
  let user: String?
  let password: String?
  /// As it may be shown.
  let shown: String
  /// The last part of the path with nothing encoded; the host where there is none.
  let fileName: String

  /// Throws `badFormat`, which tells nothing of the address but its masked form.
  init(_ address: String) throws(SourceError) {
    let masked = Secrets.masked(address)
    shown = masked
    func refused(_ words: String) -> SourceError { SourceError(source: masked, reason: .badFormat(words)) }
    func decoded(_ text: Substring) throws(SourceError) -> String {
      if let decoded = PercentCoding.decoded(text) { return decoded }
      throw refused("in an address a `%` is followed by two hexadecimal digits; `%25` stands for itself")
    }
    let scheme = address.prefix { $0 != ":" }.lowercased()
    var rest = address.dropFirst(scheme.count)
    guard scheme == "http" || scheme == "https", rest.hasPrefix("://") else {
      throw refused("only http and https addresses are fetched")
    }
    rest = rest.dropFirst(3)
    guard !address.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
      throw refused("an address has no line breaks and no other control characters")
    }
    let authority = rest.prefix { !"/?#".contains($0) }
    let place = rest.dropFirst(authority.count).prefix { $0 != "#" }
    var server = authority
    if let at = authority.lastIndex(of: "@") {
      server = authority[authority.index(after: at)...]
      let login = authority[..<at]
      let name = login.prefix { $0 != ":" }
      let secret = login.dropFirst(name.count).dropFirst()
      // What was left behind by a mask states none.
      let isMasked = name == Secrets.mask || secret == Secrets.mask
      user = isMasked ? nil : try decoded(name)
      password = isMasked ? nil : try decoded(secret)
    } else {
      (user, password) = (nil, nil)
    }
    guard let host = Self.host(server) else { throw refused("it names no host") }
    self.host = host
    origin = scheme + "://" + server.lowercased()
    let path = place.prefix { $0 != "?" }
    let leaf = path.split(separator: "/").last ?? ""
    fileName = leaf.isEmpty ? host : try decoded(leaf)
    url = origin + Self.encoded(path.isEmpty ? "/" + place : place)
  }

  /// The name or number of a machine in `host:port`, nil where there is none.
  private static func host(_ server: Substring) -> String? {
    let name: Substring
    if server.hasPrefix("[") {
      name = server.dropFirst().prefix { $0 != "]" }
    } else {
      name = server.prefix { $0 != ":" }
    }
    let isPlain = name.unicodeScalars.allSatisfy { $0.value > 0x20 && !"\"<>\\^`{|}%".unicodeScalars.contains($0) }
    return name.isEmpty || !isPlain ? nil : String(name)
  }

  /// In ASCII: blanks and other characters as the bytes of their UTF-8 in hexadecimal digits.
  private static func encoded(_ text: some StringProtocol) -> String {
    var encoded = ""
    for byte in text.utf8 {
      if byte > 0x20, byte < 0x7F {
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += "%" + (digits.count < 2 ? "0" : "") + digits
      }
    }
    return encoded
  }
}
