extension JSONValue {
  /// Reads one JSON value from UTF-8 bytes, strictly by RFC 8259.
  ///
  /// A whole number beyond Int64 becomes a double; one that no double can hold is an error, as is a name that stands
  /// twice in an object. `limit` bounds the bytes and `depth` the nesting, before memory or stack is spent on them.
  /// O(bytes).
  public init(parsing bytes: [UInt8], depth: Int = 64, limit: Int = 64 << 20) throws(JSONError) {
    guard bytes.count <= limit else { throw JSONError(.tooLong(limit: limit), offset: limit) }
    self = try bytes.withUnsafeBufferPointer { bytes throws(JSONError) in
      var parser = JSONParser(bytes: bytes, depthLimit: depth)
      return try parser.document()
    }
  }

  public init(parsing text: String, depth: Int = 64, limit: Int = 64 << 20) throws(JSONError) {
    try self.init(parsing: Array(text.utf8), depth: depth, limit: limit)
  }
}

/// A recursive-descent reader over bytes that outlive it; its depth is bounded by `depthLimit`.
///
/// The buffer's subscript is unchecked in release builds: every place below is compared with `count` first.
public struct JSONParser {
  public let bytes: UnsafeBufferPointer<UInt8>
  private let depthLimit: Int
  /// How many bytes have been read.
  public internal(set) var place = 0
  private var depth = 0

  public init(bytes: UnsafeBufferPointer<UInt8>, depthLimit: Int) {
    self.bytes = bytes
    self.depthLimit = depthLimit
  }

  /// The byte at the current place; 0, which no JSON token holds, at the end.
  @inline(__always) public var byte: UInt8 { place < bytes.count ? bytes[place] : 0 }

  mutating func document() throws(JSONError) -> JSONValue {
    let value = try self.value()
    try end()
    return value
  }

  /// Throws where anything but white space is left.
  public mutating func end() throws(JSONError) {
    skipSpace()
    guard place == bytes.count else { throw JSONError(.trailingText, offset: place) }
  }

  public mutating func skipSpace() {
    while place < bytes.count, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { place += 1 }
  }

  /// The value that begins at the next byte that is not white space.
  public mutating func value() throws(JSONError) -> JSONValue {
    skipSpace()
    switch byte {
    case UInt8(ascii: "{"): return try object()
    case UInt8(ascii: "["):
      try descend()
      return try array()
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw JSONError(.expected("a value"), offset: place)
    }
  }

  /// Past an opening bracket, one level deeper.
  private mutating func descend() throws(JSONError) {
    guard depth < depthLimit else { throw JSONError(.tooDeep(limit: depthLimit), offset: place) }
    depth += 1
    place += 1
  }

  /// Past `closing`, one level up, and true; or past a comma, and false.
  private mutating func ends(_ closing: UInt8) throws(JSONError) -> Bool {
    skipSpace()
    if byte == closing {
      depth -= 1
      place += 1
      return true
    }
    guard byte == UInt8(ascii: ",") else {
      throw JSONError(.expected("',' or '\(Character(Unicode.Scalar(closing)))'"), offset: place)
    }
    place += 1
    return false
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let start = place
    for offset in 0..<word.utf8CodeUnitCount {
      guard byte == word.utf8Start[offset] else { throw JSONError(.expected("a value"), offset: start) }
      place += 1
    }
    return value
  }

  private mutating func array() throws(JSONError) -> JSONValue {
    var elements: [JSONValue] = []
    skipSpace()
    if byte == UInt8(ascii: "]"), try ends(UInt8(ascii: "]")) { return .array([]) }
    repeat { elements.append(try value()) } while try !ends(UInt8(ascii: "]"))
    return .array(elements)
  }

  private mutating func object() throws(JSONError) -> JSONValue {
    var members: [JSONMember] = []
    var names = SeenNames()
    try self.members { (parser, name) throws(JSONError) in
      guard names.insert(name, among: members) else { throw JSONError(.duplicateName(name), offset: parser.place) }
      members.append(JSONMember(name, try parser.value()))
    }
    return .object(members)
  }

  /// The members of an object from its opening brace on. `member` is given the parser after each name and has to read the
  /// value; it is what tells a name that stands twice.
  public mutating func members(
    _ member: (inout JSONParser, String) throws(JSONError) -> Void
  ) throws(JSONError) {
    try descend()
    skipSpace()
    if byte == UInt8(ascii: "}"), try ends(UInt8(ascii: "}")) { return }
    repeat {
      skipSpace()
      try member(&self, try name())
    } while try !ends(UInt8(ascii: "}"))
  }

  private mutating func name() throws(JSONError) -> String {
    guard byte == UInt8(ascii: "\"") else { throw JSONError(.expected("a name in quotes"), offset: place) }
    let name = try string()
    skipSpace()
    guard byte == UInt8(ascii: ":") else { throw JSONError(.expected("':'"), offset: place) }
    place += 1
    return name
  }
}

/// Finds a second member of the same name: by looking while there are few, by hashing when there are many, so that a
/// hostile object costs linear time.
private struct SeenNames {
  private var names: Set<String> = []

  mutating func insert(_ name: String, among members: [JSONMember]) -> Bool {
    if members.count < 12 { return !members.contains { $0.name == name } }
    if names.isEmpty { names = Set(members.map(\.name)) }
    return names.insert(name).inserted
  }
}
