import Tables

/// A column of the result as it grows, block after block, in the file's order.
///
/// Each block's cells go straight to their final place; room is asked for once from the file's size, and memory that
/// is never written costs none.
final class ColumnAssembly: @unchecked Sendable {
  let column: Survey.SurveyedColumn
  /// How the next blocks are to treat the column's cells.
  private(set) var kind: CellKind
  private var bools: [Bool] = []
  private var days: [Int32] = []
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var isFloat = false
  private var validity = BitmapAssembly()
  private var text: TextAssembly
  private let expectedRows: Int

  init(_ column: Survey.SurveyedColumn, isWanted: Bool, expectedRows: Int) {
    self.column = column
    self.expectedRows = expectedRows
    kind = ColumnAssembly.kind(column, isWanted)
    text = TextAssembly(isPlain: kind != .dictionary, expectedRows: expectedRows)
    switch kind {
    case .bool: bools.reserveCapacity(expectedRows)
    case .date: days.reserveCapacity(expectedRows)
    case .int, .number, .datetime: ints.reserveCapacity(expectedRows)
    case .float: floats.reserveCapacity(expectedRows)
    case .skip, .text, .dictionary: break
    }
  }

  private static func kind(_ column: Survey.SurveyedColumn, _ isWanted: Bool) -> CellKind {
    guard isWanted else { return .skip }
    switch column.type {
    case .bool: return .bool
    case .int: return column.isIntSoFar ? .number : .int
    case .float: return .float
    case .date: return .date
    case .datetime: return .datetime
    // A column that has not spoken is kept as text until the end.
    case nil: return .text
    case .text, .vector: return column.isVaried ? .text : .dictionary
    }
  }

  func append(_ block: BlockColumn, rows: Int) {
    guard kind != .skip, rows > 0 else { return }
    let values = UnsafeBufferPointer(start: block.values, count: rows)
    switch kind {
    case .bool: for bits in values { bools.append(bits != 0) }
    case .date: for bits in values { days.append(Int32(truncatingIfNeeded: bits)) }
    case .int, .datetime: append(ints: values)
    case .number: append(numbers: values, block)
    case .float: append(floats: values)
    case .text, .dictionary:
      text.append(block, rows: rows)
      if !text.isDictionary { kind = .text }
    case .skip: break
    }
    if block.hasMissing { validity.append(block.validity, rows) } else { validity.appendValid(rows) }
  }

  private func append(ints values: UnsafeBufferPointer<UInt64>) {
    values.withMemoryRebound(to: Int64.self) { ints.append(contentsOf: $0) }
  }

  private func append(floats values: UnsafeBufferPointer<UInt64>) {
    values.withMemoryRebound(to: Double.self) { floats.append(contentsOf: $0) }
  }

  /// Ints until the first block in which a taken row has a fraction; from there on all of the column is float.
  private func append(numbers values: UnsafeBufferPointer<UInt64>, _ block: BlockColumn) {
    let hasFloats = block.hasFloats && (0..<values.count).contains { block.floats[$0 >> 6] >> UInt64($0 & 63) & 1 == 1 }
    if !hasFloats, !isFloat { return append(ints: values) }
    if !isFloat {
      isFloat = true
      floats.reserveCapacity(max(expectedRows, ints.count + values.count))
      for value in ints { floats.append(Double(value)) }
      ints = []
    }
    for (row, bits) in values.enumerated() {
      let isDouble = hasFloats && block.floats[row >> 6] >> UInt64(row & 63) & 1 == 1
      floats.append(isDouble ? Double(bitPattern: bits) : Double(Int64(bitPattern: bits)))
    }
  }

  /// The finished column; nil when it was not wanted.
  func finish() -> Column? {
    switch kind {
    case .skip: return nil
    case .bool: return .bool(Cells(bools, validity: validity.bitmap))
    case .date: return .date(Cells(days, validity: validity.bitmap))
    case .datetime: return .datetime(Cells(ints, validity: validity.bitmap))
    case .float: return .float(Cells(floats, validity: validity.bitmap))
    case .int, .number:
      return isFloat ? .float(Cells(floats, validity: validity.bitmap)) : .int(Cells(ints, validity: validity.bitmap))
    case .text, .dictionary:
      let cells = TextCells(text.finish(), validity: validity.bitmap)
      return column.type == nil ? OpenColumn.settled(cells) : .text(cells)
    }
  }
}
