import Formats
import Notation

/// What a column of a SQLite table is declared as: any words may stand there.
package enum SQLiteDeclared: Sendable, Hashable {
  case int, float, text, bool, date, datetime, bytes
  /// A decimal number; of a scale above 0 it is no whole one.
  case number(scale: Int)
  /// Nothing, or words that say nothing about the values.
  case nothing

  /// By the words of the declaration, as SQLite's rules for the affinity of a column read them where they are plain.
  package init(_ words: String?) {
    let all = (words ?? "").uppercased()
    let type = all.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
    let has = { (parts: [String]) in parts.contains { type.contains($0) } }
    if has(["BOOL"]) {
      self = .bool
    } else if has(["DATETIME", "TIMESTAMP"]) {
      self = .datetime
    } else if type == "DATE" {
      self = .date
    } else if has(["REAL", "FLOA", "DOUB"]) {
      // SQLite takes FLOATING POINT, in which INT stands, for a whole number.
      self = .float
    } else if has(["INT"]) {
      self = .int
    } else if has(["CHAR", "CLOB", "TEXT"]) {
      self = .text
    } else if has(["BLOB", "BINARY", "BYTEA"]) {
      self = .bytes
    } else if has(["DEC", "NUMERIC", "NUMBER", "MONEY"]) {
      self = .number(scale: Self.scale(all))
    } else {
      self = .nothing
    }
  }

  /// The second number in brackets; 0 where there is none.
  private static func scale(_ words: String) -> Int {
    let arguments = words.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",")
    guard arguments.count == 2 else { return 0 }
    return Int(arguments[1].filter { $0 != " " }) ?? 0
  }
}

/// What the first values of a column are.
struct SQLiteSample: Sendable {
  private(set) var ints = 0
  private(set) var floats = 0
  private(set) var texts = 0
  private(set) var bytes = 0
  private var areBits = true
  private var areBoolTexts = true
  private var areDates = true
  private var areMoments = true

  /// More of a text is not looked at: no date is longer.
  static let longest = 64

  mutating func add(_ value: Int64) {
    ints += 1
    areBits = areBits && (value == 0 || value == 1)
  }

  mutating func addFloat() { floats += 1 }
  mutating func addBytes() { bytes += 1 }

  mutating func add(text: UnsafeBufferPointer<UInt8>) {
    texts += 1
    guard let start = text.baseAddress, text.count <= Self.longest else {
      (areBoolTexts, areDates, areMoments) = (false, false, false)
      return
    }
    if areDates { areDates = DateText.days(start, 0, text.count) != nil }
    if areMoments { areMoments = DateText.microseconds(start, 0, text.count) != nil }
    if areBoolTexts {
      let word = String(decoding: text, as: UTF8.self).lowercased()
      areBoolTexts = word == "true" || word == "false"
    }
  }

  /// What a column that is declared so is read as; nil where it holds bytes.
  func type(_ declared: SQLiteDeclared) -> LooseType? {
    if bytes > 0, ints + floats + texts == 0 { return nil }
    switch declared {
    case .int: return .of(.int)
    case .float: return .of(.float)
    case .text: return .of(.text)
    case .number(let scale): return scale > 0 ? .of(.float) : number
    case .bool where floats + bytes == 0 && areBits && areBoolTexts: return .of(.bool)
    case .date where ints + floats + bytes == 0 && areDates: return .of(.date)
    case .datetime where ints + floats + bytes == 0 && areMoments: return .of(.datetime)
    case .bytes where ints + floats + texts == 0: return nil
    case .bool, .date, .datetime, .bytes, .nothing: return found
    }
  }

  /// By the values alone.
  private var found: LooseType { texts == 0 && ints + floats > 0 ? number : .of(.text) }

  private var number: LooseType { floats > 0 ? .of(.float) : .number }

  /// Whether values of several kinds are read as text for want of a declaration.
  func isMixed(_ declared: SQLiteDeclared) -> Bool {
    guard texts > 0, ints + floats > 0 else { return false }
    switch declared {
    case .int, .float, .text, .number: return false
    case .bool, .date, .datetime, .bytes, .nothing: return type(declared) == .of(.text)
    }
  }
}
