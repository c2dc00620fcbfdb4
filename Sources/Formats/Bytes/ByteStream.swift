import Glibc
import Kernels
import Tables

/// Bytes read from front to back, once.
package protocol ByteStream: AnyObject {
  /// Puts at most `count` bytes at `target` and gives how many; 0 only at the end.
  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int
  /// How many bytes were taken from the file so far (compressed ones where it is compressed).
  var taken: Int { get }
  /// The size of the file in bytes, where it is known.
  var size: Int? { get }
}

/// Bytes of which any stretch can be read at any time, by several threads at once.
package protocol PositionedBytes: AnyObject {
  /// How many there are.
  var length: Int { get }
  /// Puts the `count` bytes from `position` at `target` and gives how many there were: fewer only at the end.
  func fill(_ target: UnsafeMutableRawPointer, _ count: Int, at position: Int) throws(SourceError) -> Int
}

extension ByteStream {
  /// Reads until `count` bytes are there or the stream ends: pipes give short counts.
  package func fill(_ target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    var filled = 0
    while filled < count {
      let got = try read(into: target + filled, count - filled)
      if got == 0 { break }
      filled += got
    }
    return filled
  }
}

/// A file read by `read(2)`, never mapped: a file that shrinks while it is read ends early and raises no signal.
package final class FileStream: ByteStream, PositionedBytes {
  private let descriptor: Int32
  private let owns: Bool
  private let source: String
  package let size: Int?
  package private(set) var taken = 0
  /// Whether it can be read again from the start: a plain file, not a pipe or a terminal.
  package let isRegular: Bool

  /// `path` `-` is standard input.
  package init(path: String) throws(SourceError) {
    source = path
    owns = path != "-"
    descriptor = owns ? open(path, O_RDONLY | O_CLOEXEC) : 0
    guard descriptor >= 0 else { throw SourceError(source: path, reason: .file(FileStream.failure(path, errno))) }
    var status = stat()
    let code = fstat(descriptor, &status) == 0 ? 0 : errno
    let kind = status.st_mode & S_IFMT
    isRegular = owns && kind == S_IFREG
    size = isRegular ? Int(status.st_size) : nil
    if code != 0 { throw SourceError(source: path, reason: .file(FileStream.failure(path, code))) }
    if kind == S_IFDIR { throw SourceError(source: path, reason: .file(FileError(path: path, reason: .isFolder))) }
  }

  /// The size of a plain file; nil for anything else, and where there is none.
  static func byteCount(_ path: String) -> Int? {
    var status = stat()
    guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return Int(status.st_size)
  }

  deinit { if owns, descriptor >= 0 { close(descriptor) } }

  package func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    while true {
      let got = Glibc.read(descriptor, target, count)
      if got >= 0 {
        taken += got
        return got
      }
      // What waits for another program is given up by Ctrl-C.
      if errno != EINTR || !isRegular { throw failed() }
    }
  }

  package var length: Int { size ?? 0 }

  package func fill(_ target: UnsafeMutableRawPointer, _ count: Int, at position: Int) throws(SourceError) -> Int {
    var filled = 0
    while filled < count {
      let got = pread(descriptor, target + filled, count - filled, position + filled)
      if got == 0 { break }
      if got > 0 { filled += got } else if errno != EINTR { throw failed() }
    }
    return filled
  }

  private func failed() -> SourceError {
    SourceError(source: source, reason: .file(FileStream.failure(source, errno)))
  }

  /// Whether reading a sample takes nothing away from the later reading: true of plain files only.
  ///
  /// Asked before the file is opened, because opening a pipe may wait for its writer.
  package static func isRepeatable(_ path: String) throws(SourceError) -> Bool {
    if path == "-" { return false }
    var status = stat()
    guard stat(path, &status) == 0 else { throw SourceError(source: path, reason: .file(failure(path, errno))) }
    let kind = status.st_mode & S_IFMT
    return kind == S_IFREG || kind == S_IFDIR
  }

  private static func failure(_ path: String, _ code: Int32) -> FileError {
    let reason: FileError.Reason =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM: .denied
      case EISDIR: .isFolder
      default: .other(code)
      }
    return FileError(path: path, reason: reason)
  }
}

/// Bytes already in memory.
package final class MemoryStream: ByteStream, PositionedBytes {
  private let bytes: [UInt8]
  package private(set) var taken = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  package var size: Int? { bytes.count }
  package var length: Int { bytes.count }

  package func fill(_ target: UnsafeMutableRawPointer, _ count: Int, at position: Int) -> Int {
    let wanted = max(0, min(count, bytes.count - position))
    bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { target.copyMemory(from: base + position, byteCount: wanted) }
    }
    return wanted
  }

  package func read(into target: UnsafeMutableRawPointer, _ count: Int) -> Int {
    let wanted = min(count, bytes.count - taken)
    guard wanted > 0 else { return 0 }
    bytes.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { target.copyMemory(from: base + taken, byteCount: wanted) }
    }
    taken += wanted
    return wanted
  }
}
