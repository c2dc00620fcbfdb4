import Notation
import Tables

/// Says which options would read a column of texts such as `1.234,5` as numbers.
enum NumberMarksHint {
  private static let groups: [Character?] = [nil, ",", ".", " ", "'", "_"]

  /// Whether a text is of digits and the marks of numbers.
  static func mayBeNumber(_ bytes: [UInt8]) -> Bool {
    // Beyond ASCII there are blanks, apostrophes and the minus sign.
    bytes.contains { $0 &- 0x30 <= 9 } && bytes.allSatisfy { $0 &- 0x30 <= 9 || $0 >= 0x80 || marks.contains($0) }
  }

  private static let marks = Set(" \t,.'_+-".utf8)

  /// What is said of a column whose cells these are; nil where no convention reads all of them, or none that differs from the usual.
  static func note(_ name: String, _ cells: [SampleCell], delimiter: UInt8) -> String? {
    let texts = cells.filter { !$0.bytes.isEmpty }
    guard let example = texts.first(where: { $0.shape == .text }) else { return nil }
    let fitting = ([".", ","] as [Character]).compactMap { decimal -> (Character, Character?)? in
      groups.first { group in
        // The usual convention does not read them, or reads them by a minus sign that it does not know.
        if decimal == ".", group == nil { return false }
        return NumberConvention(decimal: decimal, group: group).map { fits($0, texts) } ?? false
      }.map { (decimal, $0) }
    }
    guard let first = fitting.first else { return nil }
    let isOfWholes = fitting.count == 2 && first.1 == fitting[1].1
    let options = (isOfWholes ? [first] : fitting).map { option($0.0, $0.1, delimiter) }.joined(separator: " or ")
    return "column '\(name)' is text because of '\(example.trimmed)'; \(options) would read it as numbers"
  }

  private static func option(_ decimal: Character, _ group: Character?, _ delimiter: UInt8) -> String {
    var words: [String] = []
    if decimal == "," { words.append("decimal: \",\"") }
    if let group { words.append("group: \"\(group)\"") }
    // The mark before a fraction is no delimiter unless that is said.
    if decimal == ",", delimiter == 0x2C { words.append("delimiter: \",\"") }
    return "`\(words.joined(separator: ", "))`"
  }

  private static func fits(_ convention: NumberConvention, _ cells: [SampleCell]) -> Bool {
    let reader = NumberReader(convention)
    return cells.allSatisfy { cell in
      cell.bytes.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return false }
        let (start, end) = CellShape.trimmed(base, 0, buffer.count)
        return start < end && reader.read(base, start, end, lenient: false).kind != .none
      }
    }
  }
}
