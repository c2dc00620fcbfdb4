import Tables

/// The buffers of a column in a batch: which cells there are, where texts end, and the values. They depend on the cells alone, not on
/// how these were stored or cut.
struct WrittenBuffers: Sendable {
  private(set) var rowCount = 0
  private(set) var missingCount = 0
  private var bits: [UInt8]
  /// Where texts end; empty for a column of another type.
  private var ends: [UInt8] = []
  private var values: [UInt8] = []

  /// For so many rows.
  init(_ rows: Int) { bits = [UInt8](repeating: 0, count: (rows + 7) / 8) }

  /// In the order of the format. Without a missing cell the first is empty.
  var all: [[UInt8]] { [missingCount == 0 ? [] : bits] + (ends.isEmpty ? [values] : [ends, values]) }

  private mutating func note(_ validity: Bitmap?, _ rows: Range<Int>) {
    for (place, row) in rows.enumerated() {
      if validity?[row] ?? true {
        bits[(rowCount + place) >> 3] |= 1 << UInt8((rowCount + place) & 7)
      } else {
        missingCount += 1
      }
    }
    rowCount += rows.count
  }

  mutating func append<Value: FixedWidthInteger & BitwiseCopyable>(
    _ cells: Cells<Value>, _ rows: Range<Int>, filler: Value
  ) {
    append(values: cells.values, cells.validity, rows, filler)
  }

  mutating func append(_ cells: Cells<Double>, _ rows: Range<Int>, filler: Double) {
    append(values: cells.values, cells.validity, rows, filler)
  }

  private mutating func append<Value: BitwiseCopyable>(
    values all: [Value], _ validity: Bitmap?, _ rows: Range<Int>, _ filler: Value
  ) {
    let size = MemoryLayout<Value>.stride
    let start = values.count
    all.withUnsafeBytes { raw in
      values.append(contentsOf: raw[rows.lowerBound * size..<rows.upperBound * size])
    }
    // What stands in a missing cell does not show.
    if let validity {
      values.withUnsafeMutableBytes { target in
        for (place, row) in rows.enumerated() where !validity[row] {
          target.storeBytes(of: filler, toByteOffset: start + place * size, as: Value.self)
        }
      }
    }
    note(validity, rows)
  }

  mutating func append(bits cells: Cells<Bool>, _ rows: Range<Int>) {
    if values.isEmpty { values = [UInt8](repeating: 0, count: bits.count) }
    for (place, row) in rows.enumerated() where cells.values[row] && cells.isValid(row) {
      values[(rowCount + place) >> 3] |= 1 << UInt8((rowCount + place) & 7)
    }
    note(cells.validity, rows)
  }

  /// False where the texts together are longer than 32-bit offsets reach.
  mutating func append(_ cells: TextCells, _ rows: Range<Int>) -> Bool {
    if ends.isEmpty { ends.append(littleEndian: Int32(0)) }
    for row in rows {
      if cells.isValid(row) { append(text: cells.storage, row) }
      guard let end = Int32(exactly: values.count) else { return false }
      ends.append(littleEndian: end)
    }
    note(cells.validity, rows)
    return true
  }

  private mutating func append(text storage: TextCells.Storage, _ row: Int) {
    switch storage {
    case .plain(let offsets, let bytes): values.append(contentsOf: bytes[offsets[row]..<offsets[row + 1]])
    case .dictionary(let codes, let words): values.append(contentsOf: words[Int(codes[row])].utf8)
    }
  }
}
