import Tables

/// A last row that sums up the others.
package enum TotalsRow {
  private static let words: Set<String> = [
    "total", "totals", "grand total", "subtotal", "sum", "sums", "overall", "gesamt", "summe", "insgesamt", "totale",
    "totaal", "suma", "somme",
  ]
  private static let longest = 32

  /// Whether a row begins with a word for a total. `row` starts the bytes of one.
  static func isOne(_ row: UnsafeBufferPointer<UInt8>, _ dialect: Dialect) -> Bool {
    var bytes: [UInt8] = []
    for byte in row.prefix(longest) {
      if byte == dialect.delimiter || byte == dialect.terminator || byte == 0x0D { break }
      if byte != FieldScanner.quote { bytes.append(byte) }
    }
    return isTotal(String(decoding: bytes, as: UTF8.self))
  }

  /// Whether a text is a word for a total.
  package static func isTotal(_ text: String) -> Bool {
    var bytes = text.utf8.prefix(longest).map { $0 | 0x20 }
    while let last = bytes.last, last == 0x20 || last == UInt8(ascii: ":") { bytes.removeLast() }
    return words.contains(String(decoding: bytes, as: UTF8.self))
  }

  /// The same of the last row of a text; nil of one without bytes.
  static func isLast(in text: TextBlock, _ dialect: Dialect) -> Bool? {
    var end = text.count
    while end > 0, text.bytes[end - 1] == dialect.terminator || text.bytes[end - 1] == 0x0D { end -= 1 }
    if end == 0 { return nil }
    var start = end
    while start > 0, text.bytes[start - 1] != dialect.terminator { start -= 1 }
    return isOne(UnsafeBufferPointer(start: text.bytes + start, count: end - start), dialect)
  }
}
