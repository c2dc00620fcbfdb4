import CVector
import Notation
import Tables

/// Parses one block of rows into columns. One parser works on one block at a time and keeps its memory for the next.
///
/// Rows that are regular are parsed column by column (`parseBatches`); whatever is not goes row by row through here.
final class BlockParser: @unchecked Sendable {
  let survey: Survey
  let missing: MissingWords
  let width: Int
  let reader: NumberReader
  let columns: UnsafeMutablePointer<BlockColumn>
  var ends = FieldEnds()
  private let keepsAll: Bool
  private var capacity: Int
  private var isStrict = false
  var isPlainText = false

  /// Rows that were taken.
  var rows = 0
  /// Rows that were taken or refused.
  var records = 0
  var lines = 0
  private(set) var problems: [RowProblem] = []
  private(set) var problemCount = 0
  /// No more rows than these are looked at.
  private(set) var rowLimit = Int.max

  init(_ survey: Survey, _ options: DelimitedOptions, _ missing: MissingWords, kinds: [CellKind], blockSize: Int) {
    self.survey = survey
    self.missing = missing
    keepsAll = options.rejectsRows
    reader = options.reader
    width = survey.columns.count
    capacity = BlockParser.capacity(survey, blockSize)
    columns = .allocate(capacity: width)
    for (place, column) in survey.columns.enumerated() {
      (columns + place).initialize(
        to: BlockColumn(
          kinds[place], isStated: column.isStated, dateOrder: column.dateOrder, zone: options.zone,
          capacity: capacity))
    }
  }

  deinit {
    ends.deallocate()
    for place in 0..<width { columns[place].deallocate() }
    columns.deinitialize(count: width)
    columns.deallocate()
  }

  /// Rows to make room for at first: what a block probably holds, and no more than it can hold, a row of n columns
  /// taking n bytes at least.
  private static func capacity(_ survey: Survey, _ blockSize: Int) -> Int {
    let likely = Double(blockSize) / survey.rowSize * 1.3
    let possible = Double(blockSize / max(1, survey.columns.count))
    return Int(min(likely, possible)) + 64
  }

  /// Takes the rows of a block, which ends where a row does unless it is the last (`isFinal`).
  ///
  /// `isStrict` looks at numbers in the order of rows, where whole numbers that a double does not hold meet fractions.
  func parse(_ block: TextBlock, isFinal: Bool, kinds: [CellKind], rowLimit: Int = .max, isStrict: Bool = false) {
    for place in 0..<width { columns[place].reset(kind: kinds[place]) }
    rows = 0
    records = 0
    lines = 0
    problems.removeAll(keepingCapacity: true)
    problemCount = 0
    self.rowLimit = rowLimit
    self.isStrict = isStrict
    if rowLimit <= 0 { return }
    if isStrict {
      isPlainText = mlp_is_plain_ascii(block.bytes, block.count) != 0
      parseRows(block.bytes, from: 0, to: block.count, isFinal: isFinal)
    } else {
      parseBatches(block, isFinal: isFinal)
    }
  }

  /// What was parsed.
  func result() -> ParsedBlock {
    var block = ParsedBlock()
    block.rows = rows
    block.records = records
    block.lines = lines
    block.problems = problems
    block.problemCount = problemCount
    block.columns = (0..<width).map { place in
      columns[place].finish(rows: rows, isOpen: survey.columns[place].type == nil, reader)
    }
    return block
  }

  func reserve(_ wanted: Int) {
    if wanted < capacity { return }
    let wider = max(wanted + 1, capacity * 2)
    for place in 0..<width { columns[place].grow(to: wider, rows: rows) }
    capacity = wider
  }

  /// Takes the rows of a stretch one after the other.
  func parseRows(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isFinal: Bool) {
    var scanner = FieldScanner(
      bytes, from: start, to: end, delimiter: survey.dialect.delimiter, terminator: survey.dialect.terminator)
    var rowStart = start
    while scanner.position < scanner.count, rows < rowLimit {
      reserve(rows + 1)
      let breaks = scanner.quotedBreaks
      var bad: (place: Int, field: ScannedField)?
      var place = 0
      var field: ScannedField
      repeat {
        field = scanner.next()
        if bad == nil, place < width ? !store(field, place, bytes, rows) : field.isUnterminated || field.isMalformed {
          bad = (place, field)
        }
        place &+= 1
      } while field.ending == .delimiter
      if place == 1, width > 1 || survey.dialect.skipsBlankLines, field.start == field.end, !field.isQuoted {
        undo()
      } else if place != width || bad != nil {
        report(scanner, bad, from: rowStart, fields: place, last: field, line: lines + breaks)
        undo()
        records &+= 1
      } else {
        if isStrict { for place in 0..<width { columns[place].keepRow() } }
        rows &+= 1
        records &+= 1
      }
      lines &+= 1
      rowStart = scanner.position
    }
    lines &+= scanner.quotedBreaks
  }

  private func undo() {
    for place in 0..<width where columns[place].kind != .skip { columns[place].unset(rows) }
  }

  /// Whether the cell fits its column.
  func store(_ field: ScannedField, _ place: Int, _ p: UnsafePointer<UInt8>, _ row: Int) -> Bool {
    let column = columns + place
    if field.isMalformed || field.isUnterminated { return false }
    if column.pointee.kind == .skip { return true }
    if column.pointee.kind == .nothing { return isBlank(p, field.start, field.end) }
    if field.start == field.end, !field.isQuoted, missing.emptyIsMissing {
      column.pointee.setMissing(row)
      return true
    }
    switch column.pointee.kind {
    case .text, .dictionary: return storeText(field, column, p, row)
    default: return storeValue(field, column, p, row)
    }
  }

  /// Whether there are only spaces and tabs.
  private func isBlank(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let (first, last) = CellShape.trimmed(p, start, end)
    return first == last
  }

  private func storeText(
    _ field: ScannedField, _ column: UnsafeMutablePointer<BlockColumn>, _ p: UnsafePointer<UInt8>, _ row: Int
  ) -> Bool {
    if !isPlainText, !UTF8Text.isValid(p, field.start, field.end) { return false }
    if field.start < field.end, !field.isQuoted, missing.contains(p, field.start, field.end) {
      column.pointee.setMissing(row)
    } else if field.hasDoubledQuotes {
      var content = field.unescaped(p)
      let count = content.count
      content.append(contentsOf: repeatElement(0, count: 8))
      content.withUnsafeBufferPointer {
        if let base = $0.baseAddress { column.pointee.setText(row, base, count) }
      }
    } else {
      column.pointee.setText(row, p + field.start, field.end &- field.start)
    }
    return true
  }

  /// Anything but text, in all the spellings it may have: spaces around a value, quotes, words for missing.
  ///
  /// What stands in quotes is a value, so that a quoted word for missing fits no other column than one of text; nothing in quotes is
  /// no value.
  private func storeValue(
    _ field: ScannedField, _ column: UnsafeMutablePointer<BlockColumn>, _ p: UnsafePointer<UInt8>, _ row: Int
  ) -> Bool {
    if field.hasDoubledQuotes { return false }
    let (start, end) = CellShape.trimmed(p, field.start, field.end)
    if start == end {
      guard field.isQuoted || missing.emptyIsMissing else { return false }
      column.pointee.setMissing(row)
      return true
    }
    if !field.isQuoted, missing.contains(p, start, end) {
      column.pointee.setMissing(row)
      return true
    }
    switch column.pointee.kind {
    case .bool:
      guard let value = BoolText.read(p, start, end, lenient: column.pointee.isStated) else { return false }
      column.pointee.truths[row] = value
    case .date:
      guard let days = DateText.days(p, start, end) ?? NumberedDate.days(p, start, end, column.pointee.dateOrder) else {
        return false
      }
      column.pointee.days[row] = days
    case .datetime:
      guard
        let moment = DateText.moment(p, start, end) ?? NumberedDate.moment(p, start, end, column.pointee.dateOrder)
      else { return false }
      column.pointee.ints[row] = moment.microseconds
      column.pointee.setOffset(row, moment.hasOffset)
    case .int, .number, .float: return storeNumber(column, p, start, end, row)
    case .skip, .text, .dictionary, .nothing: return false
    }
    return true
  }

  private func storeNumber(
    _ column: UnsafeMutablePointer<BlockColumn>, _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ row: Int
  ) -> Bool {
    let (kind, isStated) = (column.pointee.kind, column.pointee.isStated)
    let number = reader.read(p, start, end, lenient: isStated)
    switch (kind, number.kind) {
    case (_, .none): return false
    case (.int, .infinite) where isStated: return false
    case (_, .infinite): column.pointee.setInfinite(row)
    case (.float, _):
      if !isStated, number.kind != .float, WholeNumber.losesDigits(number, p, start, end) { return false }
      column.pointee.doubles[row] = number.double
    case (.number, .int): return storeWhole(column, number, p, start, end, row)
    case (.number, _): return storeFraction(column, number, p, start, end, row)
    case (_, .int): column.pointee.ints[row] = Int64(bitPattern: number.bits)
    default:
      guard isStated, let whole = number.whole else { return false }
      column.pointee.ints[row] = whole
    }
    return true
  }

  private func storeWhole(
    _ column: UnsafeMutablePointer<BlockColumn>, _ number: WrittenNumber, _ p: UnsafePointer<UInt8>, _ start: Int,
    _ end: Int, _ row: Int
  ) -> Bool {
    column.pointee.setInt(row, Int64(bitPattern: number.bits))
    guard WholeNumber.isWide(number) else { return true }
    column.pointee.hasWide = true
    guard isStrict, WholeNumber.losesDigits(number, p, start, end) else { return true }
    column.pointee.noteLoss()
    return !column.pointee.order.sawFloat
  }

  /// A number that is no 64-bit int, in a column of whole numbers so far: a fraction makes it float, unless a whole number would lose
  /// digits by that.
  private func storeFraction(
    _ column: UnsafeMutablePointer<BlockColumn>, _ number: WrittenNumber, _ p: UnsafePointer<UInt8>, _ start: Int,
    _ end: Int, _ row: Int
  ) -> Bool {
    let order = column.pointee.order
    let isPlainFraction = number.kind == .float && !CellShape.isCode(p, start, end)
    if order.sawLoss || (!order.sawFloat && !isPlainFraction) { return false }
    if number.kind == .big, WholeNumber.losesDigits(number, p, start, end) { return false }
    column.pointee.setFloat(row, number.double)
    return true
  }

  /// Notes why the row now at hand was refused.
  private func report(
    _ scanner: FieldScanner, _ bad: (place: Int, field: ScannedField)?, from start: Int, fields: Int,
    last: ScannedField, line: Int
  ) {
    problemCount += 1
    if problems.count > 0, !keepsAll { return }
    let end = last.isQuoted && last.ending == .end ? scanner.count : last.end + (last.isQuoted ? 1 : 0)
    let raw = keepsAll ? Array(UnsafeBufferPointer(start: scanner.bytes + start, count: max(0, end - start))) : []
    let kind: RowProblem.Kind
    if let bad, bad.field.isUnterminated {
      kind = .unterminated
    } else if let bad, bad.field.isMalformed {
      kind = .afterQuote
    } else if fields != survey.columns.count {
      kind = .fields(fields)
    } else if let bad {
      kind = kindOf(bad.place, bad.field, scanner.bytes)
    } else {
      return
    }
    var column = bad.flatMap { $0.place < width ? $0.place : nil }
    if case .fields = kind { column = nil }
    var at = line
    if let bad { at += breaks(scanner, from: start, to: bad.field.start) }
    let row = UnsafeBufferPointer(start: scanner.bytes + start, count: scanner.count - start)
    problems.append(
      RowProblem(
        record: records, line: at, column: column, kind: kind, raw: raw,
        remedy: remedy(kind, bad?.field, scanner.bytes),
        isTotal: TotalsRow.isOne(row, survey.dialect)))
  }

  /// Line breaks of the row that come before the field: they stand in quoted fields to its left.
  private func breaks(_ scanner: FieldScanner, from start: Int, to end: Int) -> Int {
    Int(mlp_count_byte(scanner.bytes + start, max(0, end - start), scanner.terminator))
  }

  private func kindOf(_ place: Int, _ field: ScannedField, _ p: UnsafePointer<UInt8>) -> RowProblem.Kind {
    if !UTF8Text.isValid(p, field.start, field.end) {
      return .notText(hasNUL: UnsafeBufferPointer(start: p + field.start, count: field.end - field.start).contains(0))
    }
    let short = ScannedField(
      start: field.start, end: min(field.end, field.start + 200), ending: .end, hasDoubledQuotes: field.hasDoubledQuotes
    )
    let column = columns[place]
    if column.kind == .nothing { return .behind(text: short.text(p)) }
    return .cell(text: short.text(p), type: column.order.sawFloat ? .float : column.kind.type)
  }
}

/// What a parser made of a block.
struct ParsedBlock: Sendable {
  var rows = 0
  var records = 0
  var lines = 0
  var problems: [RowProblem] = []
  var problemCount = 0
  /// One for each column of the file.
  var columns: [BlockCells] = []
}
