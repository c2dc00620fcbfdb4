import Expressions

/// The forms that values of a kind have, with their check digits where there are some. Each takes the ASCII bytes of a value without outer
/// blanks.
enum ValueForms {
  /// Whether a value has the form of a kind. `isNamed` says that the column's name speaks for it, so that a form which others share will do.
  static func fits(_ value: [UInt8], _ kind: SensitiveKind, isNamed: Bool) -> Bool {
    switch kind {
    case .email: isEmail(value)
    case .phone: isPhone(value, isNamed: isNamed)
    case .card: isCard(value)
    case .iban: isIBAN(value)
    case .ip: isIPv4(value) || isIPv6(value)
    case .nationalID: NationalIDs.fits(value, isNamed: isNamed)
    case .name: isName(value)
    case .birthDate, .address, .secret, .attribute, .quasiIdentifier: false
    }
  }

  /// Whether a value looks like one of a kind, whatever its check digits say.
  static func looks(_ value: [UInt8], _ kind: SensitiveKind) -> Bool {
    switch kind {
    case .card: (13...19).contains(digits(value).count) && !value.contains(where: isLetter)
    case .iban: isLikeIBAN(value.filter { $0 != UInt8(ascii: " ") })
    case .birthDate: isLikeDay(value)
    case .email, .phone, .ip, .nationalID, .name, .address, .secret, .attribute, .quasiIdentifier:
      fits(value, kind, isNamed: true)
    }
  }

  /// Two or three numbers between marks, or eight digits.
  private static func isLikeDay(_ value: [UInt8]) -> Bool {
    let groups = value.split { !isDigit($0) }.map(\.count)
    return (2...3).contains(groups.count) && groups.allSatisfy { $0 <= 4 } || groups == [8] || groups.count > 3
  }

  private static func isLikeIBAN(_ compact: [UInt8]) -> Bool {
    (15...34).contains(compact.count) && isUpper(compact[0]) && isUpper(compact[1]) && isDigit(compact[2])
      && isDigit(compact[3]) && compact.allSatisfy { isDigit($0) || isUpper($0) }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
  static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A || byte >= 0x80 }
  static func isUpper(_ byte: UInt8) -> Bool { byte >= 0x41 && byte <= 0x5A }
  static func digits(_ value: [UInt8]) -> [UInt8] { value.filter(isDigit).map { $0 - 0x30 } }

  /// An address of RFC 5322 as people have them: no quotes, no comments, a host with a dot.
  static func isEmail(_ value: [UInt8]) -> Bool {
    guard let at = value.firstIndex(of: UInt8(ascii: "@")), at > 0, at <= 64, value.count <= 254 else { return false }
    let marks = Set("!#$%&'*+/=?^_`{|}~.-".utf8)
    let name = value[..<at]
    guard name.allSatisfy({ isLetter($0) || isDigit($0) || marks.contains($0) }) else { return false }
    let labels = value[(at + 1)...].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard labels.count >= 2, let last = labels.last, last.count >= 2, last.allSatisfy(isLetter) else { return false }
    return labels.allSatisfy { label in
      !label.isEmpty && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
        && label.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }
  }

  /// E.164 with a plus or double zero before the country, or groups as they are written at home; a name lets digits alone do.
  static func isPhone(_ value: [UInt8], isNamed: Bool) -> Bool {
    let digits = digits(value)
    let marks = Set("+-.() /x".utf8)
    guard digits.count >= 7, digits.count <= 15, value.allSatisfy({ isDigit($0) || marks.contains($0) }),
      !value.dropFirst().contains(UInt8(ascii: "+"))
    else { return false }
    if value.first == UInt8(ascii: "+") { return digits.first != 0 }
    if value.starts(with: "00".utf8), digits.count >= 10 { return true }
    if value.first == UInt8(ascii: "("), value.contains(UInt8(ascii: ")")) { return true }
    let groups = value.split { !isDigit($0) }.map(\.count)
    // Three, three and four digits, as in North America.
    if groups == [3, 3, 4] || groups == [1, 3, 3, 4] { return !value.contains(UInt8(ascii: "/")) }
    return isNamed && groups.count != 3 || isNamed && groups.last.map { $0 > 2 } ?? false
  }

  /// 13 to 19 digits of ISO/IEC 7812 that an issuer of cards has, the last being Luhn's.
  static func isCard(_ value: [UInt8]) -> Bool {
    guard value.allSatisfy({ isDigit($0) || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") }) else { return false }
    let digits = digits(value)
    guard (13...19).contains(digits.count), let first = digits.first, (2...6).contains(first), passesLuhn(digits) else {
      return false
    }
    // Repeated digits pass too.
    return Set(digits).count > 1
  }

  static func passesLuhn(_ digits: [UInt8]) -> Bool {
    var sum = 0
    for (place, digit) in digits.reversed().enumerated() {
      let value = Int(digit) * (place % 2 == 1 ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    }
    return sum % 10 == 0
  }

  /// ISO 13616: two letters, two check digits and up to 30 letters and digits, 1 modulo 97 (ISO/IEC 7064) with the first four at the end.
  static func isIBAN(_ value: [UInt8]) -> Bool {
    let compact = value.filter { $0 != UInt8(ascii: " ") }
    guard isLikeIBAN(compact) else { return false }
    var rest = 0
    for byte in compact[4...] + compact[..<4] {
      rest = isDigit(byte) ? (rest * 10 + Int(byte - 0x30)) % 97 : (rest * 100 + Int(byte) - 55) % 97
    }
    return rest == 1
  }

  static func isIPv4(_ value: [UInt8]) -> Bool {
    let parts = value.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return parts.count == 4
      && parts.allSatisfy { part in
        (1...3).contains(part.count) && part.allSatisfy(isDigit) && (part.count == 1 || part.first != UInt8(ascii: "0"))
          && part.reduce(0) { $0 * 10 + Int($1 - 0x30) } <= 255
      }
  }

  /// RFC 4291: eight groups of up to four hexadecimal digits, or fewer around one `::`.
  static func isIPv6(_ value: [UInt8]) -> Bool {
    guard value.count >= 3, value.count <= 39 else { return false }
    let groups = value.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    let isHexadecimal = groups.allSatisfy { group in
      group.count <= 4 && group.allSatisfy { isDigit($0) || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x66 }
    }
    guard isHexadecimal else { return false }
    let empty = groups.filter(\.isEmpty).count
    if empty == 0 { return groups.count == 8 }
    let doubled = zip(value, value.dropFirst()).filter { $0 == UInt8(ascii: ":") && $1 == UInt8(ascii: ":") }.count
    return doubled == 1 && groups.count <= 9 && empty <= 3
  }

  /// Two to four words that begin with capitals, in either order of first and last name.
  static func isName(_ value: [UInt8]) -> Bool {
    let marks = Set(" ,.'-".utf8)
    guard value.count <= 60, value.allSatisfy({ isLetter($0) || marks.contains($0) }) else { return false }
    let words = value.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ",") }
    guard (2...4).contains(words.count) else { return false }
    return words.allSatisfy { word in
      word.first.map { isUpper($0) || $0 >= 0x80 } ?? false && !(word.count > 3 && word.allSatisfy(isUpper))
    }
  }
}
