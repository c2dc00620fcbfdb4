import Notation

/// What the beginning of a text of JSON tells of how records stand in it.
enum JSONBeginning: Sendable {
  case records(RecordStart)
  /// More of it is needed.
  case unclear
  /// It holds no records: why, in words.
  case refused(String)
}

/// Tells by the beginning of a text where its records are.
enum JSONDocument {
  /// The byte order mark of UTF-8, which is no part of a text.
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Of a text that is to hold one object a line.
  static func lines(_ sample: [UInt8], isWhole: Bool) -> JSONBeginning {
    if isWide(sample) { return .refused(wideWords) }
    if !isWhole, !sample.contains(0x0A) { return .unclear }
    let first = sample.first { !isSpace($0) }
    return first == UInt8(ascii: "[")
      ? .refused("it begins with a list, and this format has one object a line; `format: json` reads a list of objects")
      : .records(.ofLines)
  }

  /// Of a text that is to hold a list of objects; one that has an object a line is taken too.
  static func any(_ sample: [UInt8], isWhole: Bool) -> JSONBeginning {
    if isWide(sample) { return .refused(wideWords) }
    return sample.withUnsafeBufferPointer { text in
      var at = sample.starts(with: mark) ? mark.count : 0
      while at < text.count, isSpace(text[at]) { at += 1 }
      if at == text.count { return isWhole ? .refused("it is empty, and JSON is at least `[]`") : .unclear }
      switch text[at] {
      case UInt8(ascii: "["):
        if let first = text[(at + 1)...].first(where: { !isSpace($0) }), first == UInt8(ascii: "[") {
          return .refused("it is a list of lists, which name no columns; \(pandasWords)")
        }
        let before = TextPosition(UnsafeBufferPointer(rebasing: text[...at]))
        return .records(RecordStart(layout: .list, offset: at + 1, line: before.line, column: before.column))
      case UInt8(ascii: "{"): return object(UnsafeBufferPointer(rebasing: text[at...]), isWhole: isWhole)
      default: return .refused("it begins with neither [ nor {, and a table is a list of objects")
      }
    }
  }

  private static let wideWords = "it is UTF-16; convert it to UTF-8, for example with `iconv -f UTF-16 -t UTF-8`"

  /// Whether each character has two bytes: JSON begins with one of ASCII.
  private static func isWide(_ sample: [UInt8]) -> Bool {
    if sample.starts(with: [0xFF, 0xFE]) || sample.starts(with: [0xFE, 0xFF]) { return true }
    let zeros = sample.prefix(4).map { $0 == 0 }
    return zeros == [true, false, true, false] || zeros == [false, true, false, true]
  }

  fileprivate static let pandasWords = "pandas writes a list of objects with `to_json(path, orient=\"records\")`"

  private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// Of a text that begins with an object.
  private static func object(_ text: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> JSONBeginning {
    let outline = ObjectOutline(text)
    if let end = outline.end {
      guard let next = text[end...].firstIndex(where: { !isSpace($0) }) else {
        return isWhole ? .refused(outline.words) : .unclear
      }
      guard text[next] == UInt8(ascii: "{") else {
        return .refused("there is text behind the object that it begins with")
      }
      // An object a line is what many programs write under this name.
      if !text[..<end].contains(0x0A), text[end..<next].contains(0x0A) { return .records(.ofLines) }
      return .refused("it holds objects one after the other and no list of them; `jq -s .` makes a list")
    }
    return .refused(outline.words)
  }
}

/// The members of an object as far as a text holds it, to tell what kind of document it is.
private struct ObjectOutline {
  private enum Kind { case rows, list, object, other }

  /// The place behind the object; nil where the text does not hold all of it, or it is none.
  private(set) var end: Int?
  private var members: [(name: String, kind: Kind)] = []

  init(_ text: UnsafeBufferPointer<UInt8>) {
    var parser = JSONParser(bytes: text, depthLimit: JSONObject.depthLimit)
    do throws(JSONError) {
      try parser.members { (parser, name) throws(JSONError) in
        parser.skipSpace()
        members.append((name, Self.kind(text, parser.place)))
        _ = try parser.value()
      }
      end = parser.place
    } catch {
      // What there is up to the place that is wrong, or cut off, tells enough.
      return
    }
  }

  private static func kind(_ text: UnsafeBufferPointer<UInt8>, _ place: Int) -> Kind {
    guard place < text.count else { return .other }
    switch text[place] {
    case UInt8(ascii: "{"): return .object
    case UInt8(ascii: "["):
      let first = text[(place + 1)...].first { $0 > 0x20 }
      return first == UInt8(ascii: "{") ? .rows : .list
    default: return .other
    }
  }

  var words: String {
    if let rows = members.first(where: { $0.kind == .rows }) {
      let name = SafeText.escaped(rows.name)
      return
        "its rows are within an object, at '\(name)'; a table is a list of objects, and `jq .\(name)` gives that alone"
    }
    if !members.isEmpty, members.allSatisfy({ $0.kind == .object || $0.kind == .list }) {
      return "it is an object of columns, and a table is a list of objects; \(JSONDocument.pandasWords)"
    }
    return
      "it is one object and no list of them; in [ ] it is a table of one row, and `format: jsonl` reads one object a line"
  }
}
