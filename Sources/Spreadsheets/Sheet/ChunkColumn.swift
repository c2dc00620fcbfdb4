import Tables

/// The cells of one column of a chunk of a sheet.
struct ChunkColumn {
  private let type: ColumnType
  private var bools: [Bool] = []
  /// Ints, and the microseconds of moments.
  private var ints: [Int64] = []
  private var floats: [Double] = []
  private var days: [Int32] = []
  private var bytes: [UInt8] = []
  private var ends = [0]
  private var present: [Bool] = []

  init(_ type: ColumnType) { self.type = type }

  /// Takes the cell of a row: a value of the column's kinds, or nil for a missing one.
  mutating func append(_ value: SheetValue?, _ strings: SharedStrings) {
    switch type {
    case .bool: Self.put(value.flatMap(Self.bool), &bools, &present, false)
    case .int: Self.put(value.flatMap(Self.int), &ints, &present, 0)
    case .float: Self.put(value.flatMap(Self.float), &floats, &present, 0)
    case .date: Self.put(value.flatMap(Self.date), &days, &present, 0)
    case .datetime: Self.put(value.flatMap(Self.moment), &ints, &present, 0)
    case .text, .vector: putText(value, strings)
    }
  }

  private static func put<Value>(_ value: Value?, _ values: inout [Value], _ present: inout [Bool], _ filler: Value) {
    values.append(value ?? filler)
    present.append(value != nil)
  }

  private mutating func putText(_ value: SheetValue?, _ strings: SharedStrings) {
    if case .shared(let place) = value {
      bytes.append(contentsOf: strings[place])
    } else if let value {
      bytes.append(contentsOf: value.written(strings) ?? [])
    }
    ends.append(bytes.count)
    present.append(value != nil)
  }

  private static func bool(_ value: SheetValue) -> Bool? { if case .bool(let truth) = value { truth } else { nil } }

  private static func int(_ value: SheetValue) -> Int64? { if case .int(let number) = value { number } else { nil } }

  private static func float(_ value: SheetValue) -> Double? {
    switch value {
    case .int(let number): Double(number)
    case .float(let number), .duration(let number): number
    default: nil
    }
  }

  private static func date(_ value: SheetValue) -> Int32? { if case .date(let days) = value { days } else { nil } }

  private static func moment(_ value: SheetValue) -> Int64? {
    switch value {
    case .date(let days): Int64(days) * 86_400_000_000
    case .datetime(let moment): moment
    default: nil
    }
  }

  /// The column so far.
  var column: Column {
    let validity = present.allSatisfy { $0 } ? nil : Bitmap(present)
    switch type {
    case .bool: return .bool(Cells(bools, validity: validity))
    case .int: return .int(Cells(ints, validity: validity))
    case .float: return .float(Cells(floats, validity: validity))
    case .date: return .date(Cells(days, validity: validity))
    case .datetime: return .datetime(Cells(ints, validity: validity))
    case .text, .vector: return .text(TextCells(.plain(offsets: ends, bytes: bytes), validity: validity))
    }
  }
}
