import Descriptions
import Tables

/// How the characters of a text stand in its bytes.
public enum TextEncoding: String, ChoiceValue {
  case utf8, utf16, utf16le, utf16be, latin1, windows1252

  /// Other names of the same (IANA's and Python's), in lower case without dashes and underscores.
  private static let otherNames: [String: TextEncoding] = [
    "unicode": .utf16, "iso88591": .latin1, "l1": .latin1, "cp1252": .windows1252, "ansi": .windows1252,
  ]

  /// Also as `UTF-8`, `ISO-8859-1` or `cp1252`.
  public static func read(_ raw: Descriptions.RawValue) -> TextEncoding? {
    guard let name = raw.string?.lowercased().filter({ $0 != "-" && $0 != "_" }) else { return nil }
    return TextEncoding(rawValue: name) ?? otherNames[name]
  }

  /// The encoding that bytes which are no UTF-8 most likely have: where there are letters or signs of Windows among them, its own.
  static func likely(_ bytes: some Collection<UInt8>) -> TextEncoding? {
    if bytes.contains(0) { return nil }
    let special = bytes.filter { (0x80...0x9F).contains($0) }
    if special.isEmpty { return .latin1 }
    return special.allSatisfy { SingleByteRecoder.windows[Int($0) - 0x80] != 0 } ? .windows1252 : .latin1
  }
}

/// A text as UTF-8, whatever its encoding.
struct DecodedText {
  let stream: SampledStream
  /// What was found out about the encoding.
  let notes: [String]

  /// An encoding that is not stated is UTF-8, unless a byte order mark or the zeros of the sample make it certain that it is UTF-16.
  /// Throws `badFormat` where the first bytes belong to another encoding than the stated one.
  init(_ stream: SampledStream, _ stated: TextEncoding?, source: String) throws(SourceError) {
    func bad(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
    let mark = ByteOrderMark(stream.sample)
    if mark == .utf32 { throw bad("it is UTF-32; convert it to UTF-8, for example with `iconv -f UTF-32 -t UTF-8`") }
    var (encoding, notes) = (stated ?? .utf8, [String]())
    if stated == nil || stated == .utf16 {
      let found = mark.map { $0.encoding } ?? Self.encoding(shownBy: stream.sample)
      encoding = found ?? (stated == .utf16 ? .utf16le : .utf8)
      if stated == nil, encoding != .utf8 {
        let reason = mark == nil ? "zeros" : "byte order mark"
        notes = ["it is read as UTF-16, as its \(reason) shows; `encoding: \(encoding.rawValue)` says so"]
      }
    } else if let mark, mark.encoding != encoding {
      let words = "it begins with the byte order mark of \(mark.encoding.rawValue)"
      throw bad("\(words), and `encoding` says \(encoding.rawValue)")
    }
    self.notes = notes
    self.stream =
      switch encoding {
      case .utf8: stream
      case .utf16, .utf16le: try SampledStream(stream, by: UTF16Recoder(isBigEndian: false, source: source))
      case .utf16be: try SampledStream(stream, by: UTF16Recoder(isBigEndian: true, source: source))
      case .latin1: try SampledStream(stream, by: SingleByteRecoder(isWindows: false, source: source))
      case .windows1252: try SampledStream(stream, by: SingleByteRecoder(isWindows: true, source: source))
      }
  }

  /// UTF-16 without a mark, where nothing else can be meant: half of its characters at least have a zero, always on the same side, and it
  /// is text without control characters. No UTF-8 text has a zero.
  private static func encoding(shownBy sample: [UInt8]) -> TextEncoding? {
    guard sample.count >= 8, sample.contains(0) else { return nil }
    var zeros = [0, 0]
    for (place, byte) in sample.enumerated() where byte == 0 { zeros[place & 1] += 1 }
    guard zeros.contains(0), max(zeros[0], zeros[1]) >= sample.count / 4 else { return nil }
    let recoder = UTF16Recoder(isBigEndian: zeros[1] == 0, source: "")
    // try? is safe: what is no UTF-16 is read as it stands.
    guard let text = try? recoder.take(sample, isLast: false), UTF8Text.isValid(text) else { return nil }
    guard !text.contains(where: { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D }) else { return nil }
    return zeros[1] == 0 ? .utf16be : .utf16le
  }
}

/// The mark that a text of Unicode may begin with.
private enum ByteOrderMark {
  case utf8, utf16le, utf16be, utf32

  init?(_ bytes: [UInt8]) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32
    } else if bytes.starts(with: [0xFF, 0xFE]) {
      self = .utf16le
    } else if bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16be
    } else {
      return nil
    }
  }

  var encoding: TextEncoding {
    switch self {
    case .utf8, .utf32: .utf8
    case .utf16le: .utf16le
    case .utf16be: .utf16be
    }
  }
}
