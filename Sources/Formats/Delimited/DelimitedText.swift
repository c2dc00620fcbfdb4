/// Writes fields by RFC 4180.
enum DelimitedText {
  /// In quotes where it holds a quote, a delimiter, a line break, or nothing at all, or is a word such as `NA`: an empty cell without
  /// quotes is a missing one, and so are such words to those who read them as missing. Also where it starts with a byte order mark,
  /// which at the start of a file would be taken for one.
  static func append(_ field: some Collection<UInt8>, to bytes: inout [UInt8], delimiter: UInt8) {
    let isPlain =
      !field.isEmpty && field.first != 0xEF
      && field.allSatisfy { $0 != 0x22 && $0 != delimiter && $0 != 0x0A && $0 != 0x0D }
      && !(field.count <= MissingWords.longest && MissingWords.common.contains(String(decoding: field, as: UTF8.self)))
    if isPlain {
      bytes.append(contentsOf: field)
      return
    }
    bytes.append(0x22)
    for byte in field {
      if byte == 0x22 { bytes.append(0x22) }
      bytes.append(byte)
    }
    bytes.append(0x22)
  }
}
