import Tables

/// A delimited text that is open: in UTF-8 and by RFC 4180, whatever it is written in.
struct OpenedText {
  let stream: SampledStream
  /// The delimiter, where it had to be known to open the text.
  let delimiter: UInt8?
  /// What ends a row; nil where the text tells.
  let lineEnd: LineEnd?
  /// How many lines stand above the table; nil where that is to be found.
  let skip: Int?
  /// Whether blank lines are no rows of a table with a single column either, because they may be comments.
  let hasComments: Bool
  /// What was found out about how the text is written.
  let notes: [String]

  /// `raw` is the file's text from its start, in its own encoding.
  init(_ raw: SampledStream, _ options: DelimitedOptions, source: String) throws(SourceError) {
    let stated = try StatedMarks(options, source: source)
    let decoded = try DecodedText(raw, options.encoding, source: source)
    var (stream, notes) = (decoded.stream, decoded.notes)
    var (delimiter, lineEnd, skip) = (stated.delimiter, stated.lineEnd, options.skip)
    if skip == nil, let mark = Self.mark(statedIn: stream.sample) {
      skip = 1
      delimiter = delimiter ?? mark
      notes.append("line 1 states the delimiter and is passed over; `skip: 0` takes it as the header")
    }
    let isMixed = lineEnd == nil && Self.mayEndInReturns(stream.sample)
    if !stated.isStandard || isMixed {
      let beginning = TextBeginning(stream, stated, options, skip: skip ?? 0)
      let found = try beginning.delimiter(delimiter, mayEndInReturns: isMixed)
      if !stated.isStandard || found.lineEnd == .any {
        delimiter = found.delimiter
        stream = try SampledStream(
          stream, by: try beginning.recoder(found.delimiter, found.lineEnd, source: source))
        if isMixed, found.lineEnd == .any {
          notes.append("rows end in returns as well as line feeds; `line_end: lf` takes the returns as text")
        }
        lineEnd = found.lineEnd == .any ? .lf : lineEnd
      }
    }
    if options.footer > 0 {
      let byte: UInt8 = (lineEnd ?? Dialect.lineEnd(stream.sample)) == .cr ? 0x0D : 0x0A
      stream = try SampledStream(
        stream, by: LastLinesRecoder(options.footer, lineEnd: byte, limit: options.recordLimit, source: source))
    }
    self.stream = stream
    self.delimiter = delimiter
    self.lineEnd = lineEnd
    self.skip = skip
    self.notes = notes
    hasComments = !stated.comment.isEmpty
  }

  /// The delimiter that a first line `sep=;` states, as Excel reads and other programs write it.
  private static func mark(statedIn sample: [UInt8]) -> UInt8? {
    let start = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    guard sample.count > start + 5,
      sample[start..<start + 4].map({ $0 | 0x20 }) == Array("sep=".utf8).map({ $0 | 0x20 })
    else { return nil }
    let (mark, next) = (sample[start + 4], sample[start + 5])
    return (next == 0x0A || next == 0x0D) && Dialect.candidates.contains(mark) ? mark : nil
  }

  /// Whether there are returns that no line feed follows, in a text that has line feeds.
  private static func mayEndInReturns(_ sample: [UInt8]) -> Bool {
    guard sample.contains(0x0A) else { return false }
    return sample.indices.dropLast().contains { sample[$0] == 0x0D && sample[$0 + 1] != 0x0A }
  }
}

/// The first bytes of a text whose dialect is another than that of RFC 4180, as far as it is stated.
private struct TextBeginning {
  private let sample: [UInt8]
  private let isWhole: Bool
  private let stated: StatedMarks
  private let options: DelimitedOptions
  private let skip: Int

  init(_ stream: SampledStream, _ stated: StatedMarks, _ options: DelimitedOptions, skip: Int) {
    sample = stream.sample
    isWhole = stream.isWhole
    self.stated = stated
    self.options = options
    self.skip = skip
  }

  /// What makes RFC 4180 of the text.
  func recoder(_ delimiter: UInt8, _ lineEnd: LineEnd, source: String) throws(SourceError) -> DialectRecoder {
    if delimiter == stated.quote || delimiter == stated.escape {
      throw SourceError(source: source, reason: .badFormat("`quote` and the delimiter are the same mark"))
    }
    let dropped = sample.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return DialectRecoder(
      stated.dialect(delimiter, lineEnd), above: skip, dropped: dropped, limit: options.recordLimit, source: source)
  }

  /// The delimiter, found unless it is known, and what ends a row: returns too where rows hold together as well by that.
  func delimiter(_ known: UInt8?, mayEndInReturns: Bool) throws(SourceError) -> (delimiter: UInt8, lineEnd: LineEnd) {
    let usual = stated.lineEnd ?? Dialect.lineEnd(sample)
    var judged: [UInt8: Judgement] = [:]
    let candidates = known.map { [$0] } ?? options.candidates.filter { $0 != stated.quote && $0 != stated.escape }
    for mark in candidates { judged[mark] = try judge(mark, usual) }
    let found = Dialect.best(candidates) { mark in
      (judged[mark]?.score ?? 0, judged[mark]?.fields ?? 1)
    }
    guard mayEndInReturns, let plain = judged[found] else { return (found, usual) }
    let other = try judge(found, .any)
    let isBetter = other.loneReturns > 0 && other.fields > 1 && other.score >= plain.score
    return (found, isBetter ? .any : usual)
  }

  private struct Judgement {
    let score: Double
    let fields: Int
    let loneReturns: Int
  }

  /// How well the rows hold together by a delimiter.
  private func judge(_ delimiter: UInt8, _ lineEnd: LineEnd) throws(SourceError) -> Judgement {
    let recoder = try recoder(delimiter, lineEnd, source: "")
    let text = try recoder.take(sample, isLast: isWhole)
    let end: UInt8 = lineEnd == .cr ? 0x0D : 0x0A
    let start = TextLines.start(of: skip, in: text, from: 0, lineEnd: end) ?? text.count
    let padded = text[start...] + [UInt8](repeating: 0, count: FieldScanner.padding)
    let (score, fields) = padded.withUnsafeBufferPointer { buffer in
      Dialect.consistency(
        UnsafeBufferPointer(rebasing: buffer[..<(text.count - start)]), isWhole: isWhole, delimiter, end)
    }
    return Judgement(score: score, fields: fields, loneReturns: recoder.loneReturns)
  }
}

/// Lines of a text as its line breaks divide it, whatever stands in quotes.
enum TextLines {
  /// Where the line after so many others starts; nil where the bytes have fewer.
  static func start(of lines: Int, in bytes: [UInt8], from start: Int, lineEnd: UInt8) -> Int? {
    var (left, at) = (lines, start)
    while left > 0 {
      guard let end = bytes[at...].firstIndex(of: lineEnd) else { return nil }
      (left, at) = (left - 1, end + 1)
    }
    return at
  }
}
