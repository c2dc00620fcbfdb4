import Formats
import Glibc
import Kernels
import Packaging
import Tables

/// The file that answers are written to, with what the last answer's head says of it. One thread at a time may use it.
final class WebBody {
  /// What the body of an answer that is no file may have before it is cut.
  private static let mostOther = 1 << 20

  private let shown: String
  private var descriptor: Int32
  private var digest = SHA256()
  /// How many bytes of the file are there, and how many it has, where the server says so.
  private(set) var received = 0
  private(set) var expected: Int?
  /// What the bytes that are there are a part of: an ETag or a date, by which the rest can be asked for.
  private(set) var validator: String?
  private var mediaType: String?
  /// Why bytes could not be kept.
  private(set) var failure: SourceError?
  private var other = 0

  // Of the answer at hand:
  private var head = WebHead()
  /// Whether it is the part of the file that was asked for.
  private(set) var isRight = true
  private var hasBegun = false

  /// Takes over the descriptor.
  init(_ descriptor: Int32, shown: String) {
    self.descriptor = descriptor
    self.shown = shown
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// The status of an answer that is no file; nil for one that is, and where there is none.
  var otherStatus: Int? { head.status == 0 || head.isFile ? nil : head.status }

  /// Whether the last request was answered at all.
  var hasAnswered: Bool { head.status > 0 }

  /// Whether the rest of the file can be asked for, or all of it, as nothing has come.
  var mayGoOn: Bool { received == 0 || validator != nil }

  /// Whether what came is all of the file.
  var isWhole: Bool { isRight && (expected.map { $0 == received } ?? true) }

  var fraction: Double { expected.map { Double(received) / Double(max(1, $0)) } ?? 0 }

  /// Makes ready for another request, and gives the first byte that is asked for.
  func resume() -> Int {
    head = WebHead()
    (isRight, hasBegun) = (true, false)
    return received
  }

  /// The file, whole as it is; to be called once.
  func finish() -> FetchedFile {
    defer { descriptor = -1 }
    // An answer without a body is an empty file.
    let hash = digest.digest.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    return FetchedFile(descriptor, shown: shown, mediaType: mediaType, hash: hash)
  }

  /// Takes the next bytes of the body, or a line of the head; false ends the transfer.
  func take(_ bytes: UnsafeBufferPointer<UInt8>, isHeader: Bool) -> Bool {
    if isHeader {
      head.take(String(decoding: bytes, as: UTF8.self))
      return true
    }
    guard head.isFile else {
      other += bytes.count
      return other < Self.mostOther
    }
    do throws(SourceError) {
      if !hasBegun { try begin() }
      guard isRight else { return false }
      try put(Array(bytes))
      return true
    } catch {
      failure = error
      return false
    }
  }

  /// The rest of the file, or all of it once more.
  private func begin() throws(SourceError) {
    hasBegun = true
    if head.status == 206, received > 0 {
      isRight = head.rangeStart == received
      return
    }
    (received, digest) = (0, SHA256())
    (expected, validator, mediaType) = (head.length, head.validator, head.mediaType)
    guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw refused(errno) }
    // What does not fit is not fetched first.
    var space = statvfs()
    if let expected, fstatvfs(descriptor, &space) == 0,
      Double(expected) > Double(space.f_bavail) * Double(space.f_frsize)
    {
      throw refused(ENOSPC)
    }
  }

  private func refused(_ code: Int32) -> SourceError {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return SourceError(source: shown, reason: .file(FileError(path: folder, errno: code)))
  }

  private func put(_ bytes: [UInt8]) throws(SourceError) {
    do throws(FileError) { try writeAll(bytes, to: descriptor, path: shown) } catch {
      throw SourceError(source: shown, reason: .file(error))
    }
    digest.add(bytes)
    received += bytes.count
  }
}

/// What the head of an answer says.
package struct WebHead {
  private(set) var status = 0
  package private(set) var length: Int?
  private(set) var rangeStart: Int?
  private(set) var mediaType: String?
  private var tag: String?
  private var date: String?

  package init() {}

  /// Whether its body is the file that was asked for.
  var isFile: Bool { status == 200 || status == 206 }

  /// A strong ETag, else the time of the last change: what both name is one state of a file.
  var validator: String? {
    if let tag, !tag.hasPrefix("W/") { return tag }
    return date
  }

  /// A line of the head; a status line begins another one.
  package mutating func take(_ line: String) {
    if line.hasPrefix("HTTP/") {
      self = WebHead()
      status = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
      return
    }
    guard let colon = line.firstIndex(of: ":") else { return }
    let value = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    // What is longer is none that could be sent back.
    guard value.utf8.count <= 1_000 else { return }
    switch line[..<colon].lowercased() {
    case "content-length": length = Int(value).flatMap { $0 >= 0 ? $0 : nil }
    case "content-type": mediaType = value.prefix { $0 != ";" && $0 != " " }.lowercased()
    case "content-range": rangeStart = Self.start(value)
    case "etag": tag = value
    case "last-modified": date = value
    default: break
    }
  }

  /// The 100 of `bytes 100-199/200`.
  private static func start(_ range: String) -> Int? {
    guard range.lowercased().hasPrefix("bytes ") else { return nil }
    return Int(range.dropFirst("bytes ".count).prefix { $0 != "-" })
  }
}
