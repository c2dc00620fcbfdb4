import Notation
import Tables

/// A cell of the sample, taken out of the text.
struct SampleCell {
  let bytes: [UInt8]
  let isQuoted: Bool
  let shape: CellShape
  let isValid: Bool

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

/// What the sample's cells of one column are like.
struct ColumnSample {
  var shapes: CellShape = []
  /// The shapes without the words that other tools write for a missing value.
  private var shapesOfRest: CellShape = []
  /// Such words, in the order in which they came.
  private var missingFound: [String] = []
  /// A whole number that a double does not hold, and a cell such as `12e45`.
  private var lossyExample: String?
  private var codeExample: String?
  private var count = 0
  /// Of each cell; two words that share one would only make the column look a little less varied.
  private var hashes: [UInt64] = []
  private var distinct: Set<UInt64> = []
  /// The texts so far, while they are few.
  private var words: [String] = []
  private static let fewWords = 200

  var isVaried: Bool { count >= 64 && Set(hashes).count * 10 > count * 9 }

  /// The texts of the column, where the sample most likely holds all of them: it is the whole file, or each came many times.
  func texts(isWhole: Bool) -> [String] {
    guard distinct.count <= Self.fewWords, isWhole || count >= 8 * distinct.count else { return [] }
    return words
  }

  mutating func add(_ cell: SampleCell, missing: [String]) {
    if cell.bytes.isEmpty { return }
    if !cell.isQuoted, missing.contains(where: { !$0.isEmpty && cell.trimmed == $0 }) { return }
    count += 1
    let hash = cell.hash
    hashes.append(hash)
    if distinct.count <= Self.fewWords, distinct.insert(hash).inserted, words.count < Self.fewWords {
      words.append(cell.text)
    }
    shapes.formUnion(cell.shape)
    if cell.shape.contains(.lossy), lossyExample == nil { lossyExample = cell.trimmed }
    if cell.shape.contains(.code), codeExample == nil { codeExample = cell.trimmed }
    if cell.shape == .text, !cell.isQuoted, MissingWords.common.contains(cell.trimmed) {
      if !missingFound.contains(cell.trimmed) { missingFound.append(cell.trimmed) }
    } else {
      shapesOfRest.formUnion(cell.shape)
    }
  }

  /// What the column would be without words such as `NA`; nil where they change nothing.
  private var typeOfRest: ColumnType? {
    guard !missingFound.isEmpty, shapes.type == .text, let type = shapesOfRest.type, type != .text else { return nil }
    return type
  }

  /// Says which columns are text only because of words such as `NA`, and which words would have to be missing: all of them at once, so
  /// that one change of `missing` is enough.
  static func notes(_ columns: some Sequence<(Survey.SurveyedColumn, ColumnSample)>, _ missing: [String]) -> [String] {
    let found = columns.filter { !$0.0.isStated && $0.0.type == .text && $0.1.typeOfRest != nil }
    var words = missing
    for word in found.flatMap(\.1.missingFound) where !words.contains(word) { words.append(word) }
    let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
    return found.map { column, sample in
      let guilty = sample.missingFound.map { "'\($0)'" }.joined(separator: ", ")
      let type = sample.typeOfRest?.rawValue ?? ""
      return "column '\(column.name)' is text because of \(guilty); `missing: [\(list)]` would read it as \(type)"
    } + columns.compactMap { column, sample in sample.noteOnDigits(column) }
  }

  /// Says why a column of numbers is text.
  private func noteOnDigits(_ column: Survey.SurveyedColumn) -> String? {
    guard !column.isStated, column.type == .text, !shapes.contains(.text) else { return nil }
    let asFloat = ScriptText.code("types: {\(ScriptText.key(column.name)): float}") + " reads it as float all the same"
    if shapes.contains([.lossy, .float]), let lossyExample {
      return
        "column '\(column.name)' is text because \(lossyExample) would lose digits beside its fractions; \(asFloat)"
    }
    if shapes.contains(.code), !shapes.contains(.float), let codeExample {
      return "column '\(column.name)' is text because '\(codeExample)' may be a code; \(asFloat)"
    }
    return nil
  }
}

/// The complete rows of a sample.
struct SampleRecords {
  private(set) var first: SampleRecord?
  private var rest: [SampleRecord] = []

  /// Rows that end within `sampleEnd`, and the first row wherever it ends.
  init(
    _ buffer: UnsafeBufferPointer<UInt8>, from start: Int, to end: Int, sampleEnd: Int, isWhole: Bool, dialect: Dialect,
    columnLimit: Int, _ reader: NumberReader
  ) {
    guard let base = buffer.baseAddress else { return }
    var scanner = FieldScanner(
      base, from: start, to: end, delimiter: dialect.delimiter, terminator: dialect.terminator)
    var cells: [SampleCell] = []
    var recordStart = start
    var line = 1
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
      if field.ending == .delimiter {
        cells.append(SampleCell(ScannedField(start: end, end: end, ending: .end), base, reader))
      }
      let isComplete = field.ending == .terminator || isWhole
      let endLine = 1 + scanner.quotedBreaks + lines + 1
      add(
        SampleRecord(cells: cells, start: recordStart, end: scanner.position, line: line, endLine: endLine),
        isComplete, sampleEnd)
      lines += 1
      line = endLine
      cells.removeAll(keepingCapacity: true)
      recordStart = scanner.position
      if recordStart >= sampleEnd, first != nil { break }
    }
  }

  private var lines = 0
  /// Whether the first row ends within the bytes.
  private(set) var firstIsComplete = false

  private mutating func add(_ record: SampleRecord, _ isComplete: Bool, _ sampleEnd: Int) {
    let isBlank = record.cells.count == 1 && record.cells[0].bytes.isEmpty && !record.cells[0].isQuoted
    if first == nil {
      if !isBlank {
        first = record
        firstIsComplete = isComplete
      }
    } else if isComplete, record.end <= sampleEnd, !isBlank {
      rest.append(record)
    }
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
}
