/// Reads what `ByteWriter` wrote, within bounds: no list is given memory before the bytes that could hold it are seen, and each
/// value is taken only in the one spelling that the writer gives it.
package struct ByteReader {
  private let bytes: [UInt8]
  package private(set) var position: Int
  package let end: Int
  /// Of expressions within expressions.
  var maximumDepth = 0

  /// `range` must lie in the bytes.
  package init(_ bytes: [UInt8], in range: Range<Int>) {
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  package var remaining: Int { end - position }

  package func failure(_ reason: PackageError.Reason) -> PackageError { PackageError(offset: position, reason) }

  package func starts(with tag: [UInt8]) -> Bool { bytes[position..<end].starts(with: tag) }

  /// A reader of the next `count` bytes, at most those that remain.
  func nested(_ count: Int) -> ByteReader {
    var reader = ByteReader(bytes, in: position..<position + min(max(0, count), remaining))
    reader.maximumDepth = maximumDepth
    return reader
  }

  package mutating func raw(_ count: Int) throws(PackageError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw failure(.truncated) }
    defer { position += count }
    return bytes[position..<position + count]
  }

  package mutating func byte() throws(PackageError) -> UInt8 {
    guard position < end else { throw failure(.truncated) }
    defer { position += 1 }
    return bytes[position]
  }

  package mutating func bool() throws(PackageError) -> Bool {
    let start = position
    switch try byte() {
    case 0: return false
    case 1: return true
    // any other byte
    default: throw PackageError(offset: start, .badValue("a yes or no"))
    }
  }

  package mutating func fixed32() throws(PackageError) -> UInt32 {
    try raw(4).reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  package mutating func fixed64() throws(PackageError) -> UInt64 {
    guard remaining >= 8 else { throw failure(.truncated) }
    var value: UInt64 = 0
    for place in (0..<8).reversed() { value = value << 8 | UInt64(bytes[position + place]) }
    position += 8
    return value
  }

  package mutating func unsigned() throws(PackageError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      let next = try byte()
      // The tenth byte holds the last bit only, and a last byte of zero would be a second spelling.
      guard shift < 63 || next <= 1, shift == 0 || next != 0 else { break }
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
    }
    throw PackageError(offset: start, .badValue("a whole number"))
  }

  package mutating func int64() throws(PackageError) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  package mutating func int() throws(PackageError) -> Int { Int(try int64()) }

  package mutating func double() throws(PackageError) -> Double { Double(bitPattern: try fixed64()) }

  /// A count of things that take at least `each` bytes.
  package mutating func count(each: Int) throws(PackageError) -> Int {
    let start = position
    let value = try unsigned()
    guard value <= UInt64(remaining / max(1, each)) else { throw PackageError(offset: start, .truncated) }
    return Int(value)
  }

  package mutating func text() throws(PackageError) -> String {
    let length = try count(each: 1)
    let start = position
    guard let text = String(validating: try raw(length), as: UTF8.self) else {
      throw PackageError(offset: start, .badText)
    }
    return text
  }

  /// A list of things that take at least `each` bytes.
  package mutating func list<Element>(
    each: Int, _ read: (inout ByteReader) throws(PackageError) -> Element
  ) throws(PackageError) -> [Element] {
    let count = try count(each: each)
    var values: [Element] = []
    values.reserveCapacity(min(count, 4096))
    for _ in 0..<count { values.append(try read(&self)) }
    return values
  }

  package mutating func optional<Value>(
    _ read: (inout ByteReader) throws(PackageError) -> Value
  ) throws(PackageError) -> Value? {
    try bool() ? try read(&self) : nil
  }

  package mutating func doubles() throws(PackageError) -> [Double] {
    try list(each: 8) { (reader) throws(PackageError) in try reader.double() }
  }

  package mutating func texts() throws(PackageError) -> [String] {
    try list(each: 1) { (reader) throws(PackageError) in try reader.text() }
  }

  /// One of the words of a closed set, stored by its name.
  package mutating func word<Word: RawRepresentable<String>>(_ type: Word.Type) throws(PackageError) -> Word {
    let start = position
    let name = try text()
    guard let word = Word(rawValue: name), word.rawValue.utf8.elementsEqual(name.utf8) else {
      throw PackageError(offset: start, .unknownName(name))
    }
    return word
  }
}
