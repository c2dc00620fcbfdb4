import Notation
import Tables

/// What the first row of a sample is: the names of the columns, or a row as those below it.
struct SampleHeader {
  /// Whether the first row names the columns.
  let isThere: Bool
  private(set) var names: [String] = []
  /// Whether the last field of each row is no column.
  private(set) var endsInNone = false
  /// Where the rows start.
  let dataStart: Int
  let firstLine: Int
  let delimiter: UInt8
  /// What the rows below are like.
  let rest: [ColumnSample]
  /// How many lines most likely stand above the table, though that is not certain.
  let likelySkip: Int?
  private(set) var notes: [String] = []

  /// Looks at the first row of a sample, and gives it a cell for each field of the rows below where delimiters at the ends of lines make
  /// no column. Throws `tooLarge` and `badFormat` for what cannot be one.
  init(
    _ sample: inout SampleRecords, _ options: DelimitedOptions, _ dialect: Dialect, source: String
  ) throws(SourceError) {
    guard let first = sample.first else { throw SourceError(source: source, reason: .badFormat("it has no row")) }
    guard first.cells.count <= options.columnLimit else {
      throw SourceError(source: source, reason: .tooLarge("more than \(options.columnLimit) columns"), line: 1)
    }
    if let cell = first.cells.enumerated().first(where: { !$0.element.isValid }) {
      throw Self.notText(cell.element, column: cell.offset + 1, line: first.line, source)
    }
    let trailing = options.header == .absent ? nil : TrailingDelimiter(first.cells, sample.rest)
    if let trailing { sample.replaceFirst(trailing.header) }
    rest = sample.summaries(includingFirst: false, missing: options.missing)
    isThere = Self.isHeader(sample, rest, options, &notes)
    if !isThere { sample.replaceFirst(first.cells) }
    (dataStart, firstLine) = isThere ? (first.end, first.endLine) : (first.start, first.line)
    delimiter = dialect.delimiter
    likelySkip = Preamble.likelyLines(sample.first ?? first, sample.rest)
    guard isThere else {
      names = first.cells.indices.map { "column_\($0 + 1)" }
      return
    }
    try Self.refuseLongDelimiters(dialect, sample, options, source)
    takeNames(sample.first?.cells ?? [], trailing, options)
  }

  private mutating func takeNames(_ cells: [SampleCell], _ trailing: TrailingDelimiter?, _ options: DelimitedOptions) {
    let isInRows = trailing?.isInRows ?? false
    endsInNone = isInRows && !options.names("column_\(cells.count)")
    if endsInNone || !isInRows, let note = trailing?.note { notes.append(note) }
    let header = ColumnNames.of(cells.dropLast(endsInNone ? 1 : 0).map(\.trimmed))
    names = header.names
    notes += header.notes
  }

  private static func notText(_ cell: SampleCell, column: Int, line: Int, _ source: String) -> SourceError {
    let hasNUL = cell.bytes.contains(0)
    let words =
      hasNUL
      ? "the header has a NUL byte in column \(column), which no text has"
      : "the header is not UTF-8 in column \(column); convert the file to UTF-8"
    return SourceError(
      source: source, reason: .badFormat(words), line: line,
      remedy: TextEncoding.likely(cell.bytes).map { .encoding($0.rawValue) })
  }

  /// With no row below it to compare with, a first row of words is a header and one with a number is not.
  private static func isHeader(
    _ sample: SampleRecords, _ rest: [ColumnSample], _ options: DelimitedOptions, _ notes: inout [String]
  ) -> Bool {
    switch options.header {
    case .present: return true
    case .absent: return false
    case .found: break
    }
    let first = sample.first?.cells ?? []
    if options.units || first.contains(where: { options.statedType($0.trimmed) != nil }) { return true }
    var looksLikeData = false
    for (cell, summary) in zip(first, rest) where !cell.shape.isEmpty {
      if cell.shape == .text, summary.dates.isOfDates {
        if cell.numberedDate == nil { return true }
        looksLikeData = true
        continue
      }
      guard let type = summary.shapes.type, type != .text else {
        if summary.shapes.isEmpty, cell.shape != .text { looksLikeData = true }
        continue
      }
      if cell.shape.union(summary.shapes).type == .text { return true }
      looksLikeData = true
    }
    if looksLikeData {
      notes.append("the first row reads as data, so there is no header; `header: true` makes it one")
    }
    return !looksLikeData
  }

  /// Every second field has neither a name nor a cell: what stands between fields are two marks.
  private static func refuseLongDelimiters(
    _ dialect: Dialect, _ sample: SampleRecords, _ options: DelimitedOptions, _ source: String
  ) throws(SourceError) {
    // Two commas are an empty cell.
    guard options.delimiter == nil, dialect.delimiter != 0x2C, !sample.rest.isEmpty,
      let header = sample.first?.cells, header.count > 2, header.count % 2 == 1
    else { return }
    let isDoubled = ([sample.first].compactMap { $0 } + sample.rest).allSatisfy { record in
      record.cells.count == header.count
        && stride(from: 1, to: header.count, by: 2).allSatisfy { record.cells[$0].isEmpty }
    }
    guard isDoubled, stride(from: 0, to: header.count, by: 2).allSatisfy({ !header[$0].isEmpty }) else { return }
    let mark = String(UnicodeScalar(dialect.delimiter))
    throw SourceError(
      source: source,
      reason: .badFormat(
        "its fields stand between `\(mark)\(mark)`, and a delimiter is one character; "
          + "with `delimiter: \"\(mark)\"` every second column is empty"))
  }
}
