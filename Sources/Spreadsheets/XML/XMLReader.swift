import Formats
import Glibc
import Tables

/// A pull parser of XML 1.0 as the parts of packages are written: UTF-8 or UTF-16, elements, attributes, text.
///
/// A document type is refused, so that there are no entities but the five of XML itself. Namespaces are not told apart: a name is what
/// stands behind its prefix. A tag, a run of text, and how deep elements are nested are bounded; memory does not grow with the document.
final class XMLReader {
  enum Token {
    /// A tag opens an element; one without content is followed by `end`.
    case start
    case end
    /// Text, or a part of it.
    case text
    case done
  }

  static let (mostDepth, mostTag, mostText) = (256, 1 << 20, 1 << 24)

  private let stream: any ByteStream
  let part: String
  private let source: String
  private var buffer: [UInt8]
  private var (at, filled) = (0, 0)
  private var isAtEnd = false
  /// The names of the elements that are open, one after the other, and where each ends.
  private var open: [UInt8] = []
  private var ends: [Int] = []
  private var hasRoot = false
  /// The tag at hand has no content, so that its end comes next.
  private var isEmpty = false
  private var tag = XMLTag()
  /// The text at hand, decoded.
  private(set) var text: [UInt8] = []

  /// `part` is what messages call the document.
  init(_ stream: any ByteStream, part: String, source: String) throws(SourceError) {
    self.part = part
    self.source = source
    buffer = [UInt8](repeating: 0, count: 1 << 16)
    self.stream = try XMLEncoding.decoded(stream, source: source)
    if try has(3), buffer[0..<3] == [0xEF, 0xBB, 0xBF] { at = 3 }
  }

  /// How deep the element at hand is nested.
  var depth: Int { ends.count }

  /// Whether the element of the last `start` or `end` has this name, whatever its prefix.
  func isNamed(_ name: StaticString) -> Bool { tag.name.isEqual(to: name, in: tag.bytes) }

  /// The value of an attribute of the last `start`; nil where there is none.
  func attribute(_ name: StaticString) throws(SourceError) -> [UInt8]? {
    guard let value = tag.value(name) else { return nil }
    var decoded: [UInt8] = []
    try XMLText.decode(value, into: &decoded) { words in bad(words) }
    return decoded
  }

  /// The value of an attribute as it is written, where entities make no sense: a number, a word.
  func word(_ name: StaticString) -> ArraySlice<UInt8>? { tag.value(name) }

  /// The same as text.
  func string(_ name: StaticString) throws(SourceError) -> String? {
    try attribute(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The next token. Throws `badFormat` for what is no well-formed XML.
  func next() throws(SourceError) -> Token {
    if isEmpty {
      isEmpty = false
      try close(tag.qualified)
      return .end
    }
    while true {
      guard try has(1) else {
        guard ends.isEmpty, hasRoot else { throw bad("it ends early") }
        return .done
      }
      if buffer[at] != UInt8(ascii: "<") {
        if try readText() { return .text }
        continue
      }
      guard try has(2) else { throw bad("it ends early") }
      switch buffer[at + 1] {
      case UInt8(ascii: "/"):
        try readEnd()
        return .end
      case UInt8(ascii: "?"): try skip(to: "?>", from: 2)
      case UInt8(ascii: "!"): if try readMarked() { return .text }
      default:
        try readStart()
        return .start
      }
    }
  }

  /// Passes over what is left of the element of the last `start`.
  func skipElement() throws(SourceError) {
    let outer = depth - 1
    while depth > outer { _ = try next() }
  }

  func bad(_ words: String) -> SourceError {
    SourceError(source: source, reason: .badFormat("'\(part)' is no sound XML: \(words)"))
  }

  // MARK: tags

  private func readStart() throws(SourceError) {
    let end = try endOfTag()
    try tag.read(buffer, at + 1..<end) { words in bad(words) }
    at = end + 1
    guard !(hasRoot && ends.isEmpty) else { throw bad("it goes on behind its end") }
    hasRoot = true
    guard ends.count < Self.mostDepth else { throw bad("elements are nested more than \(Self.mostDepth) deep") }
    open.append(contentsOf: tag.qualified)
    ends.append(open.count)
    isEmpty = tag.isEmpty
  }

  private func readEnd() throws(SourceError) {
    let end = try endOfTag()
    var name = buffer[at + 2..<end]
    while let last = name.last, XMLText.isBlank(last) { name.removeLast() }
    try close(name)
    tag.takeName(name)
    at = end + 1
  }

  private func close(_ name: ArraySlice<UInt8>) throws(SourceError) {
    guard let last = ends.popLast() else { throw bad("an end without a start") }
    let start = ends.last ?? 0
    guard open[start..<last].elementsEqual(name) else { throw bad("an end that belongs to another start") }
    open.removeLast(last - start)
  }

  /// Where the tag at hand ends: the `>` that does not stand in quotes.
  private func endOfTag() throws(SourceError) -> Int {
    var place = at + 1
    var quote: UInt8 = 0
    while true {
      while place < filled {
        let byte = buffer[place]
        if quote != 0 {
          if byte == quote { quote = 0 }
        } else if byte == UInt8(ascii: ">") {
          return place
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: "<") {
          throw bad("a tag within a tag")
        }
        place += 1
      }
      let before = at
      guard try refill(keeping: Self.mostTag) else { throw bad("it ends early") }
      place += at - before
    }
  }

  // MARK: text

  /// Reads up to the next tag; false where only blanks stand between elements.
  private func readText() throws(SourceError) -> Bool {
    text.removeAll(keepingCapacity: true)
    var isFinal = false
    var hasMarks = false
    while !isFinal {
      let found = buffer[at..<filled].firstIndex(of: UInt8(ascii: "<"))
      isFinal = found != nil
      let end = found ?? filled
      hasMarks = hasMarks || buffer[at..<end].contains { $0 == UInt8(ascii: "&") || $0 == 0x0D }
      text.append(contentsOf: buffer[at..<end])
      at = end
      if text.count > Self.mostText { throw bad("more than \(Self.mostText) bytes of text") }
      if !isFinal, !(try has(1)) { isFinal = true }
    }
    if hasMarks {
      var decoded: [UInt8] = []
      try XMLText.decode(text[...], into: &decoded) { words in bad(words) }
      text = decoded
    } else if !UTF8Text.isValid(text) {
      throw bad("it has bytes that are no text")
    }
    if !ends.isEmpty { return true }
    guard text.allSatisfy(XMLText.isBlank) else { throw bad("text outside its root") }
    return false
  }

  /// Reads what begins with `<!`; true where it is text.
  private func readMarked() throws(SourceError) -> Bool {
    if try has(4), buffer[at + 2] == UInt8(ascii: "-"), buffer[at + 3] == UInt8(ascii: "-") {
      try skip(to: "-->", from: 4)
      return false
    }
    guard try has(9), buffer[at..<at + 9].elementsEqual("<![CDATA[".utf8), !ends.isEmpty else {
      throw bad("it has a document type, which is not read")
    }
    text.removeAll(keepingCapacity: true)
    try skip(to: "]]>", from: 9, keeping: true)
    guard UTF8Text.isValid(text) else { throw bad("it has bytes that are no text") }
    return true
  }

  /// Passes over all up to some marks, taking it as text where it is to be kept.
  private func skip(to marks: StaticString, from start: Int, keeping: Bool = false) throws(SourceError) {
    at += start
    let size = marks.utf8CodeUnitCount
    while try has(size) {
      if buffer[at] == marks.utf8Start[0], (1..<size).allSatisfy({ buffer[at + $0] == marks.utf8Start[$0] }) {
        at += size
        return
      }
      if keeping { text.append(buffer[at]) }
      if text.count > Self.mostText { throw bad("more than \(Self.mostText) bytes of text") }
      at += 1
    }
    throw bad("it ends early")
  }

  // MARK: bytes

  /// Whether there are so many bytes more.
  private func has(_ count: Int) throws(SourceError) -> Bool {
    while filled - at < count { if !(try refill(keeping: count)) { return false } }
    return true
  }

  /// Reads more behind what is not taken yet, which is at most `most` bytes; false at the end.
  private func refill(keeping most: Int) throws(SourceError) -> Bool {
    if isAtEnd { return false }
    if at > 0 {
      buffer.withUnsafeMutableBytes { bytes in
        if let base = bytes.baseAddress { memmove(base, base + at, filled - at) }
      }
      filled -= at
      at = 0
    }
    if filled == buffer.count {
      guard filled < most else { throw bad("a tag longer than \(most) bytes") }
      buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count))
    }
    var outcome: Result<Int, SourceError> = .success(0)
    buffer.withUnsafeMutableBytes { bytes in
      guard let base = bytes.baseAddress else { return }
      do throws(SourceError) {
        outcome = .success(try stream.read(into: base + filled, bytes.count - filled))
      } catch { outcome = .failure(error) }
    }
    let got = try outcome.get()
    filled += got
    isAtEnd = got == 0
    return got > 0
  }
}
