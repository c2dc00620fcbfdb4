/// Writes structures in Thrift's compact protocol. Fields of a structure come with rising numbers.
struct CompactWriter {
  private(set) var bytes: [UInt8] = []
  /// The number of the last field of each structure that is open.
  private var last = [0]

  // MARK: Fields

  mutating func int32(_ id: Int, _ value: Int) {
    head(id, .int32)
    zigzag(Int64(value))
  }

  mutating func int64(_ id: Int, _ value: Int) {
    head(id, .int64)
    zigzag(Int64(value))
  }

  mutating func int8(_ id: Int, _ value: Int8) {
    head(id, .int8)
    bytes.append(UInt8(bitPattern: value))
  }

  mutating func truth(_ id: Int, _ value: Bool) { head(id, value ? .yes : .no) }

  mutating func text(_ id: Int, _ value: String) { binary(id, Array(value.utf8)) }

  mutating func binary(_ id: Int, _ value: [UInt8]) {
    head(id, .binary)
    varint(UInt64(value.count))
    bytes += value
  }

  mutating func structure(_ id: Int, _ fields: (inout CompactWriter) -> Void = { _ in }) {
    head(id, .structure)
    structure(fields)
  }

  mutating func list<Element>(
    _ id: Int, _ elements: [Element], of kind: CompactReader.Kind, _ write: (inout CompactWriter, Element) -> Void
  ) {
    head(id, .list)
    let count = UInt64(elements.count)
    bytes.append(UInt8(truncatingIfNeeded: min(count, 15)) << 4 | kind.rawValue)
    if count >= 15 { varint(count) }
    for element in elements { write(&self, element) }
  }

  // MARK: Elements

  /// A structure that is no field's value: the whole, or an element of a list.
  mutating func structure(_ fields: (inout CompactWriter) -> Void) {
    last.append(0)
    fields(&self)
    last.removeLast()
    bytes.append(0)
  }

  mutating func element(_ value: Int) { zigzag(Int64(value)) }

  mutating func element(_ value: String) {
    varint(UInt64(value.utf8.count))
    bytes += value.utf8
  }

  private mutating func head(_ id: Int, _ kind: CompactReader.Kind) {
    let step = id - last[last.count - 1]
    last[last.count - 1] = id
    if (1...15).contains(step) {
      bytes.append(UInt8(step) << 4 | kind.rawValue)
    } else {
      bytes.append(kind.rawValue)
      zigzag(Int64(id))
    }
  }

  private mutating func zigzag(_ value: Int64) { bytes.append(zigzag: value) }

  private mutating func varint(_ value: UInt64) { bytes.append(varint: value) }
}

extension [UInt8] {
  /// Appends a whole number of seven bits a byte (LEB128).
  mutating func append(varint value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(truncatingIfNeeded: rest))
  }

  /// The same with the sign in the lowest bit.
  mutating func append(zigzag value: Int64) { append(varint: UInt64(bitPattern: (value << 1) ^ (value >> 63))) }

  /// Appends a whole number of four bytes, the lowest first.
  mutating func append(word32 value: UInt32) {
    for place in 0..<4 { append(UInt8(truncatingIfNeeded: value >> UInt32(8 * place))) }
  }
}
