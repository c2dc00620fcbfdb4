import Tables

/// The marks that the options state, checked to be such as a text can be read by.
struct StatedMarks {
  let delimiter: UInt8?
  let quote: UInt8?
  let escape: UInt8?
  let comment: [UInt8]
  let lineEnd: LineEnd?

  /// Throws `badFormat` for what is no mark and for marks that cannot be told apart.
  init(_ options: DelimitedOptions, source: String) throws(SourceError) {
    func bad(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
    if options.convention == nil { throw bad("`decimal` and `group` are the same mark") }
    if case .mark(let mark) = options.quote { quote = mark } else { quote = nil }
    delimiter = options.delimiter?.asciiValue
    escape = options.escape?.asciiValue
    comment = Array((options.comment ?? "").utf8)
    lineEnd = options.lineEnd
    if options.delimiter != nil, !(delimiter.map(Self.isMark) ?? false) || delimiter == FieldScanner.quote {
      throw bad("a delimiter is one ASCII character other than a quote or a line break")
    }
    if options.escape != nil, !(escape.map(Self.isMark) ?? false) {
      throw bad("an escape is one ASCII character other than a line break")
    }
    if let delimiter, delimiter == quote || delimiter == escape {
      throw bad("`delimiter` and `\(delimiter == quote ? "quote" : "escape")` are the same mark")
    }
    if comment.contains(where: { $0 == 0x0A || $0 == 0x0D }) { throw bad("`comment` holds a line break") }
    if let first = comment.first, first == quote || first == delimiter || first == escape {
      throw bad("`comment` begins with a mark that means something else")
    }
  }

  private static func isMark(_ byte: UInt8) -> Bool { (byte >= 0x20 || byte == 0x09) && byte != 0x7F }

  /// Whether the text is read as it stands: no other quotes, no escapes, no comments.
  var isStandard: Bool {
    quote == FieldScanner.quote && (escape == nil || escape == quote) && comment.isEmpty && lineEnd != .any
  }

  /// What a text is recoded from.
  func dialect(_ delimiter: UInt8, _ lineEnd: LineEnd) -> DialectRecoder.Marks {
    DialectRecoder.Marks(
      delimiter: delimiter, quote: quote, escape: escape == quote ? nil : escape, comment: comment, lineEnd: lineEnd)
  }
}
