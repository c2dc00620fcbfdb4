import Formats
import Notation
import Tables

/// What the cells of one column of a sheet are, counted.
struct ColumnTally: Sendable {
  private(set) var kinds: CellKinds = []
  private var counts: [CellKinds: Int] = [:]
  /// Error cells by what they show, numbers that are no day, and formulas that nobody has computed.
  private var errors: [String: Int] = [:]
  private var noDays = 0
  private(set) var uncomputed = 0
  private(set) var formulas = 0
  private(set) var zeroFormulas = 0
  /// The first text, and where it stands; the words for missing among the texts, and how many texts are none.
  private var firstText: (text: String, row: Int)?
  private var missingWords: [String] = []
  private var hasOtherTexts = false
  private var emptyTexts = 0
  private static let mostErrors = 20

  /// Whether any cell holds something.
  var isUsed: Bool { !kinds.isEmpty || !errors.isEmpty || noDays > 0 || uncomputed > 0 || emptyTexts > 0 }

  mutating func add(_ cell: SheetCell, row: Int, _ options: SheetOptions, _ strings: SharedStrings) {
    if cell.isFormula { formulas += 1 }
    guard let value = cell.value else {
      uncomputed += 1
      return
    }
    if cell.isFormula, value.isZero { zeroFormulas += 1 }
    switch value {
    case .error(let name) where errors.count < Self.mostErrors || errors[name] != nil: errors[name, default: 0] += 1
    case .noDay: noDays += 1
    default: break
    }
    guard let kind = value.kind, !options.isMissing(value, strings) else { return }
    if kind == .text, value.isEmptyText(strings) {
      emptyTexts += 1
      return
    }
    kinds.insert(kind)
    counts[kind, default: 0] += 1
    if kind == .text { note(value, row, strings) }
  }

  private mutating func note(_ value: SheetValue, _ row: Int, _ strings: SharedStrings) {
    if firstText != nil, hasOtherTexts { return }
    let text = String(decoding: (value.written(strings) ?? []).prefix(60), as: UTF8.self)
    firstText = firstText ?? (text, row)
    if !MissingWords.common.contains(text) {
      hasOtherTexts = true
    } else if !missingWords.contains(text) {
      missingWords.append(text)
    }
  }

  /// The type that holds all cells; text where they are of several kinds, and where there are none.
  var type: ColumnType {
    if kinds == .bool { return .bool }
    if kinds == .int { return .int }
    if kinds == .date { return .date }
    if kinds == .duration { return .float }
    if kinds.isEmpty { return .text }
    if kinds.isSubset(of: [.int, .float]) { return .float }
    return kinds.isSubset(of: [.date, .datetime]) ? .datetime : .text
  }

  /// What is to be said of the column.
  func notes(_ name: String, letters: String, _ options: SheetOptions) -> [String] {
    var notes: [String] = []
    if type == .text, kinds.rawValue.nonzeroBitCount > 1 { notes.append(mixed(name, letters, options)) }
    if kinds == .time { notes.append("column '\(name)' holds times of day, which are read as text") }
    if kinds == .duration { notes.append("column '\(name)' holds durations, which are read as seconds") }
    // Rows that are left out are told of elsewhere.
    let missing = errors.filter { options.rejectedError(.error($0.key)) == nil }
    if !missing.isEmpty {
      let count = missing.values.reduce(0, +)
      let names = NameList.of(missing.keys.sorted(), most: 4)
      notes.append("column '\(name)': \(count) error cell\(count == 1 ? " is" : "s are") missing (\(names))")
    }
    if noDays > 0 {
      notes.append(
        "column '\(name)': \(noDays) number\(noDays == 1 ? " is" : "s are") no day of the calendar, and missing")
    }
    return notes
  }

  private func mixed(_ name: String, _ letters: String, _ options: SheetOptions) -> String {
    let others = ColumnTally.type(kinds.subtracting(.text))
    if let firstText, let others, others != .text {
      let place = "'\(firstText.text)' in \(letters)\(firstText.row)"
      let count = counts[.text] ?? 0
      let more = count > 1 ? " and \(count - 1) more text\(count == 2 ? "" : "s")" : ""
      guard !hasOtherTexts else { return "column '\(name)' is text because of \(place)\(more)" }
      let words = options.missing.map { String(decoding: $0, as: UTF8.self) }.sorted() + missingWords
      let list = words.map { "\"\($0)\"" }.joined(separator: ", ")
      return
        "column '\(name)' is text because of \(place)\(more); `missing: [\(list)]` would read it as \(others.rawValue)"
    }
    let found = counts.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.value) \($0.key.word)" }
    return "column '\(name)' is text because its cells are of several kinds: \(found.joined(separator: ", "))"
  }

  private static func type(_ kinds: CellKinds) -> ColumnType? {
    var other = ColumnTally()
    other.kinds = kinds
    return kinds.isEmpty ? nil : other.type
  }
}

extension CellKinds {
  /// What the kind is called.
  fileprivate var word: String {
    switch self {
    case .bool: "bool"
    case .int: "int"
    case .float: "float"
    case .date: "date"
    case .datetime: "datetime"
    case .time: "time"
    case .duration: "duration"
    default: "text"
    }
  }
}

extension SheetValue {
  fileprivate var isZero: Bool {
    switch self {
    case .int(let value): value == 0
    case .float(let value): value == 0
    default: false
    }
  }

  func isEmptyText(_ strings: SharedStrings) -> Bool {
    switch self {
    case .shared(let place): strings[place].isEmpty
    case .text(let bytes): bytes.isEmpty
    default: false
    }
  }
}
