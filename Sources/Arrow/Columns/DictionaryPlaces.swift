import Kernels
import Tables

extension ColumnDecoder {
  /// A column of places in a dictionary. Few texts stay codes; else each cell gets its value.
  func dictionaryColumn() throws(SourceError) -> Column {
    guard let dictionary = column.dictionary else { throw failure("has no dictionary") }
    let type = WideReading.columnType(of: column, reading)
    if rows.isEmpty { return .missing(type, count: 0) }
    let validity = try validity()
    // A dictionary that never came has no values: then every cell is missing.
    switch batch.dictionaries[dictionary.id] ?? .column(.missing(type, count: 1)) {
    case .words(let words, let texts):
      let places = try places(dictionary.places, below: words.count, validity)
      let codes = Self.mapped(places) { $0 < 0 ? -1 : words[Int($0)] }
      if texts.isEmpty { return .missing(.text, count: rows.count) }
      let valid = codes.contains { $0 < 0 } ? Bitmap(codes.map { $0 >= 0 }) : nil
      return .text(TextCells(.dictionary(codes: codes.map { max(0, $0) }, words: texts), validity: valid))
    case .column(let values):
      let none = values.count - 1
      let places = try places(dictionary.places, below: none, validity)
      return values.take(RowList(ids: Self.mapped(places) { $0 < 0 ? Int32(truncatingIfNeeded: none) : $0 }))
    }
  }

  private func places(_ type: ArrowType, below count: Int, _ validity: Bitmap?) throws(SourceError) -> [Int32] {
    guard case .int(let bits, let isSigned) = type else { throw failure("has no places in its dictionary") }
    switch (bits, isSigned) {
    case (8, true): return try places(Int8.self, count, validity)
    case (8, false): return try places(UInt8.self, count, validity)
    case (16, true): return try places(Int16.self, count, validity)
    case (16, false): return try places(UInt16.self, count, validity)
    case (32, true): return try places(Int32.self, count, validity)
    case (32, false): return try places(UInt32.self, count, validity)
    case (_, true): return try places(Int64.self, count, validity)
    case (_, false): return try places(UInt64.self, count, validity)
    }
  }

  /// The place of each cell, -1 for one that is missing. Throws `badFormat` for a place that the dictionary has not.
  private func places<Place: FixedWidthInteger & BitwiseCopyable>(
    _ type: Place.Type, _ count: Int, _ validity: Bitmap?
  ) throws(SourceError) -> [Int32] {
    let written = try raw(type)
    for row in written.indices where validity?[row] ?? true {
      guard written[row] >= 0, UInt64(written[row]) < UInt64(count) else {
        throw failure("has a place \(written[row]) in a dictionary of \(count)")
      }
    }
    var places = Self.mapped(written) { Int32(truncatingIfNeeded: $0) }
    Self.clear(&places, validity, -1)
    return places
  }
}
