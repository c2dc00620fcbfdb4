import Kernels
import Notation
import Tables

@testable import Formats

/// A dialect of delimited text that is drawn from a seed, and a writer of it that shares nothing with ours.
struct WrittenDialect {
  enum Encoding: CaseIterable { case utf8, marked, utf16le, utf16be, latin1, windows1252 }

  let delimiter: Character
  /// nil for no quotes.
  let quote: Character?
  /// nil where quotes are doubled.
  let escape: Character?
  let lineEnd: String
  let encoding: Encoding
  let comment: String?
  /// Lines above the header and at the end.
  let above: Int
  let footer: Int
  let hasHeader: Bool
  let hasUnits: Bool
  let endsInDelimiter: Bool
  let decimal: Character
  let dates: DateOrder?
  let isCompressed: Bool

  init(_ random: inout CounterRandom) {
    func draw<Choice>(_ choices: [Choice]) -> Choice { choices[random.next(below: choices.count)] }
    delimiter = draw([",", ";", "\t", "|", "^", "~"])
    quote = draw(["\"", "\"", "'", nil])
    escape = draw([nil, nil, "\\"])
    lineEnd = draw(["\n", "\n", "\r\n", "\r"])
    encoding = draw(Encoding.allCases)
    comment = draw([nil, nil, "#", "--"])
    above = draw([0, 0, 1, 3])
    footer = draw([0, 0, 1, 2])
    hasHeader = draw([true, true, false])
    hasUnits = hasHeader && draw([true, false])
    endsInDelimiter = hasHeader && draw([true, false, false])
    decimal = delimiter == "," ? "." : draw([".", ","])
    dates = draw([nil, .dmy, .mdy])
    isCompressed = draw([true, false, false])
  }

  /// Whether any text can be written.
  var holdsEverything: Bool { quote != nil || escape != nil }

  /// The options that read it; every one that is needed is stated.
  func options(_ table: Table) -> DelimitedOptions {
    var options = DelimitedOptions()
    options.delimiter = delimiter
    options.quote = quote.flatMap(\.asciiValue).map { QuoteMark.mark($0) } ?? QuoteMark.none
    options.escape = escape
    options.comment = comment
    options.skip = above
    options.footer = footer
    options.header = hasHeader ? .present : .absent
    options.units = hasUnits
    options.convention = NumberConvention(decimal: decimal, group: nil)
    options.dates = dates
    options.lineEnd = lineEnd == "\r" ? .cr : .lf
    switch encoding {
    case .utf8, .marked, .utf16le, .utf16be: break
    case .latin1: options.encoding = .latin1
    case .windows1252: options.encoding = .windows1252
    }
    let names = hasHeader ? table.names : table.names.indices.map { "column_\($0 + 1)" }
    options.types = Dictionary(uniqueKeysWithValues: zip(names, table.columns.map(\.type)))
    return options
  }

  func bytes(_ table: Table) -> [UInt8] {
    var text = (0..<above).map { "remark \"\($0)', \(delimiter) of the \\ table" + lineEnd }.joined()
    if hasHeader { text += row(table.names.map { field($0, isQuoted: false) }) }
    if hasUnits { text += row(table.names.map { _ in "kg" }) }
    for place in 0..<table.rowCount {
      if let comment, place % 3 == 1 { text += comment + " 'no\" row" + lineEnd }
      text += row(table.columns.enumerated().map { cell($0.element[place], at: $0.offset) })
    }
    for _ in 0..<footer { text += "Total\(delimiter)'\"" + lineEnd }
    let bytes = encoded(text)
    return isCompressed ? GzipWriter.compress(bytes) : bytes
  }

  private func row(_ fields: [String]) -> String {
    fields.joined(separator: String(delimiter)) + (endsInDelimiter ? String(delimiter) : "") + lineEnd
  }

  private func cell(_ cell: Cell, at place: Int) -> String {
    switch cell {
    case .missing: return ""
    case .text(let text):
      // The beginning of a line may read as a comment, and that of a file as a byte order mark.
      let isMark = text.unicodeScalars.first == "\u{FEFF}" || comment.map(text.hasPrefix) ?? false
      return field(text, isQuoted: text.isEmpty || (place == 0 && isMark))
    case .float(let value): return value.description.replacing(".", with: String(decimal))
    case .date(let days): return date(CivilDate(days: days))
    default: return field(cell.description, isQuoted: false)
    }
  }

  private func date(_ date: CivilDate) -> String {
    let year = String(repeating: "0", count: 4 - "\(date.year)".count) + "\(date.year)"
    switch dates {
    case .dmy: return "\(date.day)/\(date.month)/\(year)"
    case .mdy: return "\(date.month)-\(date.day)-\(year)"
    case .ymd, nil: return date.description
    }
  }

  private func field(_ text: String, isQuoted: Bool) -> String {
    let marks: [Character] = [delimiter, "\n", "\r", "\r\n"] + [quote, escape].compactMap { $0 }
    let needs = isQuoted || text.contains(where: marks.contains)
    guard needs else { return text }
    guard let quote else {
      return (isQuoted ? "\\" : "")
        + text.unicodeScalars.map { scalar in
          marks.contains(Character(scalar)) ? "\\\(scalar)" : "\(scalar)"
        }.joined()
    }
    let inner = text.unicodeScalars.map { scalar -> String in
      let character = Character(scalar)
      if let escape, character == quote || character == escape { return "\(escape)\(scalar)" }
      return character == quote ? "\(quote)\(quote)" : "\(scalar)"
    }
    return "\(quote)\(inner.joined())\(quote)"
  }

  private func encoded(_ text: String) -> [UInt8] {
    switch encoding {
    case .utf8: return Array(text.utf8)
    case .marked: return Array("\u{FEFF}\(text)".utf8)
    case .utf16le: return EncodingTests.utf16(text)
    case .utf16be: return EncodingTests.utf16(text, isBigEndian: true)
    case .latin1: return text.unicodeScalars.map { UInt8($0.value) }
    case .windows1252:
      return text.unicodeScalars.map { scalar in
        SingleByteRecoder.windows.firstIndex(of: scalar.value).map { UInt8(0x80 + $0) } ?? UInt8(scalar.value)
      }
    }
  }

  /// What texts may be made of, so that the encoding has them.
  var pieces: [String] {
    var pieces = ["a", "NA", "'", "#", "--", " ", "007", "true", "x y", "N"]
    if holdsEverything {
      pieces += [",", ";", "\t", "|", "^", "~", "\"", "\n", "\r\n", "\r", "\\", "\\N", "\"\"", "''", "\u{FEFF}x"]
    }
    switch encoding {
    case .utf8, .marked, .utf16le, .utf16be: pieces += ["é", "日本", "🙂", "e\u{301}"]
    case .latin1: pieces = pieces.filter { $0.unicodeScalars.allSatisfy { $0.value < 256 } } + ["é", "ß", "\u{85}"]
    case .windows1252: pieces = pieces.filter { $0.unicodeScalars.allSatisfy { $0.value < 128 } } + ["é", "€", "“"]
    }
    // Nothing takes their meaning away where there are neither quotes nor escapes.
    return holdsEverything ? pieces : pieces.filter { $0 != "#" && $0 != "--" }
  }

  /// A table of all types that the dialect can hold.
  func table(_ random: inout CounterRandom, rows: Int) -> Table {
    var source = random
    func cells<Value>(_ make: (inout CounterRandom) -> Value) -> [Value?] {
      (0..<rows).map { _ in source.next(below: 5) == 0 ? nil : make(&source) }
    }
    let (pieces, isQuoted) = (pieces, quote != nil)
    let texts = cells { random -> String in
      let least = isQuoted ? 0 : 1
      return (0..<least + random.next(below: 4)).map { _ in pieces[random.next(below: pieces.count)] }.joined()
    }
    let floats = cells { random -> Double in
      let value = Double(bitPattern: random.next())
      return value.isFinite ? value : 0.1
    }
    let table = Table([
      ("text", .text(TextCells(texts))),
      ("int", .int(Cells(cells { Int64(bitPattern: $0.next()) }, filler: 0))),
      ("float", .float(Cells(floats, filler: 0))),
      ("bool", .bool(Cells(cells { $0.next(below: 2) == 0 }, filler: false))),
      ("date", .date(Cells(cells { Int32($0.next(below: 3_652_058)) - 719_528 }, filler: 0))),
      ("moment", .datetime(Cells(cells { Int64($0.next(below: 4_000_000_000_000_000)) }, filler: 0))),
    ])
    random = source
    return table
  }
}
