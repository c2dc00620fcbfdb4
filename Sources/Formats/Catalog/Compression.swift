import Tables

/// How a file may be compressed: its name then ends in another ending behind the format's own.
public enum Compression: String, CaseIterable, Sendable {
  /// gzip (RFC 1952).
  case gz
  /// Zstandard (RFC 8878).
  case zst

  /// The endings as messages and descriptions list them: `.gz and .zst`.
  public static let listed = allCases.map { ".\($0.rawValue)" }.joined(separator: " and ")

  /// That of the file at a path, as its name tells; nil where it has none.
  public init?(path: String) {
    guard let name = path.split(separator: "/").last, let dot = name.lastIndex(of: ".") else { return nil }
    self.init(rawValue: name[name.index(after: dot)...].lowercased())
  }

  /// That of bytes which begin so; nil where they are not compressed in a way that is known here.
  init?(beginning: [UInt8]) {
    if beginning.starts(with: [0x1F, 0x8B]) {
      self = .gz
    } else if beginning.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) || Self.isSkippable(beginning) {
      self = .zst
    } else {
      return nil
    }
  }

  /// Whether a frame that readers of Zstandard pass over comes first (RFC 8878, 3.1.2).
  private static func isSkippable(_ bytes: [UInt8]) -> Bool {
    bytes.count >= 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...3].elementsEqual([0x2A, 0x4D, 0x18])
  }

  /// The text in `raw`, of which `head` was already taken; more than `limit` bytes of it are an error.
  func text(
    in raw: any ByteStream, head: [UInt8], source: String, limit: Int
  ) throws(SourceError) -> any ExpandingStream {
    switch self {
    case .gz: try GzipStream(raw, head: head, source: source, limit: limit)
    case .zst: try ZstdStream(raw, head: head, source: source, limit: limit)
    }
  }

  var writer: any CompressedWriter {
    switch self {
    case .gz: GzipWriter()
    case .zst: ZstdWriter()
    }
  }

  /// Bytes as the content of a file at a path, compressed as its name tells; nil where there is no memory for it. O(bytes).
  public static func content(_ bytes: [UInt8], for path: String) -> [UInt8]? {
    guard let writer = Compression(path: path)?.writer else { return bytes }
    let content = writer.take(bytes) + writer.finish()
    return writer.hasFailed ? nil : content
  }
}

/// The text inside compressed bytes.
protocol ExpandingStream: ByteStream {
  /// With `mayRefill` false only what was already taken from the file is expanded.
  func read(into target: UnsafeMutableRawPointer, _ count: Int, mayRefill: Bool) throws(SourceError) -> Int
  /// Whether the compressed data have ended and the file with them.
  var isDone: Bool { get }
}

/// Compresses bytes; what it gives does not depend on the pieces they come in.
protocol CompressedWriter: AnyObject {
  /// Takes more bytes and gives what is compressed so far.
  func take(_ bytes: [UInt8]) -> [UInt8]
  /// The rest.
  func finish() -> [UInt8]
  /// Whether something could not be compressed, for want of memory.
  var hasFailed: Bool { get }
}
