extension JSONValue {
  /// The value on one line without spaces.
  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The UTF-8 bytes of `text`.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    append(to: &bytes)
    return bytes
  }

  /// Appends the value on one line without spaces. O(size).
  public func append(to bytes: inout [UInt8]) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): JSONText.append(value, to: &bytes)
    case .int(let value): JSONText.append(value, to: &bytes)
    case .double(let value): JSONText.append(value, to: &bytes)
    case .string(let value): JSONText.append(value, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (place, element) in elements.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        element.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (place, member) in members.enumerated() {
        if place > 0 { bytes.append(UInt8(ascii: ",")) }
        JSONText.append(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.append(to: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// The value over several lines, indented by two spaces, arrays of plain values on one line: for files that people
  /// read and compare. Ends without a line break.
  public var prettyText: String {
    var bytes: [UInt8] = []
    appendPretty(to: &bytes, indent: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func appendPretty(to bytes: inout [UInt8], indent: Int) {
    switch self {
    case .array(let elements) where elements.contains { !$0.isPlain }:
      appendLines(elements, between: "[", "]", to: &bytes, indent: indent) { element, bytes in
        element.appendPretty(to: &bytes, indent: indent + 2)
      }
    case .object(let members) where !members.isEmpty:
      appendLines(members, between: "{", "}", to: &bytes, indent: indent) { member, bytes in
        JSONText.append(member.name, to: &bytes)
        bytes.append(contentsOf: ": ".utf8)
        member.value.appendPretty(to: &bytes, indent: indent + 2)
      }
    default: append(to: &bytes)
    }
  }

  private var isPlain: Bool { members == nil && elements == nil }

  private func appendLines<Item>(
    _ items: [Item], between open: String, _ close: String, to bytes: inout [UInt8], indent: Int,
    _ append: (Item, inout [UInt8]) -> Void
  ) {
    bytes.append(contentsOf: open.utf8)
    for (place, item) in items.enumerated() {
      bytes.append(contentsOf: (place > 0 ? ",\n" : "\n").utf8)
      bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent + 2))
      append(item, &bytes)
    }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: indent))
    bytes.append(contentsOf: close.utf8)
  }
}
