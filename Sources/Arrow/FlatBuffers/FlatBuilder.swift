/// What a field of a FlatBuffers table holds.
indirect enum FlatValue {
  case bool(Bool), byte(UInt8), short(Int16), int(Int32), long(Int64)
  case text(String)
  /// Fields by number; one that is nil is absent.
  case table([FlatValue?])
  /// A list of tables.
  case tables([FlatValue])
  /// A list of structs that begin at multiples of eight: their bytes, and how many there are.
  case structs([UInt8], count: Int)

  /// The bytes that the field itself takes; what it leads to is elsewhere.
  fileprivate var size: Int {
    switch self {
    case .bool, .byte: 1
    case .short: 2
    case .int, .text, .table, .tables, .structs: 4
    case .long: 8
    }
  }
}

/// Writes FlatBuffers messages from front to back: a table is the list of where its fields are, then the fields, then what they lead to.
struct FlatBuilder {
  private var bytes: [UInt8] = [0, 0, 0, 0]

  /// The bytes of a message that is one table.
  static func message(_ root: [FlatValue?]) -> [UInt8] {
    var builder = FlatBuilder()
    let start = builder.table(root)
    builder.put(UInt32(truncatingIfNeeded: start), at: 0)
    builder.pad(to: 8)
    return builder.bytes
  }

  /// Puts a table behind what is there; gives where it begins.
  private mutating func table(_ fields: [FlatValue?]) -> Int {
    let (offsets, size) = Self.layout(fields)
    let listSize = 4 + 2 * fields.count
    // A table begins at a multiple of eight, and its list of fields right before it.
    while (bytes.count + listSize) % 8 != 0 { bytes.append(0) }
    append(UInt16(truncatingIfNeeded: listSize))
    append(UInt16(truncatingIfNeeded: size))
    for offset in offsets { append(UInt16(truncatingIfNeeded: offset)) }
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: size))
    put(UInt32(truncatingIfNeeded: listSize), at: start)
    for (field, offset) in zip(fields, offsets) {
      if let field { put(field, at: start + offset) }
    }
    return start
  }

  /// Where each field is within its table, 0 for one that is absent, and how large the table is.
  private static func layout(_ fields: [FlatValue?]) -> (offsets: [Int], size: Int) {
    var size = 4
    let offsets = fields.map { field -> Int in
      guard let field else { return 0 }
      size += (field.size - size % field.size) % field.size
      defer { size += field.size }
      return size
    }
    return (offsets, size)
  }

  private mutating func put(_ value: FlatValue, at place: Int) {
    switch value {
    case .bool(let flag): bytes[place] = flag ? 1 : 0
    case .byte(let number): bytes[place] = number
    case .short(let number): put(number, at: place)
    case .int(let number): put(number, at: place)
    case .long(let number): put(number, at: place)
    case .text, .table, .tables, .structs:
      let target = target(value)
      put(UInt32(truncatingIfNeeded: target - place), at: place)
    }
  }

  /// Puts what an offset leads to behind what is there; gives where it begins.
  private mutating func target(_ value: FlatValue) -> Int {
    switch value {
    case .table(let fields): return table(fields)
    case .tables(let tables):
      pad(to: 4)
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: tables.count))
      bytes.append(contentsOf: repeatElement(0, count: 4 * tables.count))
      for (place, table) in tables.enumerated() { put(table, at: start + 4 + 4 * place) }
      return start
    case .structs(let elements, let count):
      // Their number stands right before them.
      while bytes.count % 8 != 4 { bytes.append(0) }
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: count))
      bytes.append(contentsOf: elements)
      return start
    case .text(let text):
      pad(to: 4)
      let start = bytes.count
      append(UInt32(truncatingIfNeeded: text.utf8.count))
      bytes.append(contentsOf: text.utf8)
      bytes.append(0)
      return start
    case .bool, .byte, .short, .int, .long: return bytes.count
    }
  }

  private mutating func pad(to size: Int) { while bytes.count % size != 0 { bytes.append(0) } }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) { bytes.append(littleEndian: number) }

  private mutating func put<Number: FixedWidthInteger>(_ number: Number, at place: Int) {
    withUnsafeBytes(of: number.littleEndian) { raw in
      for (offset, byte) in raw.enumerated() { bytes[place + offset] = byte }
    }
  }
}

extension [UInt8] {
  /// Appends the bytes of a number, the lowest first.
  mutating func append<Number: FixedWidthInteger>(littleEndian number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
