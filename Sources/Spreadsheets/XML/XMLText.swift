import Formats
import Tables

/// Text and values of attributes as they are written in XML.
enum XMLText {
  @inline(__always)
  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

  /// Appends the characters that a text stands for: the five entities and numbers of characters, and line feeds for returns.
  static func decode(
    _ written: ArraySlice<UInt8>, into result: inout [UInt8], _ bad: (String) -> SourceError
  ) throws(SourceError) {
    var at = written.startIndex
    while at < written.endIndex {
      let byte = written[at]
      at += 1
      if byte == UInt8(ascii: "&") {
        guard let end = written[at..<min(at + 12, written.endIndex)].firstIndex(of: UInt8(ascii: ";")),
          let scalar = scalar(written[at..<end])
        else { throw bad("an entity that is not known") }
        result.append(contentsOf: String(Character(scalar)).utf8)
        at = end + 1
      } else if byte == 0x0D {
        result.append(0x0A)
        if at < written.endIndex, written[at] == 0x0A { at += 1 }
      } else {
        result.append(byte)
      }
    }
    guard UTF8Text.isValid(result) else { throw bad("it has bytes that are no text") }
  }

  private static func scalar(_ name: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard name.first == UInt8(ascii: "#") else { return entities[String(decoding: name, as: UTF8.self)] }
    let digits = String(decoding: name.dropFirst(), as: UTF8.self)
    let number = digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
    return number.flatMap { $0 == 0 ? nil : Unicode.Scalar($0) }
  }

  private static let entities: [String: Unicode.Scalar] = ["amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'"]

  /// Appends a text as XML holds it between tags or in quotes.
  static func append(_ text: some Sequence<UInt8>, to result: inout [UInt8]) {
    for byte in text {
      switch byte {
      case UInt8(ascii: "&"): result.append(contentsOf: "&amp;".utf8)
      case UInt8(ascii: "<"): result.append(contentsOf: "&lt;".utf8)
      case UInt8(ascii: ">"): result.append(contentsOf: "&gt;".utf8)
      case UInt8(ascii: "\""): result.append(contentsOf: "&quot;".utf8)
      default: result.append(byte)
      }
    }
  }
}

/// Finds in which encoding a document is.
enum XMLEncoding {
  /// The document as UTF-8. Throws `badFormat` where it says that it is in another encoding than UTF-8 or UTF-16.
  static func decoded(_ stream: any ByteStream, source: String) throws(SourceError) -> any ByteStream {
    let head = HeadedStream(stream)
    let first = try head.peek(160)
    if first.starts(with: [0xFF, 0xFE]) || first.starts(with: [0x3C, 0x00]) {
      return RecodedStream(head, UTF16Recoder(isBigEndian: false, source: source), isAtEnd: false)
    }
    if first.starts(with: [0xFE, 0xFF]) || first.starts(with: [0x00, 0x3C]) {
      return RecodedStream(head, UTF16Recoder(isBigEndian: true, source: source), isAtEnd: false)
    }
    if let name = declared(first), !known.contains(name) {
      throw SourceError(
        source: source, reason: .badFormat("a part of it is written in \(name), and only UTF-8 is read"))
    }
    return head
  }

  private static let known: Set<String> = ["utf-8", "utf8", "us-ascii", "ascii", "utf-16"]

  /// The name that the declaration in front gives.
  private static func declared(_ head: [UInt8]) -> String? {
    let text = String(decoding: head.map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
    guard text.hasPrefix("<?xml"), let end = text.firstRange(of: "?>"),
      let key = text[..<end.lowerBound].firstRange(of: "encoding")
    else { return nil }
    let value = text[key.upperBound..<end.lowerBound].drop { $0 == " " || $0 == "=" }
    guard let quote = value.first, quote == "\"" || quote == "'" else { return nil }
    return value.dropFirst().prefix { $0 != quote }.lowercased()
  }
}

/// A stream whose first bytes were looked at.
private final class HeadedStream: ByteStream {
  private let stream: any ByteStream
  private var head: [UInt8] = []
  private var given = 0

  init(_ stream: any ByteStream) { self.stream = stream }

  var taken: Int { stream.taken }
  var size: Int? { stream.size }

  /// The first bytes, which are read again later.
  func peek(_ count: Int) throws(SourceError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var outcome: Result<Int, SourceError> = .success(0)
    bytes.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) { outcome = .success(try stream.fill(base, count)) } catch { outcome = .failure(error) }
    }
    head = Array(bytes.prefix(try outcome.get()))
    return head
  }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    guard given < head.count else { return try stream.read(into: target, count) }
    let wanted = min(count, head.count - given)
    head.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { target.copyMemory(from: base + given, byteCount: wanted) }
    }
    given += wanted
    return wanted
  }
}
