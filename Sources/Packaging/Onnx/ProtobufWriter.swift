/// Protobuf's wire format, as far as ONNX files need it written: varints, counted bytes and packed numbers.
///
/// A file that is only ever written, in a handful of messages, does not earn a library's minute of build time.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  private mutating func varint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func int(_ field: UInt64, _ value: Int64) {
    varint(field << 3)
    varint(UInt64(bitPattern: value))
  }

  mutating func counted(_ field: UInt64, _ content: some Collection<UInt8>) {
    varint(field << 3 | 2)
    varint(UInt64(content.count))
    bytes.append(contentsOf: content)
  }

  mutating func text(_ field: UInt64, _ value: String) { counted(field, value.utf8) }

  mutating func message(_ field: UInt64, _ write: (inout ProtobufWriter) -> Void) {
    var content = ProtobufWriter()
    write(&content)
    counted(field, content.bytes)
  }

  mutating func append(_ other: ProtobufWriter) { bytes.append(contentsOf: other.bytes) }

  mutating func packed(_ field: UInt64, _ values: [Int64]) {
    message(field) { for value in values { $0.varint(UInt64(bitPattern: value)) } }
  }
}
