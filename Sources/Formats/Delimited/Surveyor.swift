import Notation
import Tables

/// Makes a survey from a sample.
struct Surveyor {
  let source: String
  let options: DelimitedOptions

  /// What the first bytes of a text tell, as far as the sample is extended: types are decided by its first `sampleCount` bytes alone.
  func survey(_ text: OpenedText) throws(SourceError) -> Survey {
    let bytes = text.stream.sample
    let bom = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let terminator: UInt8 = (text.lineEnd ?? Dialect.lineEnd(bytes)) == .cr ? 0x0D : 0x0A
    let lines = text.skip ?? 0
    let start = TextLines.start(of: lines, in: bytes, from: bom, lineEnd: terminator)
    if start == nil, text.stream.isWhole {
      throw bad("`skip: \(lines)` passes over all of its lines")
    }
    let (dialect, sample) = look(text, from: start ?? bytes.count, line: lines + 1, terminator)
    guard start != nil, sample.first == nil ? text.stream.isWhole : sample.firstIsComplete else {
      return incomplete(dialect, bom: bom)
    }
    guard sample.first != nil else {
      return Survey(
        dialect: dialect, columns: [], dataStart: bom, rowSize: 1, firstLine: 1,
        notes: text.notes + ["the file is empty"])
    }
    return try conclude(dialect, sample, text)
  }

  /// The dialect and the rows that the bytes show.
  private func look(
    _ text: OpenedText, from start: Int, line: Int, _ terminator: UInt8
  ) -> (Dialect, SampleRecords) {
    let (bytes, sampleCount, isWhole) = (text.stream.sample, text.stream.sampleCount, text.stream.isWhole)
    // The scanner looks at whole blocks, so the copy ends in bytes that may be read.
    let padded = bytes + [UInt8](repeating: 0, count: FieldScanner.padding)
    return padded.withUnsafeBufferPointer { buffer in
      let head = UnsafeBufferPointer(rebasing: buffer[start..<max(start, min(sampleCount, bytes.count))])
      let dialect = Dialect(
        head, isWhole: isWhole, delimiter: text.delimiter, candidates: options.candidates, terminator: terminator,
        skipsBlankLines: text.hasComments)
      let records = SampleRecords(
        buffer, from: start, line: line, to: bytes.count, sampleEnd: sampleCount, isWhole: isWhole, dialect: dialect,
        columnLimit: options.columnLimit, needsSecond: options.units, options.reader)
      return (dialect, records)
    }
  }

  private func conclude(
    _ dialect: Dialect, _ found: SampleRecords, _ text: OpenedText
  ) throws(SourceError) -> Survey {
    var (sample, notes) = (found, text.notes)
    passOver(&sample, text, &notes)
    let header = try SampleHeader(&sample, options, dialect, source: source)
    notes += header.notes
    var (dataStart, firstLine, rest) = (header.dataStart, header.firstLine, header.rest)
    if options.units {
      guard sample.second != nil || text.stream.isWhole else { return incomplete(dialect, bom: 0) }
      guard header.isThere else { throw bad("`units` is for a row under a header, and there is none") }
      if let row = sample.removeSecond() {
        (dataStart, firstLine) = (row.end, row.endLine)
        notes += UnitsRow.note(row, of: header.names).map { [$0] } ?? []
        rest = sample.summaries(includingFirst: false, missing: options.missing)
      }
    } else if header.isThere, let note = UnitsRow.note(header.names, sample.rest) {
      notes.append(note)
    }
    let summaries = header.isThere ? rest : sample.summaries(includingFirst: true, missing: options.missing)
    var columns = try columns(header.names, summaries, &notes)
    look(&columns, summaries, sample, header, isWhole: text.stream.isWhole, &notes)
    if header.endsInNone { columns.append(Survey.SurveyedColumn(name: "", isNone: true)) }
    return Survey(
      dialect: dialect, columns: columns, dataStart: dataStart, rowSize: sample.rowSize, firstLine: firstLine,
      notes: notes, likelySkip: options.skip == nil ? header.likelySkip : nil)
  }

  private func incomplete(_ dialect: Dialect, bom: Int) -> Survey {
    Survey(
      dialect: dialect, columns: [], dataStart: bom, rowSize: 1, firstLine: 1, notes: [], isComplete: false)
  }

  /// Passes over what stands above the table, where that is certain and nobody said how many lines it is.
  private func passOver(_ sample: inout SampleRecords, _ text: OpenedText, _ notes: inout [String]) {
    guard let first = sample.first, text.skip == nil, options.header != .absent,
      !first.cells.contains(where: { options.names($0.trimmed) })
    else { return }
    let rest = sample.rest
    let count = Preamble.count(first, rest)
    if count == 0 { return }
    sample.begin(at: count)
    notes.append(Preamble.note(([first] + rest).prefix(count), lines: (sample.first?.line ?? 1) - 1))
  }

  private func columns(
    _ names: [String], _ summaries: [ColumnSample], _ notes: inout [String]
  ) throws(SourceError) -> [Survey.SurveyedColumn] {
    try refuseUnknown(Array(options.types.keys).sorted(), names, "types")
    try refuseUnknown(options.columns ?? [], names, "columns")
    if let name = names.first(where: { options.types[$0] == .vector }) {
      throw bad("column '\(name)': a file's column cannot be read as vector")
    }
    var columns = zip(names, summaries).map { column($0, $1) }
    // What is said of dates waits until it is known what other files say of them.
    _ = DateFinding.settle(&columns, stated: options.dates) { $0.isStated }
    notes += ColumnSample.notes(zip(columns, summaries), options.missing)
    return columns
  }

  /// Looks at the columns that are text: which texts there are, and whether other marks would make numbers of them.
  private func look(
    _ columns: inout [Survey.SurveyedColumn], _ summaries: [ColumnSample], _ sample: SampleRecords,
    _ header: SampleHeader, isWhole: Bool, _ notes: inout [String]
  ) {
    for (place, summary) in zip(columns.indices, summaries) where columns[place].type == .text {
      columns[place].texts = summary.texts(isWhole: isWhole)
      if columns[place].isStated || !summary.isOfDigits || options.convention != .plain { continue }
      let cells = sample.cells(place, includingFirst: !header.isThere)
      if let note = NumberMarksHint.note(columns[place].name, cells, delimiter: header.delimiter) { notes.append(note) }
    }
  }

  private func column(_ name: String, _ summary: ColumnSample) -> Survey.SurveyedColumn {
    var column = Survey.SurveyedColumn(name: name)
    let stated = options.statedType(name)
    column.isStated = stated != nil
    column.isExpected = stated != nil && options.types[name] == nil
    column.type = stated ?? (options.expected == nil ? summary.shapes.type : nil)
    column.isIntSoFar = !column.isStated && column.type == .int
    column.isOpenToAll = stated == nil && options.expected != nil
    column.isVaried = summary.isVaried
    column.shapes = summary.shapes
    column.dates = summary.dates
    return column
  }

  private func refuseUnknown(_ wanted: [String], _ names: [String], _ option: String) throws(SourceError) {
    let known = Set(names)
    guard let stranger = wanted.first(where: { !known.contains($0) }) else { return }
    let listed = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … (\(names.count))" : "")
    throw bad("\(option) names '\(stranger)', which is no column; columns: \(listed)")
  }

  private func bad(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
}
