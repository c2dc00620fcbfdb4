import Kernels
import Plan
import Tables

/// What a column seems to hold, and how that is known.
public struct Finding: Sendable, Equatable {
  public let column: String
  public let kind: SensitiveKind
  /// Of the values that were looked at the share that has the kind's form.
  public let share: Double
  /// Whether such values stand inside longer texts.
  public let isInside: Bool
  /// Whether the column's name says so.
  public let isNamed: Bool
  /// From 0 to 1: name and values together.
  public let confidence: Double
}

/// Finds columns about persons by the forms of their values, check digits among them, and by their names.
public enum Detector {
  /// As many values are looked at of a column.
  private static let most = 10_000
  /// What is found with less confidence is not told.
  public static let leastConfidence = 0.5
  /// Of a column as many values have to have the form, or as many texts to hold one.
  private static let leastShare = 0.5
  private static let leastInside = 0.02

  /// What a column seems to hold; nil where nothing speaks for it. O(values looked at).
  public static func finding(_ name: String, _ column: Column, _ progress: Progress) throws(EngineError) -> Finding? {
    try EngineError.checking { () throws(Cancelled) in try progress.checkpoint() }
    let values = values(of: column)
    let words = NameWords(name)
    var best: Finding?
    for kind in SensitiveKind.allCases where kind.mayBe(column.type) {
      let found = finding(kind, name, isNamed: words.hold(kind), values)
      if let found, found.confidence > best?.confidence ?? 0 { best = found }
    }
    if let best { return best }
    return column.type == .text ? inside(name, values) : nil
  }

  private static func values(of column: Column) -> [[UInt8]] {
    if case .vector = column { return [] }
    var values: [[UInt8]] = []
    for row in 0..<column.count where column.isValid(row) {
      values.append(trimmed(Array(column[row].description.utf8)))
      if values.count == most { break }
    }
    return values
  }

  private static func trimmed(_ value: [UInt8]) -> [UInt8] {
    let isBlank = { (byte: UInt8) in byte <= 0x20 }
    guard let first = value.firstIndex(where: { !isBlank($0) }), let last = value.lastIndex(where: { !isBlank($0) })
    else {
      return []
    }
    return Array(value[first...last])
  }

  private static func finding(
    _ kind: SensitiveKind, _ name: String, isNamed: Bool, _ values: [[UInt8]]
  ) -> Finding? {
    let fitting = kind.certainty == 0 ? 0 : values.count { ValueForms.fits($0, kind, isNamed: isNamed) }
    let share = values.isEmpty ? 0 : Double(fitting) / Double(values.count)
    let byValues = share >= leastShare ? kind.certainty * share : 0
    // Values that look like something else speak against the name; wrong check digits alone do not.
    let isContradicted =
      isNamed && kind.hasLook && !values.isEmpty && share < leastShare
      && Double(values.count { ValueForms.looks($0, kind) }) < leastShare * Double(values.count)
    let byName = isNamed && !isContradicted ? kind.nameCertainty : 0
    let confidence = 1 - (1 - byValues) * (1 - byName)
    guard confidence >= leastConfidence else { return nil }
    return Finding(
      column: name, kind: kind, share: share, isInside: false, isNamed: isNamed, confidence: confidence)
  }

  // MARK: Inside texts

  /// Addresses, numbers of phones, cards and accounts that stand between other words.
  private static func inside(_ name: String, _ values: [[UInt8]]) -> Finding? {
    guard !values.isEmpty else { return nil }
    let kinds: [SensitiveKind] = [.email, .phone, .card, .iban, .nationalID]
    var counts = [Int](repeating: 0, count: kinds.count)
    for value in values {
      let words = value.split { $0 <= 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ";") }
      guard words.count > 1 else { continue }
      for (place, kind) in kinds.enumerated()
      where words.contains(where: { ValueForms.fits(unpunctuated($0), kind, isNamed: false) }) {
        counts[place] += 1
      }
    }
    guard let place = counts.indices.max(by: { counts[$0] < counts[$1] }) else { return nil }
    let share = Double(counts[place]) / Double(values.count)
    guard share >= leastInside, counts[place] > 1 else { return nil }
    return Finding(
      column: name, kind: kinds[place], share: share, isInside: true, isNamed: false,
      confidence: kinds[place].certainty)
  }

  private static func unpunctuated(_ word: ArraySlice<UInt8>) -> [UInt8] {
    let marks = Set(".:!?\"'<>[]".utf8)
    guard let first = word.firstIndex(where: { !marks.contains($0) }),
      let last = word.lastIndex(where: { !marks.contains($0) })
    else { return [] }
    return Array(word[first...last])
  }
}

/// The words that a column's name is made of: `customerEmail_2` is customer, email, 2.
private struct NameWords {
  private let padded: String

  init(_ name: String) {
    var words: [String] = [""]
    var wasLower = false
    for scalar in name.unicodeScalars {
      let isWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
      let isUpper = scalar.properties.isUppercase
      if !isWord || isUpper && wasLower { words.append("") }
      if isWord { words[words.count - 1] += scalar.properties.lowercaseMapping }
      wasLower = isWord && !isUpper
    }
    padded = " " + words.filter { !$0.isEmpty }.joined(separator: " ") + " "
  }

  /// Whether a word of the kind stands among them.
  func hold(_ kind: SensitiveKind) -> Bool { kind.words.contains { padded.contains(" \($0) ") } }
}
