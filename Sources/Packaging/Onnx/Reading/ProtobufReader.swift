import Plan

/// Protobuf's wire format, as far as ONNX files need it read: every length is held against the bytes that there are.
struct ProtobufReader {
  enum Content {
    case number(UInt64)
    /// The place of a text, a list or a message.
    case counted(Range<Int>)
  }

  let bytes: [UInt8]
  private var place: Int
  private let end: Int

  /// `range` must lie in the bytes.
  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    (place, end) = (range.lowerBound, range.upperBound)
  }

  /// The next field; nil at the end.
  mutating func next() throws(ExportFault) -> (field: UInt64, content: Content)? {
    guard place < end else { return nil }
    let tag = try varint()
    switch tag & 7 {
    case 0: return (tag >> 3, .number(try varint()))
    case 1: return (tag >> 3, .counted(try take(8)))
    case 2: return (tag >> 3, .counted(try take(try varint())))
    case 5: return (tag >> 3, .counted(try take(4)))
    // any other kind is not written any more
    default: throw fault("a field is of no known kind")
    }
  }

  /// Whole numbers one after the other.
  mutating func numbers() throws(ExportFault) -> [Int64] {
    var numbers: [Int64] = []
    while place < end { numbers.append(Int64(bitPattern: try varint())) }
    return numbers
  }

  private func fault(_ reason: String) -> ExportFault { ExportFault(.unreadable("byte \(place): \(reason)")) }

  private mutating func take(_ count: UInt64) throws(ExportFault) -> Range<Int> {
    guard count <= UInt64(end - place) else { throw fault("the file ends early") }
    defer { place += Int(count) }
    return place..<place + Int(count)
  }

  private mutating func varint() throws(ExportFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard place < end else { throw fault("the file ends early") }
      let next = bytes[place]
      place += 1
      value |= UInt64(next & 0x7f) << shift
      if next < 0x80 { return value }
    }
    throw fault("a whole number does not end")
  }
}

extension ProtobufReader.Content {
  func number() throws(ExportFault) -> Int64 {
    guard case .number(let value) = self else { throw ExportFault(.unreadable("a whole number is not one")) }
    return Int64(bitPattern: value)
  }

  func range() throws(ExportFault) -> Range<Int> {
    guard case .counted(let range) = self else { throw ExportFault(.unreadable("a part is a whole number")) }
    return range
  }

  func text(_ bytes: [UInt8]) throws(ExportFault) -> String {
    guard let text = String(validating: bytes[try range()], as: UTF8.self) else {
      throw ExportFault(.unreadable("a text is not UTF-8"))
    }
    return text
  }

  func message(_ bytes: [UInt8]) throws(ExportFault) -> ProtobufReader { ProtobufReader(bytes, try range()) }

  /// One whole number or many: a list may be written either way.
  func numbers(_ bytes: [UInt8]) throws(ExportFault) -> [Int64] {
    switch self {
    case .number(let value): return [Int64(bitPattern: value)]
    case .counted(let range):
      var reader = ProtobufReader(bytes, range)
      return try reader.numbers()
    }
  }
}
