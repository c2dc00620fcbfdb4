/// What a column's values are about, told by the values alone, whatever the column is called.
public enum SemanticType: String, Sendable, Hashable, CaseIterable {
  case email, url, ip, uuid, country, currency, number, date, flag, id, category
  case freeText = "free text"
  case text

  /// How large a share of the different values has to be of a form.
  static let least = 0.9
}

/// A column's semantic type, and the share of its values that are of that form.
public struct Semantics: Sendable, Hashable {
  public let type: SemanticType
  /// Of the different texts that were looked at, or of the cells with a value.
  public let share: Double

  init(_ type: SemanticType, _ share: Double) {
    self.type = type
    self.share = share
  }

  /// nil without a value, and of vectors.
  init?(_ column: ColumnProfile) {
    guard column.valid > 0, let distinct = column.distinct else { return nil }
    let unique = Double(min(distinct.count, column.valid)) / Double(column.valid)
    switch column.type {
    case .bool: self.init(.flag, 1)
    case .date, .datetime: self.init(.date, 1)
    case .float: self.init(.number, 1)
    case .int: self.init(whole: column, distinct.count, unique)
    case .text: self.init(texts: column, distinct.count, unique)
    case .vector: return nil
    }
  }

  /// Whole numbers are names of rows where each stands once and they are as dense as numbers that were dealt out, or never fall.
  private init(whole column: ColumnProfile, _ distinct: Int, _ unique: Double) {
    if case .int(let low)? = column.minimum, case .int(let high)? = column.maximum, column.missing == 0,
      distinct == column.valid, column.valid >= 20, low >= 0
    {
      let span = Double(high) - Double(low) + 1
      if span <= 2 * Double(column.valid) || column.order?.falls == 0 && column.order?.rises == column.valid - 1 {
        self.init(.id, unique)
        return
      }
    }
    self.init(Self.areFew(distinct, column.valid) ? .category : .number, 1)
  }

  private init(texts column: ColumnProfile, _ distinct: Int, _ unique: Double) {
    let examples = column.examples.filter { !$0.isEmpty }
    for (type, matches) in TextForms.all {
      let share = Self.share(examples, matches)
      if share >= SemanticType.least, type != .country || examples.count > 2 {
        self.init(type, share)
        return
      }
    }
    let words = Self.share(examples) { $0.split(separator: " ").count > 3 }
    let codes = Self.share(examples, TextForms.isCode)
    if Self.areFew(distinct, column.valid) {
      self.init(.category, 1)
    } else if words >= 0.5 {
      self.init(.freeText, words)
    } else if unique >= 0.999, codes >= SemanticType.least {
      self.init(.id, codes)
    } else {
      self.init(.text, 1)
    }
  }

  private static func areFew(_ distinct: Int, _ valid: Int) -> Bool { distinct <= 50 && 5 * distinct <= valid }

  private static func share(_ texts: [String], _ matches: (String) -> Bool) -> Double {
    texts.isEmpty ? 0 : Double(texts.reduce(0) { $0 + (matches($1) ? 1 : 0) }) / Double(texts.count)
  }
}
