import Tables

/// A value that plain pages have as it is in memory.
protocol PlainValue: BitwiseCopyable, Comparable, Sendable {
  /// Tells values apart.
  var key: UInt64 { get }
  /// About how many bytes values take by their differences; nil where they are not written so.
  static func deltaSize(_ values: UnsafeBufferPointer<Self>) -> Int?
  static func appendDeltas(_ values: UnsafeBufferPointer<Self>, to page: inout [UInt8])
}

extension Int64: PlainValue {
  var key: UInt64 { UInt64(bitPattern: self) }
  static func deltaSize(_ values: UnsafeBufferPointer<Int64>) -> Int? { DeltaEncoder.size(values) }
  static func appendDeltas(_ values: UnsafeBufferPointer<Int64>, to page: inout [UInt8]) {
    DeltaEncoder.append(values, to: &page)
  }
}

extension Int32: PlainValue {
  var key: UInt64 { UInt64(UInt32(bitPattern: self)) }
  static func deltaSize(_ values: UnsafeBufferPointer<Int32>) -> Int? { DeltaEncoder.size(values) }
  static func appendDeltas(_ values: UnsafeBufferPointer<Int32>, to page: inout [UInt8]) {
    DeltaEncoder.append(values, to: &page)
  }
}

extension Double: PlainValue {
  var key: UInt64 { bitPattern }
  static func deltaSize(_ values: UnsafeBufferPointer<Double>) -> Int? { nil }
  static func appendDeltas(_ values: UnsafeBufferPointer<Double>, to page: inout [UInt8]) {}
}

/// The cells of one size of a column of a row group: those that are there, one after the other.
struct FixedColumn<Value: PlainValue> {
  /// Rows of a page: a megabyte of values of eight bytes.
  static var pageRows: Int { 1 << 17 }
  /// Different values that a dictionary has at most.
  private static var mostWords: Int { 1 << 17 }

  private(set) var values: [Value] = []
  private(set) var levels = WrittenLevels()

  init(rowCount: Int) { values.reserveCapacity(rowCount) }

  mutating func append(_ cells: Cells<Value>, _ rows: Range<Int>) where Value: Hashable {
    if cells.validity == nil {
      values.append(contentsOf: cells.values[rows])
      levels.append(present: rows.count)
      return
    }
    for row in rows {
      let isPresent = cells.isValid(row)
      if isPresent { values.append(cells.values[row]) }
      levels.append(isPresent)
    }
  }

  /// Appends a cell; nil is a missing one.
  mutating func append(_ value: Value?) {
    if let value { values.append(value) }
    levels.append(value != nil)
  }

  /// The pages, in the way that takes the fewest bytes before they are compressed.
  func pages(_ compression: PageCompression, _ isCancelled: () -> Bool) -> ChunkBuilder {
    let plainSize = values.count * MemoryLayout<Value>.size
    let deltaSize = values.withUnsafeBufferPointer(Value.deltaSize) ?? .max
    // Two bits a value are few enough not to look for better.
    if deltaSize > values.count / 4, let words = NumberDictionary(values, most: Self.mostWords) {
      let width = dictionaryWidth(words.words.count)
      let size = words.words.count * MemoryLayout<Value>.size + values.count * width / 8
      if size < min(plainSize, deltaSize) { return coded(words, width, compression, isCancelled) }
    }
    var builder = ChunkBuilder(compression)
    let isDelta = deltaSize < plainSize
    eachPage(isCancelled) { rows, places, page in
      values.withUnsafeBufferPointer { values in
        let values = UnsafeBufferPointer(rebasing: values[places])
        if isDelta {
          Value.appendDeltas(values, to: &page)
        } else {
          page.append(contentsOf: UnsafeRawBufferPointer(values))
        }
      }
      builder.append(page: page, rows: rows.count, isDelta ? .deltaBinaryPacked : .plain)
    }
    return builder
  }

  private func coded(
    _ words: NumberDictionary<Value>, _ width: Int, _ compression: PageCompression, _ isCancelled: () -> Bool
  ) -> ChunkBuilder {
    var builder = ChunkBuilder(compression)
    builder.append(dictionary: words.words.withUnsafeBytes { Array($0) }, count: words.words.count)
    eachPage(isCancelled) { rows, places, page in
      page.append(UInt8(width))
      words.codes.withUnsafeBufferPointer {
        HybridEncoder.append(UnsafeBufferPointer(rebasing: $0[places]), width: width, to: &page)
      }
      builder.append(page: page, rows: rows.count, .rleDictionary)
    }
    return builder
  }

  /// Calls `write` for each page with its rows, the places of their values, and its bytes so far: the levels.
  private func eachPage(
    _ isCancelled: () -> Bool, _ write: (Range<Int>, Range<Int>, inout [UInt8]) -> Void
  ) {
    var place = 0
    for start in stride(from: 0, to: levels.rowCount, by: Self.pageRows) where !isCancelled() {
      let rows = start..<min(levels.rowCount, start + Self.pageRows)
      let count = levels.presentCount(rows)
      var page: [UInt8] = []
      levels.append(rows, to: &page)
      write(rows, place..<place + count, &page)
      place += count
    }
  }

  /// As a chunk with the bounds of its values.
  func chunk(_ compression: PageCompression, _ isCancelled: () -> Bool) -> WrittenChunk {
    let bounds = values.min().flatMap { least in values.max().map { (least, $0) } }
    return WrittenChunk(
      pages: pages(compression, isCancelled), rowCount: levels.rowCount, missingCount: levels.missingCount,
      least: bounds.map { Self.bytes($0.0, isLeast: true) }, greatest: bounds.map { Self.bytes($0.1, isLeast: false) })
  }

  /// Zero is the negative one as the least value and the positive one as the greatest: pages may have both.
  private static func bytes(_ value: Value, isLeast: Bool) -> [UInt8] {
    if let number = value as? Double, number == 0 { return withUnsafeBytes(of: isLeast ? -0.0 : 0.0) { Array($0) } }
    return withUnsafeBytes(of: value) { Array($0) }
  }
}
