import Kernels
import Tables

/// What was not taken over from some cells of a column.
struct Losses: Sendable {
  /// Infinite numbers, and what is not a number: both are missing cells.
  var infinite = 0
  var notNumbers = 0
  /// Moments of which digits beyond the microsecond were cut.
  var cut = 0
  /// Days and moments beyond what a table holds, and times beyond a day: missing cells.
  var beyond = 0

  static func += (left: inout Losses, right: Losses) {
    left.infinite += right.infinite
    left.notNumbers += right.notNumbers
    left.cut += right.cut
    left.beyond += right.beyond
  }

  /// One line for each kind that there is.
  func notes(column: String) -> [String] {
    func words(_ count: Int, _ one: String, _ many: String) -> String? {
      count == 0 ? nil : "column '\(column)': " + (count == 1 ? one : "\(count) \(many)")
    }
    return [
      words(infinite, "1 infinite number is missing", "infinite numbers are missing"),
      words(notNumbers, "1 cell that is not a number is missing", "cells that are not a number are missing"),
      words(cut, "1 time is cut to microseconds", "times are cut to microseconds"),
      words(beyond, "1 time is out of range and missing", "times are out of range and missing"),
    ].compactMap(\.self)
  }
}

/// Makes a column of a table of some rows of a batch.
struct ColumnDecoder {
  let batch: Batch
  let column: ArrowSchema.Column
  let rows: Range<Int>
  /// How numbers are read that may be too large for a table's; nil for other types.
  let reading: WideReading?
  var losses = Losses()

  /// `rows` begin at a multiple of 64.
  init(_ batch: Batch, _ column: ArrowSchema.Column, _ rows: Range<Int>, reading: WideReading?) {
    self.batch = batch
    self.column = column
    self.rows = rows
    self.reading = reading
  }

  var name: String { column.name }

  func failure(_ words: String) -> SourceError { batch.failure("column '\(name)' \(words)") }

  /// The column. O(rows and their texts); numbers that stand in the file as in a table are copied as they are.
  mutating func decoded() throws(SourceError) -> Column {
    for node in column.parents + [column.node] where try batch.head.node(node).length != batch.head.rowCount {
      throw failure("has not as many cells as its batch has rows")
    }
    if column.dictionary != nil { return try dictionaryColumn() }
    if rows.isEmpty { return .missing(WideReading.columnType(of: column, reading), count: 0) }
    switch column.type {
    case .null: return .missing(.text, count: rows.count)
    case .bool: return .bool(try bools())
    case .int(let bits, let isSigned): return try integers(bits, isSigned)
    case .float(let bits): return .float(try floats(bits))
    case .decimal(_, let scale, let bits): return try wide(scale: scale, bits: bits)
    case .utf8: return .text(try texts(Int32.self))
    case .largeUTF8: return .text(try texts(Int64.self))
    case .utf8View: return .text(try views())
    case .days: return .date(try values(Int32.self))
    case .midnights: return .date(try days())
    case .time(let unit, let bits): return .text(try times(unit, bits))
    case .timestamp(let unit, _): return .datetime(try moments(unit))
    case .duration: return .int(try values(Int64.self))
    case .structure, .unread: throw failure("is of a type that is not read")
    }
  }

  // MARK: Which cells there are

  /// Which of the cells hold a value; nil where all do. A cell within a structure that is missing is missing too.
  func validity() throws(SourceError) -> Bitmap? {
    var valid: Bitmap?
    for node in column.parents + [column.node] {
      guard let own = try bits(node) else { continue }
      valid = valid.map { both in Bitmap(words: zip(both.words, own.words).map { $0 & $1 }, count: rows.count) } ?? own
    }
    return valid
  }

  private func bits(_ node: Int) throws(SourceError) -> Bitmap? {
    if try batch.head.node(node).missing == 0 { return nil }
    return Bitmap(words: try words(of: node, 0), count: rows.count)
  }

  /// The bits of a buffer, one for each row.
  private func words(of node: Int, _ place: Int) throws(SourceError) -> [UInt64] {
    let size = (rows.count + 7) / 8
    var words = [UInt64](repeating: 0, count: (rows.count + 63) / 64)
    let span = try batch.buffer(node, place)
    let bytes = try [UInt8].filled(size) { (target, size) throws(SourceError) in
      try batch.body.fill(target, size, span, at: rows.lowerBound / 8)
    }
    words.withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    return words
  }

  // MARK: Plain values

  /// The values of the rows as they stand in the file.
  func raw<Value: BitwiseCopyable>(_ type: Value.Type = Value.self, place: Int = 1) throws(SourceError) -> [Value] {
    let span = try batch.buffer(column.node, place)
    return try [Value].filled(rows.count) { (target, size) throws(SourceError) in
      try batch.body.fill(target, size, span, at: rows.lowerBound * MemoryLayout<Value>.stride)
    }
  }

  /// Values that stand in the file as in a table.
  func values<Value: FixedWidthInteger & BitwiseCopyable & Hashable & Sendable>(
    _ type: Value.Type
  ) throws(SourceError) -> Cells<Value> {
    let validity = try validity()
    var values = try raw(type)
    Self.clear(&values, validity, 0)
    return Cells(values, validity: validity)
  }

  /// Puts the filler where there is no value: files have anything there.
  static func clear<Value>(_ values: inout [Value], _ validity: Bitmap?, _ filler: Value) {
    guard let validity else { return }
    values.withUnsafeMutableBufferPointer { values in
      validity.eachClear(RowList(0..<validity.count), 0..<validity.count) { values[$0] = filler }
    }
  }

  private func bools() throws(SourceError) -> Cells<Bool> {
    let validity = try validity()
    var words = try words(of: column.node, 1)
    if let validity { words = zip(words, validity.words).map { $0 & $1 } }
    let count = rows.count
    let values = [Bool](unsafeUninitializedCapacity: count) { buffer, size in
      for row in 0..<count { buffer.initializeElement(at: row, to: words[row >> 6] >> UInt64(row & 63) & 1 == 1) }
      size = count
    }
    return Cells(values, validity: validity)
  }
}
