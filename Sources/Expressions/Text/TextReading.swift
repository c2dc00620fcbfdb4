import Notation

/// What a whole text says, white space at its ends aside; nil where it says nothing of the kind.
extension TextRef {
  /// The number that it is in the reader's convention; nil for an infinite one.
  func number(_ reader: NumberReader = .shared) -> Double? {
    let text = trimmed()
    let number = reader.read(text.base, 0, text.count, lenient: true)
    return number.kind == .none || number.kind == .infinite ? nil : number.double
  }

  /// The whole number that it is, or the part before the fraction; nil past 64 bits, and where digits before the point are lost.
  func int() -> Int64? {
    let text = trimmed()
    let number = NumberReader.shared.read(text.base, 0, text.count, lenient: true)
    switch number.kind {
    case .int: return Int64(bitPattern: number.bits)
    case .float: return number.double.magnitude < 0x1p53 ? Int64(number.double.rounded(.towardZero)) : nil
    case .none, .big, .infinite: return nil
    }
  }

  /// Days of a date in ISO 8601, or of the start of a moment.
  func date() -> Int64? {
    let text = trimmed()
    if let days = DateText.days(text.base, 0, text.count, lenient: true) { return Int64(days) }
    return moment().map { Moment.dayOf($0.microseconds) }
  }

  /// A moment in ISO 8601, of UTC where it has no offset.
  func moment() -> DateText.Moment? {
    let text = trimmed()
    return DateText.moment(text.base, 0, text.count, lenient: true)
  }
}
