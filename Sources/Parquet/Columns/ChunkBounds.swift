import Tables

/// What the statistics of a column of a row group say of its cells, as far as they are to be trusted.
///
/// Bounds count only where the file says that they are in the order of the column's type (`ColumnOrder`); the older ones, in the order of
/// signed bytes, only for numbers with a sign, of which that is the order. A text's count only where they are said to be the text itself:
/// others may be cut. Those of numbers leave out what is none (the format's notes on `TYPE_ORDER`), and say nothing where they are none
/// themselves.
struct ChunkBounds {
  private let column: ReadColumn
  private let chunk: ChunkMetadata
  private let footer: RawBuffer

  init(_ column: ReadColumn, in chunk: ChunkMetadata, of file: FileMetadata) {
    self.column = column
    self.chunk = chunk
    footer = file.footer
    isOrdered = column.leaf.place < file.typeOrders.count && file.typeOrders[column.leaf.place]
  }

  /// Whether bounds are in the order of the column's type.
  private let isOrdered: Bool

  /// nil where it is not said how many cells are missing.
  var cells: CellBounds? {
    guard let missing else { return nil }
    let (least, greatest) = bounds
    guard column.rule.type == .float else { return CellBounds(least: least, greatest: greatest, missing: missing) }
    // Numbers that are infinite or none are missing too: finite bounds and a count tell that there are no others.
    let isFinite = least?.number?.isFinite == true && greatest?.number?.isFinite == true
    let none = chunk.notANumberCount.flatMap { 0...chunk.valueCount - missing ~= $0 ? $0 : nil }
    return CellBounds(
      least: least, greatest: greatest, missing: missing + (none ?? 0), mayMissMore: none == nil || !isFinite)
  }

  private var missing: Int? {
    if column.rule == .nothing { return chunk.valueCount }
    if let missing = chunk.missingCount { return 0...chunk.valueCount ~= missing ? missing : nil }
    return column.leaf.definition == 0 ? 0 : nil
  }

  private var bounds: (Cell?, Cell?) {
    guard isOrdered && !chunk.hasOldBounds || chunk.hasOldBounds && isSigned else { return (nil, nil) }
    let least = chunk.isLeastExact || !isText ? chunk.least.flatMap(cell) : nil
    let greatest = chunk.isGreatestExact || !isText ? chunk.greatest.flatMap(cell) : nil
    if let least, let greatest, !Self.isInOrder(least, greatest) { return (nil, nil) }
    return (least, greatest)
  }

  private var isText: Bool { column.rule.type == .text }

  /// Whether the order of signed numbers is the column's own.
  private var isSigned: Bool {
    switch column.rule {
    case .int(.int32), .int(.int64), .date, .datetime(.counts): true
    case .bool, .int, .float, .datetime, .text, .nothing: false
    }
  }

  private func cell(_ place: Range<Int>) -> Cell? {
    let bytes = UnsafeRawBufferPointer(UnsafeBufferPointer(rebasing: footer.buffer[place]))
    switch column.rule {
    case .bool: return Self.value(bytes, UInt8.self).map { .bool($0 != 0) }
    case .int(.int32): return Self.value(bytes, Int32.self).map { .int(Int64($0)) }
    case .int(.uint32): return Self.value(bytes, UInt32.self).map { .int(Int64($0)) }
    case .int(.int64): return Self.value(bytes, Int64.self).map { .int($0) }
    case .int(.uint64): return Self.value(bytes, UInt64.self).flatMap { Int64(exactly: $0) }.map { .int($0) }
    case .float(.float32): return Self.value(bytes, Float.self).flatMap { Self.number(Double($0)) }
    case .float(.float64): return Self.value(bytes, Double.self).flatMap(Self.number)
    case .date: return Self.value(bytes, Int32.self).map { .date($0) }
    case .datetime(.counts(let unit)): return Self.value(bytes, Int64.self).flatMap { unit.moment($0) }
    case .text(.utf8(length: nil)): return String(validating: bytes, as: UTF8.self).map { .text($0) }
    case .int, .float, .datetime, .text, .nothing: return nil
    }
  }

  private static func value<Value: BitwiseCopyable>(_ bytes: UnsafeRawBufferPointer, _: Value.Type) -> Value? {
    bytes.count == MemoryLayout<Value>.size ? bytes.loadUnaligned(as: Value.self) : nil
  }

  private static func number(_ value: Double) -> Cell? { value.isNaN ? nil : .float(value) }

  private static func isInOrder(_ a: Cell, _ b: Cell) -> Bool {
    switch (a, b) {
    case (.int(let a), .int(let b)), (.datetime(let a), .datetime(let b)): a <= b
    case (.float(let a), .float(let b)): a <= b
    case (.date(let a), .date(let b)): a <= b
    case (.bool(let a), .bool(let b)): !a || b
    case (.text(let a), .text(let b)): !b.utf8.lexicographicallyPrecedes(a.utf8)
    default: false
    }
  }
}

extension TimeUnit {
  /// A count of it since 1970 as a cell: the earlier microsecond where there is a rest. nil where 64 bits do not hold it.
  fileprivate func moment(_ count: Int64) -> Cell? {
    switch self {
    case .microseconds: return .datetime(count)
    case .milliseconds:
      let (moment, overflow) = count.multipliedReportingOverflow(by: 1000)
      return overflow ? nil : .datetime(moment)
    case .nanoseconds:
      let (microseconds, rest) = count.quotientAndRemainder(dividingBy: 1000)
      return .datetime(rest < 0 ? microseconds - 1 : microseconds)
    }
  }
}
