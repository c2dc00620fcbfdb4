import Plan
import Scoring
import Tables

@testable import Packaging

/// What a writer with a fault would have written.
enum BrokenFile {
  struct NotThere: Error {}

  /// The same bytes with one number, which stands there once at least, in the place of another.
  static func replacing(_ old: Double, by new: Double, in bytes: [UInt8]) throws -> [UInt8] {
    try replacing(littleEndian(old), by: littleEndian(new), in: bytes)
  }

  static func replacing(_ old: String, by new: String, in bytes: [UInt8]) throws -> [UInt8] {
    try replacing(Array(old.utf8), by: Array(new.utf8), in: bytes)
  }

  private static func replacing(_ old: [UInt8], by new: [UInt8], in bytes: [UInt8]) throws -> [UInt8] {
    guard let place = bytes.firstRange(of: old) else { throw NotThere() }
    return bytes[..<place.lowerBound] + new + bytes[place.upperBound...]
  }

  private static func littleEndian(_ value: Double) -> [UInt8] {
    withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
  }

  /// An ONNX file without one of its nodes.
  static func dropping(node dropped: Int, of bytes: [UInt8]) throws -> [UInt8] {
    try rebuilt(bytes, bytes.indices) { field, range, writer in
      guard field == 7 else { return false }
      var seen = 0
      let graph = try rebuilt(bytes, range) { field, _, _ in
        if field == 1 { seen += 1 }
        return field == 1 && seen - 1 == dropped
      }
      guard seen > dropped else { throw NotThere() }
      writer.counted(7, graph)
      return true
    }
  }

  /// A message field by field; `change` is asked of each that is counted whether it has dealt with it.
  private static func rebuilt(
    _ bytes: [UInt8], _ range: Range<Int>,
    _ change: (UInt64, Range<Int>, inout ProtobufWriter) throws -> Bool
  ) throws -> [UInt8] {
    var reader = ProtobufReader(bytes, range)
    var writer = ProtobufWriter()
    while let (field, content) = try reader.next() {
      switch content {
      case .number(let value): writer.int(field, Int64(bitPattern: value))
      case .counted(let part): if try !change(field, part, &writer) { writer.counted(field, bytes[part]) }
      }
    }
    return writer.bytes
  }
}
