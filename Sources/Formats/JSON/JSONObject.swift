import Notation

/// Reads one object as a record, value by value: what is odd comes through here, and what is wrong is found here.
enum JSONObject {
  /// How deep objects and lists may stand within each other.
  static let depthLimit = 64

  /// Why a text is not one object.
  struct Fault: Sendable {
    /// nil for a text that is of another kind altogether.
    let error: JSONError?
    /// Bytes before the place at which it was seen.
    var place: Int { error?.offset ?? 0 }

    /// In words, as the end of a sentence; `position` says where, where bytes from the text's start do not.
    func words(at position: String? = nil) -> String {
      guard let error else { return "is not a JSON object" }
      return "is not one JSON object: " + (position.map { error.words(at: $0) } ?? error.words)
    }
  }

  /// Hands the keys and values of the object that a text is to `records`; what is wrong with it, nil where nothing is.
  static func read(_ text: UnsafeBufferPointer<UInt8>, _ records: inout some RecordTaker) -> Fault? {
    var parser = JSONParser(bytes: text, depthLimit: depthLimit)
    parser.skipSpace()
    guard parser.byte == UInt8(ascii: "{") else {
      let isEmpty = parser.place == parser.bytes.count
      return Fault(error: isEmpty ? JSONError(.expected("an object"), offset: parser.place) : nil)
    }
    do throws(JSONError) {
      try members(&parser, &records, below: RecordKeys.root)
      try parser.end()
      return nil
    } catch {
      return Fault(error: error)
    }
  }

  private static func members(
    _ parser: inout JSONParser, _ records: inout some RecordTaker, below parent: Int
  ) throws(JSONError) {
    try parser.members { (parser, name) throws(JSONError) in
      guard let key = records.key(name, below: parent) else {
        throw JSONError(.duplicateName(name), offset: parser.place)
      }
      parser.skipSpace()
      let start = parser.place
      if parser.byte == UInt8(ascii: "{") { return try members(&parser, &records, below: key) }
      let cell = try cell(&parser)
      let written = parser.bytes[start..<parser.place]
      guard records.take(cell, at: key, place: start, written: String(decoding: written, as: UTF8.self)) else {
        throw JSONError(.duplicateName(name), offset: start)
      }
    }
  }

  private static func cell(_ parser: inout JSONParser) throws(JSONError) -> RecordCell {
    let start = parser.place
    switch try parser.value() {
    case .null: return .missing
    case .bool(let value): return .bool(value)
    case .int(let value): return .int(value)
    case .string(let value): return .text(value)
    case .array, .object: return .list
    case .double(let value):
      let isWhole = parser.bytes[start..<parser.place].allSatisfy { $0 == UInt8(ascii: "-") || $0 &- 0x30 < 10 }
      guard isWhole, let base = parser.bytes.baseAddress else { return .float(value) }
      let number = WrittenNumber(.big, value.bitPattern)
      return .big(value, losesDigits: WholeNumber.losesDigits(number, base, start, parser.place))
    }
  }
}
