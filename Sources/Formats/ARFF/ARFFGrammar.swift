import Notation
import Tables

/// How the rows of an ARFF file are read: values between commas or tabs, or in braces only those that are not zero.
struct ARFFGrammar: LineGrammar {
  /// An attribute and what is done with its values.
  private struct Reader: Sendable {
    let name: String
    let column: Int?
    /// The places of nominal values.
    let words: Tables.WordTable?
    let dates: ARFFDateFormat?
  }

  private(set) var columns: [LineColumn] = []
  let comment = UInt8(ascii: "%")
  private(set) var notes: [String] = []
  private var readers: [Reader] = []
  /// The column of the rows' weights, where the sample has some.
  private var weights: Int?
  private static let weightName = "weight"

  /// `stated` are types that go before those of the header.
  init(_ header: ARFFHeader, hasWeights: Bool, stated: [String: ColumnType]) {
    var names = ColumnNames(header.attributes.map(\.name) + (hasWeights ? [Self.weightName] : []))
    var unread: [String] = []
    for attribute in header.attributes {
      let name = names.take(attribute.name)
      if attribute.kind == .relational {
        unread.append("'\(attribute.name)' (a table within the table)")
        readers.append(Reader(name: name, column: nil, words: nil, dates: nil))
      } else {
        add(name, attribute.kind, stated[name])
      }
    }
    notes = names.notes + notes
    if !unread.isEmpty { notes.append("columns that are not read: " + unread.joined(separator: ", ")) }
    if hasWeights {
      weights = columns.count
      columns.append(LineColumn(name: names.take(Self.weightName), kind: .float))
    }
  }

  private mutating func add(_ name: String, _ kind: ARFFAttribute.Kind, _ stated: ColumnType?) {
    var (found, words, dates): (LineColumn.Kind, Tables.WordTable?, ARFFDateFormat?) = (.text, nil, nil)
    switch kind {
    case _ where stated == .text: break
    case .numeric: found = stated == .int ? .int : .float
    case .integer: found = stated == .float ? .float : .int
    case .nominal(let values):
      let distinct = Self.distinct(values)
      (found, words) = (.nominal(distinct), Tables.WordTable(distinct))
    case .date(let pattern):
      dates = pattern.map { ARFFDateFormat($0) } ?? ARFFDateFormat.usual
      if let dates {
        found = dates.hasTime ? .datetime : .date
      } else {
        notes.append("column '\(name)': dates written as '\(pattern ?? "")' are text")
      }
    case .string, .relational: break
    }
    readers.append(Reader(name: name, column: columns.count, words: words, dates: dates))
    columns.append(LineColumn(name: name, kind: found))
  }

  private static func distinct(_ values: [String]) -> [String] {
    var known: Set<TextBytes> = []
    return values.filter { known.insert(TextBytes($0)).inserted }
  }

  // MARK: Rows

  func read(_ line: UnsafeBufferPointer<UInt8>, into row: LineRow) -> LineFault? {
    var scanner = ARFFScanner(line)
    if let weights { row[weights]?.set(1.0) }
    return values(&scanner, row) ?? (scanner.isAtEnd ? nil : weight(&scanner, row))
  }

  /// Whether a line is a row with a weight.
  func hasWeight(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    var scanner = ARFFScanner(LineBlock.trimmed(line))
    if scanner.byte == comment { return false }
    return values(&scanner, LineRow([LineCells?](repeating: nil, count: columns.count))) == nil
      && !scanner.isAtEnd
  }

  private func values(_ scanner: inout ARFFScanner, _ row: LineRow) -> LineFault? {
    scanner.take("{") ? sparse(&scanner, row) : dense(&scanner, row)
  }

  private static func endsValue(_ byte: UInt8) -> Bool { byte == UInt8(ascii: ",") || byte == 0x09 }

  private func dense(_ scanner: inout ARFFScanner, _ row: LineRow) -> LineFault? {
    var count = 0
    while true {
      guard let token = scanner.token(until: Self.endsValue) else { return .line("has a quote that is never closed") }
      if count < readers.count, let fault = put(token, readers[count], row) { return fault }
      count += 1
      // A tab stands between values as a comma does.
      let hasTab = scanner.skipBlanks()
      let isSeparated = scanner.take(",") || (hasTab && !scanner.isAtEnd)
      if isSeparated, count == readers.count, isWeight(scanner) { return nil }
      if !isSeparated {
        if !scanner.isAtEnd { return .line("has text behind a value in quotes") }
        break
      }
    }
    return count == readers.count ? nil : .line("has \(count) value\(count == 1 ? "" : "s"), not \(readers.count)")
  }

  private func isWeight(_ scanner: ARFFScanner) -> Bool {
    var scanner = scanner
    scanner.skipBlanks()
    return scanner.byte == UInt8(ascii: "{")
  }

  private func sparse(_ scanner: inout ARFFScanner, _ row: LineRow) -> LineFault? {
    for reader in readers { if let column = reader.column { row[column]?.setZero() } }
    var last = -1
    scanner.skipBlanks()
    while !scanner.take("}") {
      scanner.skipBlanks()
      guard let place = Self.index(&scanner), readers.indices.contains(place) else {
        return .line("names no attribute by its place, which is from 0 to \(readers.count - 1)")
      }
      if place <= last { return .line("has attribute \(place) behind attribute \(last)") }
      last = place
      guard let token = scanner.token(until: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }) else {
        return .line("has a quote that is never closed")
      }
      if let fault = put(token, readers[place], row) { return fault }
      scanner.skipBlanks()
      if scanner.take(",") || scanner.byte == UInt8(ascii: "}") { continue }
      return .line("has a brace that is never closed")
    }
    scanner.skipBlanks()
    return scanner.isAtEnd || scanner.take(",") ? nil : .line("has text behind its last brace")
  }

  private static func index(_ scanner: inout ARFFScanner) -> Int? {
    guard
      let word = scanner.token(until: { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }
      )
    else { return nil }
    return Int(String(decoding: word.bytes, as: UTF8.self))
  }

  /// `{0.5}` behind the values.
  private func weight(_ scanner: inout ARFFScanner, _ row: LineRow) -> LineFault? {
    scanner.skipBlanks()
    guard scanner.take("{"), let token = scanner.token(until: { $0 == UInt8(ascii: "}") }), scanner.take("}"),
      scanner.isAtEnd
    else { return .line("has more than its values and a weight") }
    guard let weights else { return .line("has a weight, and no row of the first 64 KiB has one") }
    return number(token, weights, row[weights])
  }

  // MARK: Values

  private func put(_ token: ARFFToken, _ reader: Reader, _ row: LineRow) -> LineFault? {
    guard let column = reader.column else { return nil }
    if token.isMissing {
      row[column]?.setMissing()
      return nil
    }
    switch columns[column].kind {
    case .float, .int: return number(token, column, row[column])
    case .text: return text(token, reader.name, row[column])
    case .nominal:
      guard let place = Self.place(token, reader.words) else {
        return .line("has '\(token.text ?? "bytes that are no text")', which '\(reader.name)' does not declare")
      }
      row[column]?.set(Int64(place))
    case .date, .datetime:
      let isDay = columns[column].type == .date
      guard let value = isDay ? reader.dates?.days(token.content) : reader.dates?.microseconds(token.content) else {
        return .cell(column: column, text: Self.shown(token))
      }
      row[column]?.set(value)
    }
    return nil
  }

  private static func place(_ token: ARFFToken, _ words: Tables.WordTable?) -> Int? {
    token.withContent { words?.place(of: $0) }
  }

  private func text(_ token: ARFFToken, _ name: String, _ cell: LineCell?) -> LineFault? {
    let isText = token.withContent { content -> Bool in
      if let base = content.baseAddress, !UTF8Text.isWellFormed(base, 0, content.count) { return false }
      cell?.set(content)
      return true
    }
    return isText ? nil : .line("has bytes for '\(name)' that are not UTF-8")
  }

  private static func shown(_ token: ARFFToken) -> String { String(decoding: token.bytes.prefix(200), as: UTF8.self) }

  private func number(_ token: ARFFToken, _ column: Int, _ cell: LineCell?) -> LineFault? {
    var fault: LineFault { .cell(column: column, text: Self.shown(token)) }
    guard let base = token.bytes.baseAddress else { return fault }
    let number = NumberReader.shared.read(base, 0, token.bytes.count, lenient: true)
    if case .int = columns[column].kind {
      guard let whole = number.whole else { return fault }
      cell?.set(whole)
      return nil
    }
    if number.kind == .none {
      guard token.bytes.count == 3, token.bytes.map({ $0 | 0x20 }).elementsEqual("nan".utf8) else { return fault }
      cell?.setMissing()
      return nil
    }
    // Digits that a float has not would be lost; `types` says what the column is.
    if WholeNumber.losesDigits(number, base, 0, token.bytes.count) { return fault }
    cell?.set(number.double)
    return nil
  }
}
