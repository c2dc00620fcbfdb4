import Tables

/// An attribute that the header of an ARFF file declares.
struct ARFFAttribute: Sendable, Hashable {
  enum Kind: Sendable, Hashable {
    case numeric, integer, string
    case nominal([String])
    /// With its pattern; the usual one where none stands.
    case date(String?)
    /// A table within the table.
    case relational
  }

  let name: String
  let kind: Kind
}

/// The header of an ARFF file: its attributes, up to the line `@data`.
struct ARFFHeader: Sendable, Hashable {
  private(set) var attributes: [ARFFAttribute] = []
  /// Bytes and lines up to the first row.
  private(set) var length = 0
  private(set) var lines = 0
  /// Relational attributes whose own attributes are passed over.
  private var depth = 0

  /// nil where the line `@data` is not in the sample. Throws `badFormat`, with its line, for a declaration that is none.
  init?(_ sample: [UInt8], isWhole: Bool, path: String) throws(SourceError) {
    var problem: SourceError?
    let isComplete = sample.withUnsafeBufferPointer { bytes in
      do throws(SourceError) { return try read(bytes, isWhole, path) } catch {
        problem = error
        return false
      }
    }
    if let problem { throw problem }
    if isComplete { return }
    guard isWhole else { return nil }
    throw SourceError(source: path, reason: .badFormat("it has no line `@data`"), line: lines)
  }

  private static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Whether the line `@data` was met.
  private mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ isWhole: Bool, _ path: String
  ) throws(SourceError) -> Bool {
    if bytes.starts(with: Self.mark) { length = Self.mark.count }
    while length < bytes.count {
      guard let end = bytes[length...].firstIndex(of: 0x0A) ?? (isWhole ? bytes.count : nil) else { return false }
      var line = bytes[length..<end]
      if line.last == 0x0D { line = line.dropLast() }
      length = min(bytes.count, end + 1)
      lines += 1
      guard try take(UnsafeBufferPointer(rebasing: line), path) else { return true }
    }
    return false
  }

  /// Takes a line; false for the last.
  private mutating func take(_ line: UnsafeBufferPointer<UInt8>, _ path: String) throws(SourceError) -> Bool {
    var scanner = ARFFScanner(line)
    scanner.skipBlanks()
    if scanner.isAtEnd || scanner.byte == UInt8(ascii: "%") { return true }
    func refusal(_ words: String) -> SourceError {
      SourceError(source: path, reason: .badFormat(words), line: lines)
    }
    guard String(validating: line, as: UTF8.self) != nil else { throw refusal("its header is not UTF-8") }
    switch scanner.word()?.lowercased() {
    case "@relation": return true
    case "@data":
      if attributes.isEmpty { throw refusal("it declares no attribute") }
      return false
    case "@end":
      depth = max(0, depth - 1)
      return true
    case "@attribute":
      guard let attribute = Self.attribute(&scanner) else {
        throw refusal("it declares an attribute that is neither numeric, string, nominal nor a date")
      }
      if depth == 0 { attributes.append(attribute) }
      if attribute.kind == .relational { depth += 1 }
      return true
    default: throw refusal("it is no ARFF file: a line before `@data` declares nothing")
    }
  }

  private static func attribute(_ scanner: inout ARFFScanner) -> ARFFAttribute? {
    guard let name = scanner.word(), !name.isEmpty else { return nil }
    scanner.skipBlanks()
    if scanner.take("{") { return nominal(&scanner).map { ARFFAttribute(name: name, kind: .nominal($0)) } }
    switch scanner.word()?.lowercased() {
    case "numeric", "real": return ARFFAttribute(name: name, kind: .numeric)
    case "integer": return ARFFAttribute(name: name, kind: .integer)
    case "string": return ARFFAttribute(name: name, kind: .string)
    case "relational": return ARFFAttribute(name: name, kind: .relational)
    case "date":
      scanner.skipBlanks()
      guard let pattern = scanner.token(until: { _ in false })?.text else { return nil }
      return ARFFAttribute(name: name, kind: .date(pattern.isEmpty ? nil : pattern))
    default: return nil
    }
  }

  /// The values up to a closing brace.
  private static func nominal(_ scanner: inout ARFFScanner) -> [String]? {
    var values: [String] = []
    scanner.skipBlanks()
    if scanner.take("}") { return [] }
    while let token = scanner.token(until: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "}") }) {
      guard let value = token.text else { return nil }
      values.append(value)
      scanner.skipBlanks()
      if scanner.take("}") { return values }
      guard scanner.take(",") else { return nil }
    }
    return nil
  }
}
