/// Numbers that states give to persons, by their forms and check digits.
enum NationalIDs {
  /// Whether a value has the form of one. A form without a check digit, or one that other numbers share, does where the column's name says
  /// so, or where it is written in the groups that only such numbers have.
  static func fits(_ value: [UInt8], isNamed: Bool) -> Bool {
    isSocialSecurity(value, isNamed: isNamed) || isNino(value) || isCodiceFiscale(value) || isDNI(value)
      || isHetu(value) || isNIR(value) || isNorwegian(value) || isSwedish(value) || isNamed && isChecked(value)
  }

  private static func isAll(_ value: [UInt8], digits count: Int) -> Bool {
    value.count == count && value.allSatisfy(ValueForms.isDigit)
  }

  private static func weighted(_ digits: [UInt8], _ weights: [Int]) -> Int {
    zip(digits, weights).reduce(0) { $0 + Int($1.0) * $1.1 }
  }

  /// United States: three, two and four digits; 9 begins those of taxpayers without one.
  static func isSocialSecurity(_ value: [UInt8], isNamed: Bool) -> Bool {
    let groups = value.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    let isGrouped = groups.map(\.count) == [3, 2, 4] && groups.joined().allSatisfy(ValueForms.isDigit)
    guard isGrouped || isNamed && isAll(value, digits: 9) else { return false }
    let digits = ValueForms.digits(value)
    return digits[..<3] != [0, 0, 0] && digits[..<3] != [6, 6, 6] && digits[3..<5] != [0, 0]
      && digits[5...] != [0, 0, 0, 0]
  }

  /// United Kingdom: two letters, six digits and a letter from A to D.
  static func isNino(_ value: [UInt8]) -> Bool {
    let compact = value.filter { $0 != UInt8(ascii: " ") }
    return compact.count == 9 && ValueForms.isUpper(compact[0]) && ValueForms.isUpper(compact[1])
      && compact[2..<8].allSatisfy(ValueForms.isDigit) && (0x41...0x44).contains(compact[8])
  }

  /// Italy: six letters, two digits, a letter, two digits, a letter, three digits and a check letter.
  static func isCodiceFiscale(_ value: [UInt8]) -> Bool {
    guard value.count == 16 else { return false }
    let form = Array("LLLLLLDDLDDLDDDL".utf8)
    guard
      zip(value, form).allSatisfy({ byte, kind in
        kind == UInt8(ascii: "L") ? ValueForms.isUpper(byte) : ValueForms.isDigit(byte)
      })
    else { return false }
    let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
    let sum = value[..<15].enumerated().reduce(0) { sum, entry in
      let place = ValueForms.isDigit(entry.element) ? Int(entry.element) - 0x30 : Int(entry.element) - 0x41
      return sum + (entry.offset % 2 == 0 ? odd[place] : place)
    }
    return sum % 26 == Int(value[15]) - 0x41
  }

  /// Spain: eight digits, or X, Y or Z and seven, and the letter of what is left by 23.
  static func isDNI(_ value: [UInt8]) -> Bool {
    guard value.count == 9, let first = value.first, let last = value.last else { return false }
    let leading = Array("XYZ".utf8).firstIndex(of: first)
    guard leading != nil || ValueForms.isDigit(first), value[1..<8].allSatisfy(ValueForms.isDigit) else { return false }
    let start = leading ?? Int(first) - 0x30
    let number = value[1..<8].reduce(start) { $0 * 10 + Int($1) - 0x30 }
    return Array("TRWAGMYFPDXBNJZSQVHLCKE".utf8)[number % 23] == last
  }

  /// Finland: a day, a sign of the century, three digits and a check letter of what is left by 31.
  static func isHetu(_ value: [UInt8]) -> Bool {
    guard value.count == 11, Array("+-ABCDEFYXWVU".utf8).contains(value[6]),
      value[..<6].allSatisfy(ValueForms.isDigit), value[7..<10].allSatisfy(ValueForms.isDigit)
    else { return false }
    let number = (value[..<6] + value[7..<10]).reduce(0) { $0 * 10 + Int($1) - 0x30 }
    return isDay(ValueForms.digits(Array(value[..<6])))
      && Array("0123456789ABCDEFHJKLMNPRSTUVWXY".utf8)[number % 31] == value[10]
  }

  /// France: 13 digits and two that are 97 less what is left by 97.
  static func isNIR(_ value: [UInt8]) -> Bool {
    let compact = value.filter { $0 != UInt8(ascii: " ") }
    guard isAll(compact, digits: 15), compact[0] == UInt8(ascii: "1") || compact[0] == UInt8(ascii: "2") else {
      return false
    }
    let number = compact[..<13].reduce(0) { $0 * 10 + Int($1) - 0x30 }
    return 97 - number % 97 == Int(compact[13] - 0x30) * 10 + Int(compact[14] - 0x30)
  }

  /// Norway: a day, three digits and two check digits modulo 11.
  static func isNorwegian(_ value: [UInt8]) -> Bool {
    guard isAll(value, digits: 11) else { return false }
    let digits = ValueForms.digits(value)
    return isDay(digits) && weighted(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 == 0
      && weighted(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 == 0
  }

  /// Sweden: a day backwards, a sign, three digits and Luhn's.
  static func isSwedish(_ value: [UInt8]) -> Bool {
    guard value.count == 11 || value.count == 13 else { return false }
    let sign = value[value.count - 5]
    guard sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") else { return false }
    let digits = Array(ValueForms.digits(value).suffix(10))
    guard digits.count == 10, ValueForms.digits(value).count == value.count - 1 else { return false }
    let day = [digits[4], digits[5], digits[2], digits[3], digits[0], digits[1]]
    return isDay(day) && ValueForms.passesLuhn(digits)
  }

  /// Numbers of digits alone whose check digits other numbers pass too: the Netherlands' nine, Poland's and Denmark's ten or eleven.
  private static func isChecked(_ value: [UInt8]) -> Bool {
    let compact = value.filter { $0 != UInt8(ascii: "-") }
    let digits = ValueForms.digits(compact)
    if isAll(compact, digits: 9) { return weighted(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 == 0 }
    if isAll(compact, digits: 11) { return weighted(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 == 0 }
    if isAll(compact, digits: 10) { return isDay(digits) }
    return false
  }

  /// Whether digits begin with a day of a month, as DDMMYY; foreigners' days are 40 later in Norway.
  private static func isDay(_ digits: [UInt8]) -> Bool {
    guard digits.count >= 6 else { return false }
    let day = Int(digits[0]) * 10 + Int(digits[1])
    let month = Int(digits[2]) * 10 + Int(digits[3])
    return (1...31).contains(day > 40 ? day - 40 : day) && (1...12).contains(month)
  }
}
