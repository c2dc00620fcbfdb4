import Tables

/// The bytes of one FlatBuffers message, of which nothing is believed: every place is checked before it is read.
///
/// By "FlatBuffers Internals" (flatbuffers.dev): little endian; an offset of 32 bits leads forwards; a table leads back to the list of
/// where its fields are.
final class FlatBytes: Sendable {
  let bytes: [UInt8]
  /// What errors call the file.
  let source: String

  init(_ bytes: [UInt8], source: String) {
    self.bytes = bytes
    self.source = source
  }

  var damaged: SourceError {
    SourceError(source: source, reason: .badFormat("the description of its columns or rows is damaged"))
  }

  /// The number at a place.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(at place: Int) throws(SourceError) -> Number {
    guard place >= 0, place <= bytes.count - MemoryLayout<Number>.size else { throw damaged }
    return Number(littleEndian: bytes.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: place, as: Number.self) })
  }

  /// Where the offset at a place leads: always further on.
  func target(of place: Int) throws(SourceError) -> Int {
    let offset: UInt32 = try number(at: place)
    let target = place + Int(offset)
    guard offset > 0, target < bytes.count else { throw damaged }
    return target
  }
}

/// A table of a FlatBuffers message: fields by number, each of which may be absent.
struct FlatTable: Sendable {
  let bytes: FlatBytes
  private let start: Int
  private let size: Int
  /// Where the list of the fields' places begins, and how long it is.
  private let list: Int
  private let listSize: Int

  /// The table that a message consists of.
  init(root bytes: FlatBytes) throws(SourceError) { try self.init(bytes, at: try bytes.target(of: 0)) }

  init(_ bytes: FlatBytes, at start: Int) throws(SourceError) {
    self.bytes = bytes
    self.start = start
    let back: Int32 = try bytes.number(at: start)
    list = start - Int(back)
    let (listSize, size): (UInt16, UInt16) = (try bytes.number(at: list), try bytes.number(at: list + 2))
    self.listSize = Int(listSize)
    self.size = Int(size)
    guard listSize >= 4, listSize % 2 == 0, size >= 4, list + Int(listSize) <= bytes.bytes.count,
      start + Int(size) <= bytes.bytes.count
    else { throw bytes.damaged }
  }

  /// Where a field is; nil where it is absent.
  private func place(of field: Int) throws(SourceError) -> Int? {
    let entry = 4 + 2 * field
    guard entry < listSize else { return nil }
    let offset: UInt16 = try bytes.number(at: list + entry)
    if offset == 0 { return nil }
    guard offset < size else { throw bytes.damaged }
    return start + Int(offset)
  }

  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    _ field: Int, otherwise fallback: Number
  ) throws(SourceError) -> Number {
    guard let place = try place(of: field) else { return fallback }
    return try bytes.number(at: place)
  }

  func table(_ field: Int) throws(SourceError) -> FlatTable? {
    guard let place = try place(of: field) else { return nil }
    return try FlatTable(bytes, at: try bytes.target(of: place))
  }

  /// A field that is a list, the elements of which have so many bytes.
  func list(_ field: Int, elementSize: Int) throws(SourceError) -> FlatList? {
    guard let place = try place(of: field) else { return nil }
    return try FlatList(bytes, at: try bytes.target(of: place), elementSize: elementSize)
  }

  func text(_ field: Int) throws(SourceError) -> String? {
    guard let letters = try list(field, elementSize: 1) else { return nil }
    guard let text = String(validating: letters.bytes.bytes[letters.range], as: UTF8.self) else { throw bytes.damaged }
    return text
  }
}

/// A list in a FlatBuffers message: numbers, structs or offsets one after the other.
struct FlatList: Sendable {
  let bytes: FlatBytes
  let count: Int
  private let start: Int
  private let elementSize: Int

  init(_ bytes: FlatBytes, at place: Int, elementSize: Int) throws(SourceError) {
    let count: UInt32 = try bytes.number(at: place)
    guard Int(count) <= (bytes.bytes.count - place - 4) / elementSize else { throw bytes.damaged }
    self.bytes = bytes
    self.count = Int(count)
    self.elementSize = elementSize
    start = place + 4
  }

  /// Where its bytes are.
  var range: Range<Int> { start..<start + count * elementSize }

  /// The number that lies `offset` bytes within an element.
  func number<Number: FixedWidthInteger & BitwiseCopyable>(
    of element: Int, offset: Int = 0
  ) throws(SourceError) -> Number {
    guard element >= 0, element < count else { throw bytes.damaged }
    return try bytes.number(at: start + element * elementSize + offset)
  }

  /// The table that an element leads to.
  func table(_ element: Int) throws(SourceError) -> FlatTable {
    guard element >= 0, element < count else { throw bytes.damaged }
    return try FlatTable(bytes, at: try bytes.target(of: start + element * elementSize))
  }
}
