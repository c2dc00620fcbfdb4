import Tables

/// Texts: as codes into the words of a dictionary where these repeat, else spelled out.
final class TextSink: ColumnSink {
  /// A column with more different words than this is spelled out.
  private static let mostWords = 1 << 16

  private let rule: TextRule
  private let rowCount: Int
  private var page: PageValues?
  /// The words of the dictionary, and as strings where they are shared by the rows.
  private var dictionary = TextRows()
  private var wordCount = 0
  private var words: [String]?
  // The part at hand: codes, as long as all its rows are of the dictionary, or texts.
  private var codes: [Int32] = []
  private var isCoded = false
  private var rows = TextRows()
  private var partRows = 0
  /// Places in the dictionary before they are looked up.
  private var places: [Int32] = []

  /// `rowCount` is that of the row group.
  init(_ rule: TextRule, rowCount: Int) {
    self.rule = rule
    self.rowCount = rowCount
  }

  func take(dictionary values: ByteCursor, count: Int) throws(ParquetFailure) {
    guard count <= values.count else { throw .damaged("its dictionary of \(values.count) bytes has \(count) words") }
    var values = values
    dictionary.begin(count)
    try append(&values, 0..<count, nil, to: &dictionary)
    wordCount = count
    if count > 0, count <= Self.mostWords, count <= rowCount / 2 {
      words = (0..<count).map { String(decoding: dictionary.text($0), as: UTF8.self) }
    }
  }

  func turn(to page: PageValues) { self.page = page }

  func begin(_ rows: Int) {
    partRows = rows
    isCoded = false
    if words != nil, case .coded = page { isCoded = true }
    if isCoded { codes = [Int32](anything: rows) } else { self.rows.begin(rows) }
  }

  func take(
    _ rows: Range<Int>, valid: Int, _ validity: PartValidity, _ found: inout PartFindings
  ) throws(ParquetFailure) {
    switch page {
    case .plain(var bytes):
      if isCoded { try spellOut(rows.lowerBound, validity) }
      try append(&bytes, rows, valid < rows.count ? validity : nil, to: &self.rows)
      page = .plain(bytes)
    case .coded(var numbers):
      if isCoded { try take(codes: &numbers, rows, valid, validity) } else { try take(&numbers, rows, valid, validity) }
      page = .coded(numbers)
    case .bits, nil: throw .damaged("its values are no texts")
    }
  }

  /// Takes codes as they are.
  private func take(
    codes numbers: inout HybridDecoder, _ rows: Range<Int>, _ valid: Int, _ validity: PartValidity
  ) throws(ParquetFailure) {
    try codes.withUnsafeMutableBufferPointer { (codes) throws(ParquetFailure) in
      guard let base = codes.baseAddress else { return }
      let target = base + rows.lowerBound
      try numbers.numbers(valid, to: target)
      try HybridDecoder.check(target, valid, below: wordCount)
      if valid < rows.count { spread(target, rows, valid: valid, validity, filler: 0) }
    }
  }

  /// Takes the words that codes stand for.
  private func take(
    _ numbers: inout HybridDecoder, _ rows: Range<Int>, _ valid: Int, _ validity: PartValidity
  ) throws(ParquetFailure) {
    if places.count < valid { places = [Int32](anything: valid) }
    var size = 0
    try places.withUnsafeMutableBufferPointer { (places) throws(ParquetFailure) in
      guard let base = places.baseAddress else { return }
      try numbers.numbers(valid, to: base)
      try HybridDecoder.check(base, valid, below: wordCount)
      for place in 0..<valid { size &+= dictionary.text(Int(base[place])).count }
    }
    var next = 0
    try self.rows.append(rows, most: size) { (row) throws(ParquetFailure) in
      guard validity.isSet(row) else { return nil }
      next &+= 1
      return dictionary.text(Int(places[next &- 1]))
    }
  }

  /// Spells out the rows of the part so far: those that follow are of no dictionary.
  private func spellOut(_ count: Int, _ validity: PartValidity) throws(ParquetFailure) {
    isCoded = false
    rows.begin(partRows)
    let taken = codes[..<count]
    let size = taken.indices.reduce(0) { $0 + (validity.isSet($1) ? dictionary.text(Int(taken[$1])).count : 0) }
    try rows.append(0..<count, most: size) { (row) throws(ParquetFailure) in
      validity.isSet(row) ? dictionary.text(Int(taken[row])) : nil
    }
    codes = []
  }

  func finish(_ validity: PartValidity) -> Column {
    defer { codes = [] }
    if isCoded, let words {
      return .text(TextCells(.dictionary(codes: codes, words: words), validity: validity.bitmap))
    }
    return .text(TextCells(rows.storage, validity: validity.bitmap))
  }

  // MARK: Plain values

  /// Appends plain values as texts, at the rows that have one.
  private func append(
    _ values: inout ByteCursor, _ rows: Range<Int>, _ validity: PartValidity?, to texts: inout TextRows
  ) throws(ParquetFailure) {
    guard case .utf8(let length) = rule else {
      return try appendFormatted(&values, rows, validity, to: &texts)
    }
    let most = values.count
    if let length {
      try texts.append(rows, most: most) { (row) throws(ParquetFailure) in
        guard validity?.isSet(row) ?? true else { return nil }
        let value = try values.values(1, width: length).assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: value, count: length)
      }
    } else if let validity {
      try texts.append(rows, most: most) { (row) throws(ParquetFailure) in
        validity.isSet(row) ? try values.value() : nil
      }
    } else {
      try texts.append(rows, most: most) { (_) throws(ParquetFailure) in try values.value() }
    }
    try texts.check(rows)
  }

  /// The same for values that are no texts by themselves.
  private func appendFormatted(
    _ values: inout ByteCursor, _ rows: Range<Int>, _ validity: PartValidity?, to texts: inout TextRows
  ) throws(ParquetFailure) {
    var text: [UInt8] = []
    // Sixteen bytes are copied at a time.
    text.reserveCapacity(64)
    for row in rows {
      text.removeAll(keepingCapacity: true)
      if validity?.isSet(row) ?? true { try rule.append(&values, to: &text) }
      try text.withUnsafeBufferPointer { (text) throws(ParquetFailure) in
        try texts.append(row..<row + 1, most: text.count) { (_) throws(ParquetFailure) in text }
      }
    }
  }
}

/// A column without a value.
final class NothingSink: ColumnSink {
  private var rowCount = 0

  func take(dictionary values: ByteCursor, count: Int) {}
  func turn(to page: PageValues) {}
  func begin(_ rows: Int) { rowCount = rows }

  func take(
    _ rows: Range<Int>, valid: Int, _ validity: PartValidity, _ found: inout PartFindings
  ) throws(ParquetFailure) {
    guard valid == 0 else { throw .damaged("it has a value, and its type says that it has none") }
  }

  func finish(_ validity: PartValidity) -> Column { .missing(.text, count: rowCount) }
}
