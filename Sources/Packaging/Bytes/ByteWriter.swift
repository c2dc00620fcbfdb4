/// Appends values in the package's spelling, of which each value has exactly one.
///
/// Whole numbers are zigzag LEB128, doubles their eight bytes from the lowest, text and lists their count and what they hold.
package struct ByteWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package mutating func raw(_ values: some Sequence<UInt8>) { bytes.append(contentsOf: values) }

  package mutating func byte(_ value: UInt8) { bytes.append(value) }

  package mutating func bool(_ value: Bool) { bytes.append(value ? 1 : 0) }

  package mutating func fixed(_ value: UInt32) { raw(withUnsafeBytes(of: value.littleEndian) { Array($0) }) }

  package mutating func fixed(_ value: UInt64) { raw(withUnsafeBytes(of: value.littleEndian) { Array($0) }) }

  package mutating func count(_ value: Int) { unsigned(UInt64(value)) }

  package mutating func int(_ value: Int64) { unsigned(UInt64(bitPattern: (value &<< 1) ^ (value &>> 63))) }

  package mutating func int(_ value: Int) { int(Int64(value)) }

  package mutating func unsigned(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  package mutating func double(_ value: Double) { fixed(value.bitPattern) }

  package mutating func text(_ value: String) {
    count(value.utf8.count)
    bytes.append(contentsOf: value.utf8)
  }

  package mutating func list<Element>(_ values: [Element], _ write: (inout ByteWriter, Element) -> Void) {
    count(values.count)
    for value in values { write(&self, value) }
  }

  package mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
    bool(value != nil)
    if let value { write(&self, value) }
  }

  package mutating func doubles(_ values: [Double]) { list(values) { $0.double($1) } }

  package mutating func texts(_ values: [String]) { list(values) { $0.text($1) } }
}
