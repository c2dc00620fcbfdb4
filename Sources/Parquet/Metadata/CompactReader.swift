/// Reads what Thrift's compact protocol has written: structures of numbered fields.
///
/// Whatever the bytes, nothing is read beyond them, and structures lie in each other to a bounded depth.
struct CompactReader {
  /// What is wrong with bytes.
  enum Failure: Error, Equatable {
    /// They end within a structure.
    case cut
    /// They are not of the protocol, or a field is not of its type.
    case malformed
  }

  enum Kind: UInt8 {
    case yes = 1
    case no, int8, int16, int32, int64, double, binary, list, set, map, structure, uuid
  }

  struct Field {
    let id: Int
    let kind: Kind
  }

  private static let deepest = 32

  private let base: UnsafePointer<UInt8>
  private let count: Int
  /// How many bytes were read.
  private(set) var at = 0
  private var depth = 0

  /// The bytes must stay in place while they are read.
  init(_ base: UnsafePointer<UInt8>, _ count: Int) {
    self.base = base
    self.count = count
  }

  // MARK: Structures

  /// Reads a structure: `take` is given each field and says whether it has read it; the others are passed over.
  mutating func structure(
    _ take: (inout CompactReader, Field) throws(Failure) -> Bool
  ) throws(Failure) {
    depth += 1
    guard depth <= Self.deepest else { throw .malformed }
    var id = 0
    while let field = try field(after: id) {
      id = field.id
      if try !take(&self, field) { try skip(field.kind) }
    }
    depth -= 1
  }

  /// A structure that is the value of a field.
  mutating func structure(
    _ field: Field, _ take: (inout CompactReader, Field) throws(Failure) -> Bool
  ) throws(Failure) {
    guard field.kind == .structure else { throw .malformed }
    try structure(take)
  }

  /// The next field of a structure; nil at its end.
  private mutating func field(after last: Int) throws(Failure) -> Field? {
    let head = try byte()
    if head == 0 { return nil }
    guard let kind = Kind(rawValue: head & 0x0F) else { throw .malformed }
    let step = Int(head >> 4)
    if step > 0 { return Field(id: last + step, kind: kind) }
    let id = try zigzag()
    guard let id = Int16(exactly: id) else { throw .malformed }
    return Field(id: Int(id), kind: kind)
  }

  /// Reads a list: `take` is called for each element.
  mutating func list(
    _ field: Field, of kind: Kind, _ take: (inout CompactReader, _ count: Int) throws(Failure) -> Void
  ) throws(Failure) {
    guard field.kind == .list || field.kind == .set else { throw .malformed }
    let (elements, found) = try listHead()
    guard elements == 0 || found == kind else { throw .malformed }
    for _ in 0..<elements { try take(&self, elements) }
  }

  /// How many elements there are, each of which takes a byte at least, and of which kind: of none some writers do not say it.
  private mutating func listHead() throws(Failure) -> (Int, Kind) {
    let head = try byte()
    let short = head >> 4
    let elements = short < 15 ? UInt64(short) : try varint()
    guard elements <= UInt64(count - at) else { throw .cut }
    guard let kind = Kind(rawValue: head & 0x0F) ?? (elements == 0 ? .yes : nil) else { throw .malformed }
    return (Int(elements), kind)
  }

  // MARK: Values

  func truth(_ field: Field) throws(Failure) -> Bool {
    guard field.kind == .yes || field.kind == .no else { throw .malformed }
    return field.kind == .yes
  }

  mutating func int(_ field: Field) throws(Failure) -> Int64 { try int(field.kind) }

  mutating func int32(_ field: Field) throws(Failure) -> Int32 {
    guard let value = Int32(exactly: try int(field.kind)) else { throw .malformed }
    return value
  }

  mutating func int(_ kind: Kind) throws(Failure) -> Int64 {
    switch kind {
    case .int8: return Int64(Int8(bitPattern: try byte()))
    case .int16, .int32, .int64: return try zigzag()
    default: throw .malformed
    }
  }

  /// Where the bytes of a text or of other data stand.
  mutating func binary(_ field: Field) throws(Failure) -> Range<Int> {
    guard field.kind == .binary else { throw .malformed }
    return try binary()
  }

  mutating func binary() throws(Failure) -> Range<Int> {
    let length = try varint()
    guard length <= UInt64(count - at) else { throw .cut }
    defer { at += Int(length) }
    return at..<at + Int(length)
  }

  /// A text; what is not UTF-8 in it is put right.
  mutating func text(_ field: Field) throws(Failure) -> String {
    let place = try binary(field)
    return String(decoding: UnsafeBufferPointer(start: base + place.lowerBound, count: place.count), as: UTF8.self)
  }

  private mutating func byte() throws(Failure) -> UInt8 {
    guard at < count else { throw .cut }
    at += 1
    return base[at - 1]
  }

  private mutating func varint() throws(Failure) -> UInt64 {
    var (value, shift) = (UInt64(0), UInt64(0))
    while shift < 64 {
      let byte = try byte()
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift += 7
    }
    throw .malformed
  }

  private mutating func zigzag() throws(Failure) -> Int64 {
    let value = try varint()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  private mutating func pass(_ length: Int) throws(Failure) {
    guard length <= count - at else { throw .cut }
    at += length
  }

  // MARK: Passing over

  private mutating func skip(_ kind: Kind) throws(Failure) {
    switch kind {
    case .yes, .no: return
    case .int8: try pass(1)
    case .int16, .int32, .int64: _ = try varint()
    case .double: try pass(8)
    case .uuid: try pass(16)
    case .binary: _ = try binary()
    case .structure: try structure { (_, _) throws(Failure) in false }
    case .list, .set:
      let (elements, kind) = try listHead()
      try nested { (reader) throws(Failure) in
        for _ in 0..<elements { try reader.skipElement(kind) }
      }
    case .map: try skipMap()
    }
  }

  private mutating func skipMap() throws(Failure) {
    let entries = try varint()
    if entries == 0 { return }
    let kinds = try byte()
    guard let key = Kind(rawValue: kinds >> 4), let value = Kind(rawValue: kinds & 0x0F) else { throw .malformed }
    guard entries <= UInt64(count - at) else { throw .cut }
    try nested { (reader) throws(Failure) in
      for _ in 0..<entries {
        try reader.skipElement(key)
        try reader.skipElement(value)
      }
    }
  }

  /// An element takes a byte where a field of truth takes none.
  private mutating func skipElement(_ kind: Kind) throws(Failure) {
    if kind == .yes || kind == .no { try pass(1) } else { try skip(kind) }
  }

  private mutating func nested(_ body: (inout CompactReader) throws(Failure) -> Void) throws(Failure) {
    depth += 1
    guard depth <= Self.deepest else { throw .malformed }
    try body(&self)
    depth -= 1
  }
}

/// Which fields of a structure were there, of those with numbers below 64.
struct SeenFields {
  private var bits: UInt64 = 0

  init() {}

  init(_ ids: [Int]) { for id in ids { insert(id) } }

  mutating func insert(_ id: Int) { if id >= 0, id < 64 { bits |= 1 << UInt64(id) } }

  /// Whether all of the others were.
  func has(_ others: SeenFields) -> Bool { bits & others.bits == others.bits }
}
