import CVector

/// The marks of a delimited file: what ends a field and what ends a row.
struct Dialect: Sendable, Equatable {
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  let delimiter: UInt8
  /// Line feed, or carriage return in files that have no line feed (old Macintosh).
  let terminator: UInt8

  /// Found from a sample, unless a delimiter is given. `isWhole` when the sample is the whole text; `hasFeed` when
  /// there is a line feed in it or in what else is known of the text. The mark before a fraction is no delimiter.
  init(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, hasFeed: Bool, delimiter stated: UInt8?, preferred: UInt8,
    decimal: UInt8? = nil
  ) {
    terminator = !hasFeed && sample.contains(0x0D) ? 0x0D : 0x0A
    if let stated {
      delimiter = stated
      return
    }
    let candidates = ([preferred] + Self.candidates.filter { $0 != preferred }).filter { $0 != decimal }
    var best: (score: Double, fields: Int, mark: UInt8) = (0, 1, candidates[0])
    for mark in candidates {
      let (score, fields) = Self.consistency(sample, isWhole, mark, terminator)
      if fields > 1, score > best.score + 1e-9 || (score > best.score - 1e-9 && fields > best.fields) {
        best = (score, fields, mark)
      }
    }
    delimiter = best.mark
  }

  /// The share of the first rows that have the commonest number of fields, and that number.
  private static func consistency(
    _ sample: UnsafeBufferPointer<UInt8>, _ isWhole: Bool, _ mark: UInt8, _ terminator: UInt8
  ) -> (Double, Int) {
    let widths = widths(sample, isWhole, mark, terminator)
    var counts: [Int: Int] = [:]
    for width in widths { counts[width, default: 0] += 1 }
    let commonest = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }
    guard let commonest else { return (0, 1) }
    return (Double(commonest.value) / Double(widths.count), commonest.key)
  }

  private static func widths(
    _ sample: UnsafeBufferPointer<UInt8>, _ isWhole: Bool, _ mark: UInt8, _ terminator: UInt8
  ) -> [Int] {
    guard let base = sample.baseAddress else { return [] }
    var scanner = FieldScanner(base, from: 0, to: sample.count, delimiter: mark, terminator: terminator)
    var widths: [Int] = []
    var width = 0
    while scanner.position < sample.count, widths.count < 200 {
      let field = scanner.next()
      width += 1
      if field.ending == .delimiter, scanner.position < sample.count { continue }
      let isEmptyLine = width == 1 && field.start == field.end && !field.isQuoted
      if !isEmptyLine, field.ending == .terminator || isWhole || widths.isEmpty { widths.append(width) }
      width = 0
    }
    return widths
  }
}
