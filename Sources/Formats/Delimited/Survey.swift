import Tables

/// What the beginning of a delimited file tells: its marks, its columns and, as far as the sample settles them, their
/// types.
struct Survey: Sendable {
  struct SurveyedColumn: Sendable {
    var name: String
    /// What the reader holds the column to; nil while no cell has spoken.
    var type: ColumnType?
    /// The user stated the type.
    var isStated = false
    /// The type is the one that whoever asked for the rows takes.
    var isExpected = false
    /// A number column of whole numbers so far: the whole file says whether it is int or float.
    var isIntSoFar = false
    /// Text whose words repeat little, which is not worth a dictionary.
    var isVaried = false
    /// The texts of the column, where the sample most likely holds all of them.
    var texts: [String] = []
    /// The forms of the sample's cells.
    var shapes: CellShape = []

    /// All cells decide about the type, since those who asked for the rows do not take the column.
    var isOpenToAll = false

    /// How a block's parser is to treat the column.
    var kind: CellKind {
      switch type {
      case .bool: .bool
      case .int: isIntSoFar ? .number : .int
      case .float: .float
      case .date: .date
      case .datetime: .datetime
      // A column that has not spoken is kept as text until the end.
      case nil: .text
      case .text, .vector: isVaried ? .text : .dictionary
      }
    }
  }

  let dialect: Dialect
  var columns: [SurveyedColumn]
  /// Where the first data row starts.
  let dataStart: Int
  /// Bytes a row takes, on average over the sample.
  let rowSize: Double
  /// The number of the line on which the data starts.
  let firstLine: Int
  private(set) var notes: [String]
  /// Whether the first row ends within the bytes that were surveyed.
  var isComplete = true

  var names: [String] { columns.map(\.name) }

  /// Whether a parser of the one takes texts of the other.
  func isParsed(like other: Survey) -> Bool {
    dialect == other.dialect
      && columns.elementsEqual(other.columns) {
        $0.type == $1.type && $0.isStated == $1.isStated && $0.isIntSoFar == $1.isIntSoFar
      }
  }

  static func declared(_ columns: [SurveyedColumn], _ options: DelimitedOptions) -> DeclaredSchema {
    var fields = columns.map { Field($0.name, $0.type ?? .text) }
    var open = Set(columns.filter { !$0.isStated && ($0.type == nil || $0.isIntSoFar) }.map(\.name))
    if let kept = options.columns {
      let found = Schema(fields)
      fields = kept.compactMap { name in found[name].map { Field(name, $0) } }
      open.formIntersection(kept)
    }
    return DeclaredSchema(schema: Schema(fields), open: open)
  }
}

/// Makes a survey from a sample.
struct Surveyor {
  let source: String
  let options: DelimitedOptions
  /// The delimiter that wins a tie: the tab for tsv.
  let preferred: UInt8

  /// `bytes` hold at least the whole header; only the first `sampleCount` of them decide about types.
  func survey(_ bytes: [UInt8], sampleCount: Int, isWhole: Bool) throws(SourceError) -> Survey {
    try refuseOtherEncodings(bytes)
    let stated = try statedDelimiter()
    let bom = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // The scanner looks at whole blocks, so the copy ends in bytes that may be read.
    let padded = bytes + [UInt8](repeating: 0, count: FieldScanner.padding)
    let (dialect, sample) = padded.withUnsafeBufferPointer { buffer in
      let head = UnsafeBufferPointer(rebasing: buffer[bom..<max(bom, min(sampleCount, bytes.count))])
      let dialect = Dialect(
        head, isWhole: isWhole, hasFeed: bytes.contains(0x0A), delimiter: stated, preferred: preferred,
        decimal: options.convention?.decimal.asciiValue)
      let records = SampleRecords(
        buffer, from: bom, to: bytes.count, sampleEnd: sampleCount, isWhole: isWhole, dialect: dialect,
        columnLimit: options.columnLimit, options.reader)
      return (dialect, records)
    }
    return try conclude(dialect, sample, bom: bom, isWhole: isWhole)
  }

  private func refuseOtherEncodings(_ bytes: [UInt8]) throws(SourceError) {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      throw bad("it is UTF-16; convert it to UTF-8, for example with `iconv -f UTF-16 -t UTF-8`")
    }
  }

  private func statedDelimiter() throws(SourceError) -> UInt8? {
    if options.convention == nil { throw bad("`decimal` and `group` are the same mark") }
    guard let character = options.delimiter else { return nil }
    guard let byte = character.asciiValue, byte >= 0x20 || byte == 0x09, byte != 0x7F, byte != FieldScanner.quote else {
      throw bad("a delimiter is one ASCII character other than a quote or a line break")
    }
    return byte
  }

  private func conclude(
    _ dialect: Dialect, _ sample: SampleRecords, bom: Int, isWhole: Bool
  ) throws(SourceError) -> Survey {
    guard let first = sample.first else {
      return Survey(
        dialect: dialect, columns: [], dataStart: bom, rowSize: 1, firstLine: 1, notes: ["the file is empty"],
        isComplete: isWhole)
    }
    guard sample.firstIsComplete else {
      return Survey(
        dialect: dialect, columns: [], dataStart: bom, rowSize: 1, firstLine: 1, notes: [], isComplete: false)
    }
    guard first.cells.count <= options.columnLimit else {
      throw SourceError(source: source, reason: .tooLarge("more than \(options.columnLimit) columns"), line: 1)
    }
    if let place = first.cells.firstIndex(where: { !$0.isValid }) {
      throw SourceError(
        source: source, reason: .badFormat("the header is not UTF-8 in column \(place + 1); convert the file to UTF-8"),
        line: first.line)
    }
    var notes: [String] = []
    let rest = sample.summaries(includingFirst: false, missing: options.missing)
    let hasHeader = hasHeader(sample, rest, &notes)
    let names = hasHeader ? headerNames(first, &notes) : first.cells.indices.map { "column_\($0 + 1)" }
    let summaries = hasHeader ? rest : sample.summaries(includingFirst: true, missing: options.missing)
    var columns = try columns(names, summaries, &notes)
    for (place, summary) in zip(columns.indices, summaries) where columns[place].type == .text {
      columns[place].texts = summary.texts(isWhole: isWhole)
    }
    return Survey(
      dialect: dialect, columns: columns, dataStart: hasHeader ? first.end : first.start, rowSize: sample.rowSize,
      firstLine: hasHeader ? first.endLine : first.line, notes: notes)
  }

  /// With no row below it to compare with, a first row of words is a header and one with a number is not.
  private func hasHeader(_ sample: SampleRecords, _ rest: [ColumnSample], _ notes: inout [String]) -> Bool {
    switch options.header {
    case .present: return true
    case .absent: return false
    case .found: break
    }
    if let named = sample.first?.cells, named.contains(where: { options.statedType($0.trimmed) != nil }) { return true }
    let first = sample.firstShapes
    var looksLikeData = false
    for (shape, summary) in zip(first, rest) where !shape.isEmpty {
      guard let type = summary.shapes.type, type != .text else {
        if summary.shapes.isEmpty, shape != .text { looksLikeData = true }
        continue
      }
      if shape.union(summary.shapes).type == .text { return true }
      looksLikeData = true
    }
    if looksLikeData {
      notes.append("the first row reads as data, so there is no header; `header: true` makes it one")
    }
    return !looksLikeData
  }

  /// Empty names get their place, and a name that was there gets a number.
  private func headerNames(_ first: SampleRecord, _ notes: inout [String]) -> [String] {
    let written = Set(first.cells.map(\.trimmed))
    var taken: Set<String> = []
    // Where counting goes on for a name, so that a header of one name repeated takes no quadratic time.
    var numbers: [String: Int] = [:]
    var names: [String] = []
    var renamings: [String] = []
    for (place, cell) in first.cells.enumerated() {
      let wanted = cell.trimmed.isEmpty ? "column_\(place + 1)" : cell.trimmed
      var name = wanted
      var number = numbers[wanted] ?? 2
      while taken.contains(name) || (name != cell.trimmed && written.contains(name)) {
        name = "\(wanted)_\(number)"
        number += 1
      }
      numbers[wanted] = number
      if cell.trimmed.isEmpty {
        renamings.append("column \(place + 1) has no name; it is called \(name)")
      } else if name != wanted {
        renamings.append("a second column '\(wanted)' is called \(name)")
      }
      taken.insert(name)
      names.append(name)
    }
    notes += renamings.prefix(5)
    if renamings.count > 5 { notes.append("\(renamings.count - 5) more columns were named in this way") }
    return names
  }

  private func columns(
    _ names: [String], _ summaries: [ColumnSample], _ notes: inout [String]
  ) throws(SourceError) -> [Survey.SurveyedColumn] {
    try refuseUnknown(Array(options.types.keys).sorted(), names, "types")
    try refuseUnknown(options.columns ?? [], names, "columns")
    if let name = names.first(where: { options.types[$0] == .vector }) {
      throw bad("column '\(name)': a file's column cannot be read as vector")
    }
    var columns: [Survey.SurveyedColumn] = []
    for (name, summary) in zip(names, summaries) {
      var column = Survey.SurveyedColumn(name: name)
      let stated = options.statedType(name)
      column.isStated = stated != nil
      column.isExpected = stated != nil && options.types[name] == nil
      column.type = stated ?? (options.expected == nil ? summary.shapes.type : nil)
      column.isIntSoFar = !column.isStated && column.type == .int
      column.isOpenToAll = stated == nil && options.expected != nil
      column.isVaried = summary.isVaried
      column.shapes = summary.shapes
      columns.append(column)
    }
    notes += ColumnSample.notes(zip(columns, summaries), options.missing)
    return columns
  }

  private func refuseUnknown(_ wanted: [String], _ names: [String], _ option: String) throws(SourceError) {
    let known = Set(names)
    guard let stranger = wanted.first(where: { !known.contains($0) }) else { return }
    let listed = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … (\(names.count))" : "")
    throw bad("\(option) names '\(stranger)', which is no column; columns: \(listed)")
  }

  private func bad(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
}
