import Kernels
import Notation
import Tables

/// A column of random cells as they are written to a file.
struct RandomColumn {
  let name: String
  let type: ColumnType
  /// What training rows draw from; scored rows also draw from `unseen`.
  let seen: [String]
  let unseen: [String]
  /// The share of cells that are missing.
  let missing: Double

  init(_ name: String, _ random: inout CounterRandom) {
    self.name = name
    let types: [ColumnType] = [.bool, .int, .int, .float, .float, .text, .text, .date, .datetime]
    let type = types[random.next(below: types.count)]
    self.type = type
    missing = [0, 0, 0.1, 0.4][random.next(below: 4)]
    let count = 2 + random.next(below: type == .text ? 5 : 12)
    seen = (0..<count).map { _ in Self.cell(type, &random) }
    unseen = (0..<3).map { _ in Self.cell(type, &random) }
  }

  /// Texts that are easily taken for one another or for something else.
  static let texts = [
    "a", "b", "north", "é", "e\u{301}", "Å", "A\u{30A}", "\u{212B}", "", " ", " a", "a ", "007", "7", "7.0", "true",
    "NA",
    "missing", "x,y", "say \"hi\"", "two\nlines", "🇳🇴", "ß", "ss",
  ]

  private static func cell(_ type: ColumnType, _ random: inout CounterRandom) -> String {
    switch type {
    case .bool: return random.next(below: 2) == 0 ? "true" : "false"
    case .int:
      switch random.next(below: 6) {
      case 0: return "\(9_007_199_254_740_993 + Int64(random.next(below: 7)))"
      case 1: return "\(-9_223_372_036_854_775_807 + Int64(random.next(below: 3)))"
      case 2: return "0"
      default: return "\(random.next(below: 2000) - 1000)"
      }
    case .float:
      switch random.next(below: 8) {
      case 0: return "-0.0"
      case 1: return "\(Double(random.next(below: 10)) * Double.leastNonzeroMagnitude)"
      case 2: return "\(random.nextNormal() * 1e12)"
      case 3: return "\(Double(random.next(below: 9)) / 10)"
      default: return "\(random.nextNormal())"
      }
    case .date: return CivilDate(days: Int32(random.next(below: 40_000) - 10_000)).description
    case .datetime:
      let span = 40_000 * 86_400_000_000
      return CivilDateTime(microseconds: Int64(random.next(below: span))).description
    case .text, .vector: return texts[random.next(below: texts.count)]
    }
  }

  /// A cell as it stands in a file, a missing one by one of `words`.
  func written(_ random: inout CounterRandom, withUnseen: Bool, missing words: [String]) -> String {
    if random.nextUniform() < missing { return words[random.next(below: words.count)] }
    let pool = withUnseen ? seen + unseen : seen
    let cell = pool[random.next(below: pool.count)]
    return type == .text ? Self.quoted(cell) : cell
  }

  static func quoted(_ text: String) -> String { "\"" + text.replacing("\"", with: "\"\"") + "\"" }
}

/// Columns with a label, and files of random rows of them.
struct RandomTable {
  let columns: [RandomColumn]
  /// The classes of the label as written; none for a number.
  let classes: [String]
  let missingWords: [String]

  static let names = ["a", "b2", "größe", "two words", "if", "_x", "Prediction"]

  init(_ random: inout CounterRandom) {
    let count = 2 + random.next(below: 4)
    columns = Self.names.prefix(count).map { RandomColumn($0, &random) }
    classes = [["yes", "no"], ["low", "mid", "high"], ["true", "false"], []][random.next(below: 4)]
    missingWords = random.next(below: 2) == 0 ? [""] : ["", "NA"]
  }

  var labelType: ColumnType { classes == ["true", "false"] ? .bool : classes.isEmpty ? .float : .text }

  /// The options that `load` reads these files with.
  func options(_ name: (String) -> String) -> String {
    let types = columns.map { "\(name($0.name)): \($0.type.rawValue)" } + ["y: \(labelType.rawValue)"]
    let words = missingWords.map { "\"\($0)\"" }.joined(separator: ", ")
    return "types: {\(types.joined(separator: ", "))}, missing: [\(words)]"
  }

  /// The cells of random rows, the label last.
  func rows(_ count: Int, withUnseen: Bool, _ random: inout CounterRandom) -> [[String]] {
    (0..<count).map { _ in
      columns.map { $0.written(&random, withUnseen: withUnseen, missing: missingWords) } + [label(&random)]
    }
  }

  private func label(_ random: inout CounterRandom) -> String {
    classes.isEmpty ? "\(random.nextNormal())" : classes[random.next(below: classes.count)]
  }

  /// A file of these rows, its columns in the order of `order`, places among the columns and the label.
  func file(_ rows: [[String]], order: [Int]? = nil) -> String {
    let order = order ?? Array(0...columns.count)
    let header = columns.map { RandomColumn.quoted($0.name) } + ["y"]
    return ([header] + rows).map { row in order.map { row[$0] }.joined(separator: ",") + "\n" }.joined()
  }
}
