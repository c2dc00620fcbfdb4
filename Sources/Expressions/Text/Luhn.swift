extension TextRef {
  /// Whether the digits end in the check digit of ISO/IEC 7812-1, annex B. Spaces and hyphens between them do not count; anything
  /// else, or fewer than two digits, does not pass.
  var passesLuhn: Bool {
    var sum = 0
    var digits = 0
    for i in stride(from: count - 1, through: 0, by: -1) {
      let byte = base[i]
      if byte == 0x20 || byte == 0x2D { continue }
      guard byte &- 48 < 10 else { return false }
      let digit = Int(byte &- 48)
      let doubled = digits % 2 == 1 ? digit * 2 : digit
      sum += doubled > 9 ? doubled - 9 : doubled
      digits += 1
    }
    return digits >= 2 && sum % 10 == 0
  }
}
