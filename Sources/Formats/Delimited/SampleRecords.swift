import Notation
import Tables

/// A cell of the sample, taken out of the text.
struct SampleCell {
  let bytes: [UInt8]
  let isQuoted: Bool
  let shape: CellShape
  let isValid: Bool

  /// A cell with nothing in it.
  static let empty = SampleCell(bytes: [], isQuoted: false, shape: [], isValid: true)

  private init(bytes: [UInt8], isQuoted: Bool, shape: CellShape, isValid: Bool) {
    self.bytes = bytes
    self.isQuoted = isQuoted
    self.shape = shape
    self.isValid = isValid
  }

  init(_ field: ScannedField, _ base: UnsafePointer<UInt8>, _ reader: NumberReader) {
    let content = field.unescaped(base)
    bytes = content
    isQuoted = field.isQuoted
    isValid = UTF8Text.isValid(content)
    shape = content.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { buffer.isEmpty ? [] : CellShape.of($0, 0, buffer.count, reader) } ?? []
    }
  }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Whether nothing stands there, not even quotes.
  var isEmpty: Bool { bytes.isEmpty && !isQuoted }

  /// FNV-1a (Fowler, Noll, Vo).
  var hash: UInt64 { bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 } }

  /// The text without spaces and tabs around it.
  var trimmed: String {
    let isBlank = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
    let inner = bytes.drop(while: isBlank)
    return String(decoding: inner.prefix(inner.count - inner.reversed().prefix(while: isBlank).count), as: UTF8.self)
  }
}

struct SampleRecord {
  var cells: [SampleCell]
  let start: Int
  let end: Int
  /// 1-based lines on which it starts and the next one does.
  let line: Int
  let endLine: Int
}

/// The complete rows of a sample.
struct SampleRecords {
  private(set) var first: SampleRecord?
  /// The row after the first, wherever it ends.
  private(set) var second: SampleRecord?
  private(set) var rest: [SampleRecord] = []

  /// Rows that end within `sampleEnd`, and the first row wherever it ends, and the second if `needsSecond`. The text starts on `line`.
  init(
    _ buffer: UnsafeBufferPointer<UInt8>, from start: Int, line firstLine: Int, to end: Int, sampleEnd: Int,
    isWhole: Bool, dialect: Dialect, columnLimit: Int, needsSecond: Bool, _ reader: NumberReader
  ) {
    guard let base = buffer.baseAddress else { return }
    var scanner = FieldScanner(
      base, from: start, to: end, delimiter: dialect.delimiter, terminator: dialect.terminator)
    var cells: [SampleCell] = []
    var recordStart = start
    var (line, lines) = (firstLine, 0)
    while scanner.position < end {
      let field = scanner.next()
      cells.append(SampleCell(field, base, reader))
      if cells.count > columnLimit, first == nil {
        // Refused by the caller: looking further would only take time.
        first = SampleRecord(cells: cells, start: recordStart, end: scanner.position, line: line, endLine: line)
        firstIsComplete = true
        return
      }
      if field.ending == .delimiter, scanner.position < end || !isWhole { continue }
      if field.ending == .delimiter { cells.append(.empty) }
      let isComplete = field.ending == .terminator || isWhole
      let endLine = firstLine + scanner.quotedBreaks + lines + 1
      add(
        SampleRecord(cells: cells, start: recordStart, end: scanner.position, line: line, endLine: endLine),
        isComplete, sampleEnd)
      lines += 1
      line = endLine
      cells.removeAll(keepingCapacity: true)
      recordStart = scanner.position
      if recordStart >= sampleEnd, first != nil, !needsSecond || second != nil { break }
    }
  }

  /// Whether the first row ends within the bytes.
  private(set) var firstIsComplete = false

  private mutating func add(_ record: SampleRecord, _ isComplete: Bool, _ sampleEnd: Int) {
    if record.cells.count == 1, record.cells[0].isEmpty { return }
    if first == nil {
      first = record
      firstIsComplete = isComplete
    } else if isComplete {
      if second == nil { second = record }
      if record.end <= sampleEnd { rest.append(record) }
    }
  }

  /// Takes a later row as the first: those before are no part of the table.
  mutating func begin(at place: Int) {
    guard place > 0, place <= rest.count else { return }
    first = rest[place - 1]
    rest.removeFirst(place)
    second = rest.first
  }

  /// Gives the first row other cells.
  mutating func replaceFirst(_ cells: [SampleCell]) { first?.cells = cells }

  /// Leaves out the row after the first; gives it.
  mutating func removeSecond() -> SampleRecord? {
    guard let removed = second else { return nil }
    if rest.first?.start == removed.start { rest.removeFirst() }
    return removed
  }

  var firstShapes: [CellShape] { first?.cells.map(\.shape) ?? [] }

  var rowSize: Double {
    guard let last = rest.last ?? first, let start = rest.first?.start ?? first?.start else { return 1 }
    return max(1, Double(last.end - start) / Double(max(1, rest.count)))
  }

  func summaries(includingFirst: Bool, missing: [String]) -> [ColumnSample] {
    guard let first else { return [] }
    var summaries = [ColumnSample](repeating: ColumnSample(), count: first.cells.count)
    for record in (includingFirst ? [first] : []) + rest where record.cells.count == summaries.count {
      for (place, cell) in record.cells.enumerated() { summaries[place].add(cell, missing: missing) }
    }
    return summaries
  }

  /// The cells of a column.
  func cells(_ place: Int, includingFirst: Bool) -> [SampleCell] {
    ((includingFirst ? first.map { [$0] } ?? [] : []) + rest).compactMap {
      place < $0.cells.count ? $0.cells[place] : nil
    }
  }
}
