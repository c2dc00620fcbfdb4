import CVector

/// The marks of a delimited text by RFC 4180: what ends a field and what ends a row.
struct Dialect: Sendable, Equatable {
  static let candidates: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

  let delimiter: UInt8
  /// Line feed, or carriage return in files that have no line feed (old Macintosh).
  let terminator: UInt8
  /// Whether a blank line is no row even of a table with a single column.
  let skipsBlankLines: Bool

  /// The delimiter that is stated, or the one of `candidates` that the sample shows. `isWhole` when the sample is the whole text.
  init(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, delimiter stated: UInt8?, candidates: [UInt8],
    terminator: UInt8,
    skipsBlankLines: Bool
  ) {
    self.terminator = terminator
    self.skipsBlankLines = skipsBlankLines
    delimiter =
      stated
      ?? Self.best(candidates) { Self.consistency(sample, isWhole: isWhole, $0, terminator) }
  }

  /// What ends the rows of a text, as far as its bytes tell.
  static func lineEnd(_ bytes: [UInt8]) -> LineEnd { !bytes.contains(0x0A) && bytes.contains(0x0D) ? .cr : .lf }

  /// The candidate by which the rows hold together best: of those that are as good the one with more fields, then the first.
  static func best(_ candidates: [UInt8], _ judge: (UInt8) -> (score: Double, fields: Int)) -> UInt8 {
    var best: (score: Double, fields: Int, mark: UInt8) = (0, 1, candidates.first ?? Self.candidates[0])
    for mark in candidates {
      let (score, fields) = judge(mark)
      if fields > 1, score > best.score + 1e-9 || (score > best.score - 1e-9 && fields > best.fields) {
        best = (score, fields, mark)
      }
    }
    return best.mark
  }

  /// The share of the first rows that have the commonest number of fields, and that number.
  static func consistency(
    _ sample: UnsafeBufferPointer<UInt8>, isWhole: Bool, _ mark: UInt8, _ terminator: UInt8
  ) -> (score: Double, fields: Int) {
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
