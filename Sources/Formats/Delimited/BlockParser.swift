import CVector
import Tables

/// Parses one block of rows into columns. One parser works on one block at a time and keeps its memory for the next.
final class BlockParser: @unchecked Sendable {
  private let survey: Survey
  private let keepsRaw: Bool
  private let keepsAll: Bool
  private let emptyIsMissing: Bool
  private let missingWords: [[UInt8]]
  private let width: Int
  private let reader = NumberReader.shared
  let columns: UnsafeMutablePointer<BlockColumn>
  private var capacity: Int
  private var isPlainText = false

  /// Rows that were taken.
  private(set) var rows = 0
  /// Rows that were taken or refused.
  private(set) var records = 0
  private(set) var lines = 0
  private(set) var problems: [RowProblem] = []
  private(set) var problemCount = 0
  /// Where the first row starts that was not taken: the end of the block when all went well.
  private(set) var consumed = 0

  init(_ survey: Survey, _ options: DelimitedOptions, kinds: [CellKind], capacity: Int) {
    self.survey = survey
    self.capacity = capacity
    keepsRaw = options.rejectsRows
    keepsAll = options.rejectsRows || options.rows != nil
    emptyIsMissing = options.missing.contains("")
    missingWords = options.missing.filter { !$0.isEmpty }.map { Array($0.utf8) }
    width = survey.columns.count
    columns = .allocate(capacity: width)
    for (place, column) in survey.columns.enumerated() {
      let acceptsBig = column.type == .float
      (columns + place).initialize(
        to: BlockColumn(kinds[place], isStated: column.isStated, acceptsBig: acceptsBig, capacity: capacity))
    }
  }

  deinit {
    for place in 0..<width { columns[place].deallocate() }
    columns.deallocate()
  }

  /// Takes the rows of `bytes[start ..< end]`. A row that does not end there is left, unless the text ends there too.
  func parse(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isFinal: Bool, kinds: [CellKind]) {
    for place in 0..<width { columns[place].reset(kind: kinds[place]) }
    rows = 0
    records = 0
    lines = 0
    problems.removeAll(keepingCapacity: true)
    problemCount = 0
    isPlainText = mlp_is_plain_ascii(bytes + start, max(0, end - start)) != 0
    var scanner = FieldScanner(
      bytes, from: start, to: end, delimiter: survey.dialect.delimiter, terminator: survey.dialect.terminator)
    run(&scanner, isFinal)
  }

  private func run(_ scanner: inout FieldScanner, _ isFinal: Bool) {
    consumed = scanner.position
    while scanner.position < scanner.count {
      if rows &+ 1 >= capacity { grow() }
      let breaks = scanner.quotedBreaks
      var bad: (place: Int, field: ScannedField)?
      var place = 0
      var field: ScannedField
      repeat {
        field = scanner.next()
        if bad == nil, place < width ? !store(field, place, scanner.bytes) : field.isUnterminated || field.isMalformed {
          bad = (place, field)
        }
        place &+= 1
      } while field.ending == .delimiter
      if field.ending == .end, !isFinal {
        undo()
        lines &+= breaks
        return
      }
      if place == 1, width > 1, field.start == field.end, !field.isQuoted {
        undo()
      } else if place != width || bad != nil {
        report(scanner, bad, fields: place, last: field, line: lines + breaks)
        undo()
        records &+= 1
      } else {
        rows &+= 1
        records &+= 1
      }
      lines &+= 1
      consumed = scanner.position
    }
    lines &+= scanner.quotedBreaks
  }

  private func grow() {
    let wider = max(16, capacity * 2)
    for place in 0..<width { columns[place].grow(to: wider, rows: rows) }
    capacity = wider
  }

  private func undo() {
    for place in 0..<width { columns[place].unset(rows) }
  }

  /// Whether the cell fits its column.
  @inline(__always)
  private func store(_ field: ScannedField, _ place: Int, _ p: UnsafePointer<UInt8>) -> Bool {
    let column = columns + place
    if field.start == field.end, !field.isQuoted, emptyIsMissing {
      if column.pointee.kind != .skip { column.pointee.setMissing(rows) }
      return true
    }
    switch column.pointee.kind {
    case .skip: return !field.isMalformed && !field.isUnterminated
    case .number, .int:
      let number = reader.read(p, field.start, field.end, lenient: false)
      if number.kind == .int {
        column.pointee.setInt(rows, number.bits)
        return !field.isMalformed && !field.isUnterminated
      }
    case .float:
      let number = reader.read(p, field.start, field.end, lenient: false)
      if number.kind == .float || number.kind == .int {
        column.pointee.set(rows, number.double.bitPattern)
        return !field.isMalformed && !field.isUnterminated
      }
    case .date:
      if let days = DateText.days(p, field.start, field.end) {
        column.pointee.set(rows, UInt64(bitPattern: Int64(days)))
        return !field.isMalformed && !field.isUnterminated
      }
    case .text, .dictionary: return storeText(field, column, p)
    default: break
    }
    return storeOther(field, column, p)
  }

  @inline(__always)
  private func storeText(_ field: ScannedField, _ column: UnsafeMutablePointer<BlockColumn>, _ p: UnsafePointer<UInt8>)
    -> Bool
  {
    if field.isMalformed || field.isUnterminated { return false }
    if !isPlainText, !UTF8Text.isValid(p, field.start, field.end) { return false }
    if !missingWords.isEmpty, !field.isQuoted, isMissingWord(p, field.start, field.end) {
      column.pointee.setMissing(rows)
    } else if field.hasDoubledQuotes {
      var content = field.unescaped(p)
      let count = content.count
      content.append(contentsOf: repeatElement(0, count: 8))
      content.withUnsafeBufferPointer { if let base = $0.baseAddress { column.pointee.setText(rows, base, count) } }
    } else {
      column.pointee.setText(rows, p + field.start, field.end &- field.start)
    }
    return true
  }

  /// The unusual spellings: spaces around a value, quotes, words for missing, moments, truth values.
  @inline(never)
  private func storeOther(_ field: ScannedField, _ column: UnsafeMutablePointer<BlockColumn>, _ p: UnsafePointer<UInt8>)
    -> Bool
  {
    if field.isMalformed || field.isUnterminated || field.hasDoubledQuotes { return false }
    let (start, end) = CellShape.trimmed(p, field.start, field.end)
    if start == end || isMissingWord(p, start, end) {
      guard start < end || field.isQuoted || emptyIsMissing else { return false }
      column.pointee.setMissing(rows)
      return true
    }
    guard let (bits, isFloat) = value(column.pointee, p, start, end) else { return false }
    if isFloat, column.pointee.kind == .number {
      column.pointee.setFloat(rows, bits)
    } else if column.pointee.kind == .number {
      column.pointee.setInt(rows, bits)
    } else {
      column.pointee.set(rows, bits)
    }
    return true
  }

  private func value(_ column: BlockColumn, _ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int)
    -> (bits: UInt64, isFloat: Bool)?
  {
    switch column.kind {
    case .bool:
      return BoolText.read(p, start, end, lenient: column.isStated).map { ($0 ? 1 : 0, false) }
    case .date: return DateText.days(p, start, end).map { (UInt64(bitPattern: Int64($0)), false) }
    case .datetime: return DateText.microseconds(p, start, end).map { (UInt64(bitPattern: $0), false) }
    case .int, .number, .float:
      let number = reader.read(p, start, end, lenient: column.isStated)
      if number.kind == .none || (number.kind == .big && !column.acceptsBig) { return nil }
      if column.kind == .float { return (number.double.bitPattern, true) }
      if column.kind == .int, number.kind != .int {
        return column.isStated ? number.whole.map { (UInt64(bitPattern: $0), false) } : nil
      }
      return (number.bits, number.kind != .int)
    case .skip, .text, .dictionary: return nil
    }
  }

  private func isMissingWord(_ p: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Bool {
    let text = UnsafeBufferPointer(start: p + start, count: end - start)
    return missingWords.contains { $0.count == text.count && $0.elementsEqual(text) }
  }

  /// Notes why the row now at hand was refused.
  private func report(
    _ scanner: FieldScanner, _ bad: (place: Int, field: ScannedField)?, fields: Int, last: ScannedField, line: Int
  ) {
    problemCount += 1
    if problems.count > 0, !keepsAll { return }
    let end = last.isQuoted && last.ending == .end ? scanner.count : last.end + (last.isQuoted ? 1 : 0)
    let raw = keepsRaw ? Array(UnsafeBufferPointer(start: scanner.bytes + consumed, count: max(0, end - consumed))) : []
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
    if let bad { at += breaks(scanner, from: consumed, to: bad.field.start) }
    problems.append(RowProblem(record: records, line: at, column: column, kind: kind, raw: raw))
  }

  /// Line breaks of the row that come before the field: they stand in quoted fields to its left.
  private func breaks(_ scanner: FieldScanner, from start: Int, to end: Int) -> Int {
    Int(mlp_count_byte(scanner.bytes + start, max(0, end - start), scanner.terminator))
  }

  private func kindOf(_ place: Int, _ field: ScannedField, _ p: UnsafePointer<UInt8>) -> RowProblem.Kind {
    if !UTF8Text.isValid(p, field.start, field.end) { return .notText }
    let short = ScannedField(
      start: field.start, end: min(field.end, field.start + 200), ending: .end, hasDoubledQuotes: field.hasDoubledQuotes
    )
    return .cell(text: short.text(p))
  }
}
