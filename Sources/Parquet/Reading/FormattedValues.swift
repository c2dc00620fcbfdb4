import Notation

/// Writes values that are no texts by themselves as texts.
extension TextRule {
  /// Takes the next plain value and appends its text.
  func append(_ values: inout ByteCursor, to text: inout [UInt8]) throws(ParquetFailure) {
    switch self {
    case .utf8(let length): text += try values.bytes(length)
    case .uuid: Self.appendUUID(try values.bytes(16), to: &text)
    case .uint64: text += "\(try values.values(1, width: 8).loadUnaligned(as: UInt64.self))".utf8
    case .time(.milliseconds):
      ClockText.append(Int64(try values.values(1, width: 4).loadUnaligned(as: Int32.self)), perSecond: 1000, to: &text)
    case .time(.microseconds):
      ClockText.append(try values.values(1, width: 8).loadUnaligned(as: Int64.self), perSecond: 1_000_000, to: &text)
    case .time(.nanoseconds):
      ClockText.append(
        try values.values(1, width: 8).loadUnaligned(as: Int64.self), perSecond: 1_000_000_000, to: &text)
    case .decimal(let layout, let scale):
      guard let number = try values.wideInt(layout) else { throw .damaged("it has a decimal of more than 32 bytes") }
      number.append(scale: scale, to: &text)
    }
  }

  /// `123e4567-e89b-12d3-a456-426614174000` (RFC 9562).
  private static func appendUUID(_ bytes: UnsafeBufferPointer<UInt8>, to text: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    for (place, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(place) { text.append(UInt8(ascii: "-")) }
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
  }
}

extension ByteCursor {
  /// The bytes of the next value; the length is nil where each has its own.
  fileprivate mutating func bytes(_ length: Int?) throws(ParquetFailure) -> UnsafeBufferPointer<UInt8> {
    guard let length else { return try value() }
    return UnsafeBufferPointer(start: try values(1, width: length).assumingMemoryBound(to: UInt8.self), count: length)
  }

  /// The next decimal's whole number; nil for one that is too long.
  fileprivate mutating func wideInt(_ layout: DecimalLayout) throws(ParquetFailure) -> WideInt? {
    switch layout {
    case .int32: return WideInt(Int64(try values(1, width: 4).loadUnaligned(as: Int32.self)))
    case .int64: return WideInt(try values(1, width: 8).loadUnaligned(as: Int64.self))
    case .bytes(let length):
      let bytes = try bytes(length)
      return bytes.isEmpty ? WideInt(0) : WideInt(bytes, isSigned: true)
    }
  }
}
