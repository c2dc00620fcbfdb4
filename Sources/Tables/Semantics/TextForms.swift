/// Forms that a text may have.
enum TextForms {
  /// The forms in the order in which they are tried.
  static let all: [(type: SemanticType, matches: @Sendable (String) -> Bool)] = [
    (.email, isEmail), (.url, isURL), (.uuid, isUUID), (.ip, isIP), (.currency, isCurrency), (.country, isCountry),
  ]

  private static let schemes = Set(["http", "https", "ftp", "ftps", "s3", "file"])
  private static let localSigns = Set("!#$%&'*+-/=?^_`{|}~.".utf8)
  private static let currencySigns: Set<Character> = [
    "$", "€", "£", "¥", "₹", "₩", "₽", "₺", "₫", "₪", "₱", "₦", "฿", "₴",
  ]
  private static let amountSigns = Set("0123456789.,'-) \u{A0}\u{202F}".unicodeScalars)

  /// A local part and a domain of labels with a dot (RFC 5321's mailbox without quoted parts).
  static func isEmail(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[0].count <= 64 else { return false }
    return parts[0].allSatisfy { isLetterOrDigit($0) || $0 >= 0x80 || localSigns.contains($0) } && isDomain(parts[1])
  }

  private static func isDomain(_ text: Substring.UTF8View) -> Bool {
    let labels = text.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count > 1, let last = labels.last, last.count > 1, !last.allSatisfy(isDigit) else { return false }
    return labels.allSatisfy { label in
      (1...63).contains(label.count)
        && label.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 >= 0x80 }
    }
  }

  /// An address with a scheme and a place (RFC 3986), or one that begins with `www.`.
  static func isURL(_ text: String) -> Bool {
    guard text.utf8.allSatisfy({ $0 > 0x20 }) else { return false }
    let lower = text.lowercased()
    let scheme = lower.prefix { $0 != ":" }
    if schemes.contains(String(scheme)) {
      let rest = lower.utf8.dropFirst(scheme.utf8.count)
      return rest.count > 3 && rest.starts(with: "://".utf8)
    }
    let place = lower.prefix { $0 != "/" }
    return place.split(separator: ".").first == "www" && isDomain(place.utf8)
  }

  /// Thirty-two hexadecimal digits in groups of 8, 4, 4, 4 and 12 (RFC 9562).
  static func isUUID(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 36 else { return false }
    return bytes.enumerated().allSatisfy { place, byte in
      [8, 13, 18, 23].contains(place) ? byte == UInt8(ascii: "-") : isHexadecimal(byte)
    }
  }

  /// Four numbers below 256, or groups of hexadecimal digits with colons (RFC 4291).
  static func isIP(_ text: String) -> Bool {
    let four = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    if four.count == 4 {
      return four.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy(isDigit) && (Int(Substring(part)) ?? 256) < 256
      }
    }
    let groups = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard (3...8).contains(groups.count), groups.allSatisfy({ $0.count <= 4 && $0.allSatisfy(isHexadecimal) }) else {
      return false
    }
    return groups.count == 8 || groups.contains(where: \.isEmpty)
  }

  /// A code of ISO 4217, or an amount with such a code or the sign of a currency before or behind it.
  static func isCurrency(_ text: String) -> Bool {
    if CurrencyCodes.all.contains(text) { return true }
    var rest = Substring(text)
    let bare = rest.drop { $0 == "-" || $0 == "(" }
    if let first = bare.first, currencySigns.contains(first) {
      rest = bare.dropFirst()
    } else if let last = rest.last, currencySigns.contains(last) {
      rest = rest.dropLast()
    } else if CurrencyCodes.all.contains(String(text.prefix(3))) {
      rest = rest.dropFirst(3)
    } else if CurrencyCodes.all.contains(String(text.suffix(3))) {
      rest = rest.dropLast(3)
    } else {
      return false
    }
    return rest.utf8.contains(where: isDigit) && rest.unicodeScalars.allSatisfy(amountSigns.contains)
  }

  /// A name or a code of two or three letters of ISO 3166-1.
  static func isCountry(_ text: String) -> Bool {
    switch text.utf8.count {
    case 2: Countries.two.contains(text.uppercased())
    case 3: Countries.three.contains(text.uppercased())
    default: Countries.names.contains(text.lowercased())
    }
  }

  /// One word with a digit in it, as codes are.
  static func isCode(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 > 0x20 } && text.utf8.contains(where: isDigit)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
  }
  private static func isHexadecimal(_ byte: UInt8) -> Bool {
    isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x66)
  }
}
