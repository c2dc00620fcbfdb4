import Formats
import Notation
import Tables

/// Where a sheet's table stands and what its columns are, as all of its rows tell.
struct SheetLayout: Sendable {
  struct SheetColumn: Sendable {
    let name: String
    /// From 0, in the sheet.
    let place: Int
    let type: ColumnType
  }

  let sheet: String
  let columns: [SheetColumn]
  /// The first and the last row of data.
  let firstRow: Int
  let lastRow: Int
  let rowCount: Int
  let notes: [String]

  var schema: Schema { Schema(columns.map { Field($0.name, $0.type) }) }
}

/// Makes out the layout of a sheet by reading all of it.
struct SheetSurvey {
  /// Rows that decide about the header, fewer where they are wide, and cells that may wait for the end.
  private static let (headRows, headCells, mostWaiting) = (200, 1 << 16, 1 << 22)

  private let options: SheetOptions
  private let strings: SharedStrings
  private let source: String
  private var head: [SheetRow] = []
  private var headCells = 0
  private var header: SheetHeader?
  private var units: SheetRow?
  private var tallies: [ColumnTally] = []
  /// The last rows, which may be no data.
  private var waiting: [SheetRow] = []
  private var waitingCells = 0
  private var lastTitle = ""
  private var (rowCount, firstRow, lastRow, hiddenRows) = (0, 0, 0, 0)

  init(_ options: SheetOptions, _ strings: SharedStrings, source: String) {
    self.source = source
    self.options = options
    self.strings = strings
  }

  /// Takes the next row that holds something. Throws `tooLarge` where too many would have to wait for the end.
  mutating func take(_ row: SheetRow) throws(SourceError) {
    if row.number <= options.skip ?? 0 { return }
    if header == nil {
      head.append(row)
      headCells += row.cells.count
      if head.count < Self.headRows, headCells < Self.headCells || head.count < 3 { return }
      try settleHeader()
    } else {
      try wait(row)
    }
  }

  private mutating func settleHeader() throws(SourceError) {
    let found = SheetHeader(head, options, strings)
    header = found
    let rows = head
    head = []
    for row in rows where row.number >= found.firstRow { try wait(row) }
  }

  private mutating func wait(_ row: SheetRow) throws(SourceError) {
    if options.units, units == nil {
      units = row
      return
    }
    if options.footer == 0 { return add(row) }
    waiting.append(row)
    waitingCells += row.cells.count
    if waiting.count > options.footer {
      waitingCells -= waiting[0].cells.count
      add(waiting.removeFirst())
    }
    guard waitingCells <= Self.mostWaiting else {
      throw SourceError(
        source: source, reason: .tooLarge("\(Self.mostWaiting) cells in the last \(options.footer) rows"))
    }
  }

  private mutating func add(_ row: SheetRow) {
    if firstRow == 0 { firstRow = row.number }
    lastRow = row.number
    rowCount += 1
    if row.isHidden { hiddenRows += 1 }
    lastTitle = ""
    for cell in row.cells {
      if tallies.count <= cell.column {
        tallies += [ColumnTally](repeating: ColumnTally(), count: cell.column + 1 - tallies.count)
      }
      tallies[cell.column].add(cell, row: row.number, options, strings)
    }
    if let cell = row.cells.first, cell.value?.kind == .text {
      lastTitle = String(decoding: (cell.value?.written(strings) ?? []).prefix(40), as: UTF8.self)
    }
  }

  /// The layout once all rows are there. Throws `badFormat` for options that name what is not there.
  mutating func finish(
    _ sheet: String, _ reader: SheetReader
  ) throws(SourceError) -> SheetLayout {
    if header == nil { try settleHeader() }
    guard let header else { throw SourceError(source: source, reason: .badFormat("it has no row")) }
    if options.units, header.row == nil {
      throw SourceError(
        source: source, reason: .badFormat("`units` is for a row under a header, and there is none"))
    }
    let titles = titles(header)
    let places = (0..<max(tallies.count, (titles.keys.max() ?? -1) + 1)).filter { place in
      titles[place] != nil || (place < tallies.count && tallies[place].isUsed)
    }
    let named = ColumnNames.of(places.map { titles[$0] ?? "" })
    let names = header.row == nil ? places.indices.map { "column_\($0 + 1)" } : named.names
    try refuseUnknown(names)
    let columns = zip(names, places).map { name, place in
      SheetLayout.SheetColumn(name: name, place: place, type: place < tallies.count ? tallies[place].type : .text)
    }
    var notes = header.notes + (header.row == nil ? [] : named.notes)
    if rowCount == 0, names.isEmpty { notes.append("the sheet is empty") }
    if let units, let note = self.note(on: units, columns) { notes.append(note) }
    for column in columns where column.place < tallies.count {
      notes += tallies[column.place].notes(
        column.name, letters: CellReference.letters(column.place), options)
    }
    notes += SheetRemarks(columns, rows: firstRow...max(firstRow, lastRow), hiddenRows: hiddenRows, reader).notes
    notes += formulaNotes(columns)
    if rowCount > 1, TotalsRow.isTotal(lastTitle) {
      notes.append("the last row begins as a total; `footer: \(options.footer + 1)` leaves it out")
    }
    return SheetLayout(
      sheet: sheet, columns: columns, firstRow: firstRow, lastRow: lastRow, rowCount: rowCount, notes: notes)
  }

  /// The texts of the header by column, without blanks around them.
  private func titles(_ header: SheetHeader) -> [Int: String] {
    var titles: [Int: String] = [:]
    for cell in header.row?.cells ?? [] {
      let text = String(decoding: cell.value?.written(strings) ?? [], as: UTF8.self)
      titles[cell.column] = SheetNames.trimmed(text)
    }
    return titles.filter { !$0.value.isEmpty }
  }

  private func note(on units: SheetRow, _ columns: [SheetLayout.SheetColumn]) -> String? {
    let told = columns.compactMap { column -> String? in
      guard let unit = units[column.place]?.value?.written(strings) else { return nil }
      return "\(column.name) in \(String(decoding: unit, as: UTF8.self))"
    }
    return told.isEmpty ? nil : "units: \(NameList.of(told, most: 8))"
  }

  /// Formulas that nobody has computed: without a value, or all of them with a zero, as programs write them that compute nothing.
  private func formulaNotes(_ columns: [SheetLayout.SheetColumn]) -> [String] {
    let used = columns.filter { $0.place < tallies.count }.map { tallies[$0.place] }
    let uncomputed = used.reduce(0) { $0 + $1.uncomputed }
    let formulas = used.reduce(0) { $0 + $1.formulas } - uncomputed
    let zeros = used.reduce(0) { $0 + $1.zeroFormulas }
    let remedy = "open the file in a spreadsheet program and save it, so that they are computed"
    var notes: [String] = []
    if uncomputed > 0 {
      let words = uncomputed == 1 ? "1 formula has no value and is" : "\(uncomputed) formulas have no value and are"
      notes.append("\(words) missing; \(remedy)")
    }
    if formulas > 0, zeros == formulas {
      let words =
        formulas == 1 ? "the one formula of the table gives 0" : "all \(formulas) formulas of the table give 0"
      notes.append("\(words), as if nobody had computed them; \(remedy)")
    }
    return notes
  }

  private func refuseUnknown(_ names: [String]) throws(SourceError) {
    guard let stranger = options.asked.first(where: { !names.contains($0.name) }) else { return }
    throw SourceError(
      source: source,
      reason: .badFormat(
        "\(stranger.option) names '\(stranger.name)', which is no column; columns: \(NameList.of(names, most: 8))"))
  }
}

/// What a reader of a sheet does not see in its cells: merged ranges, and what is hidden.
struct SheetRemarks {
  let notes: [String]

  init(
    _ columns: [SheetLayout.SheetColumn], rows: ClosedRange<Int>, hiddenRows: Int, _ reader: SheetReader
  ) {
    var notes: [String] = []
    let places = columns.map(\.place)
    let merged = reader.merged.filter { range in
      range.last.row >= rows.lowerBound && range.first.row <= rows.upperBound
        && places.contains { (range.first.column...max(range.first.column, range.last.column)).contains($0) }
    }.count
    if merged > 0 {
      let words = merged == 1 ? "1 merged range has" : "\(merged) merged ranges have"
      notes.append("\(words) a value in the first cell alone; the others are missing")
    }
    let hiddenColumns = places.filter { place in reader.hiddenColumns.contains { $0.contains(place) } }.count
    let hidden = [(hiddenRows, "row"), (hiddenColumns, "column")].filter { $0.0 > 0 }.map { count, word in
      "\(count) hidden \(word)\(count == 1 ? "" : "s")"
    }
    if !hidden.isEmpty {
      let isOne = hiddenRows + hiddenColumns == 1
      notes.append("\(hidden.joined(separator: " and ")) \(isOne ? "is" : "are") read as well")
    }
    self.notes = notes
  }
}
