import Tables

/// Titles, dates and remarks that stand above a table.
enum Preamble {
  /// More lines than these are not taken for such without being told.
  private static let most = 20
  private static let commentMarks = ["#", "%", "//", ";", "*"]

  /// How many of the first rows are such: where all rows below have one width, the first of them holds nothing but words, some column
  /// below it is of another type, and no row above could be one of the table. 0 where that is not certain.
  static func count(_ first: SampleRecord, _ rest: [SampleRecord]) -> Int {
    let records = [first] + rest
    guard let width = rest.last?.cells.count, width > 1 else { return 0 }
    var start = records.count
    while start > 0, records[start - 1].cells.count == width { start -= 1 }
    while start < records.count, isRemark(records[start], width, most: 1) { start += 1 }
    guard start > 0, start <= most, records.count - start >= 2,
      records[..<start].allSatisfy({ isRemark($0, width, most: 2) }), isHeader(records[start])
    else { return 0 }
    let hasOtherType = (0..<width).contains { place in
      let shapes = records[(start + 1)...].reduce(into: CellShape()) { $0.formUnion($1.cells[place].shape) }
      return shapes.type.map { $0 != .text } ?? false
    }
    return hasOtherType ? start : 0
  }

  /// Whether a row has fewer cells that are not empty than the table has columns, and only a few, or begins as a comment.
  private static func isRemark(_ record: SampleRecord, _ width: Int, most: Int) -> Bool {
    let filled = record.cells.filter { !$0.bytes.isEmpty }
    if filled.count < width, filled.count <= most, width > 2 || record.cells.count != width { return true }
    return commentMark(record) != nil && record.cells.count != width
  }

  private static func isHeader(_ record: SampleRecord) -> Bool {
    let named = record.cells.last?.isEmpty == true ? record.cells.dropLast() : record.cells[...]
    return named.allSatisfy { $0.shape == .text && $0.isValid } && Set(named.map(\.trimmed)).count == named.count
  }

  private static func commentMark(_ record: SampleRecord) -> String? {
    guard let text = record.cells.first?.trimmed else { return nil }
    return commentMarks.first { text.hasPrefix($0) }
  }

  /// Says that the rows above the header are passed over.
  static func note(_ passed: some Collection<SampleRecord>, lines: Int) -> String {
    let marks = Set(passed.map(commentMark))
    let comment =
      marks.count == 1 ? marks.first?.map { "; `comment: \"\($0)\"` passes over such lines anywhere" } ?? "" : ""
    let which =
      lines == 1 ? "line 1 stands above the table and is" : "lines 1 to \(lines) stand above the table and are"
    return "\(which) passed over; `skip: \(lines)` says so, `skip: 0` takes line 1 as the header\(comment)"
  }

  /// How many lines stand above the first row that is as wide as most rows are, where the first is not.
  static func likelyLines(_ first: SampleRecord, _ rest: [SampleRecord]) -> Int? {
    var counts: [Int: Int] = [:]
    for record in rest { counts[record.cells.count, default: 0] += 1 }
    guard let (width, count) = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }), width > 1,
      width != first.cells.count, count >= 2, count * 2 > rest.count
    else { return nil }
    return rest.first { $0.cells.count == width }.map { $0.line - 1 }
  }
}
