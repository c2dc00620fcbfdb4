import Glibc

/// A file that is written piece by piece beside its place, and takes its place when it is whole: a reader sees the old file or the new
/// one, never a part. One that is given up before `finish` leaves nothing behind.
public final class DurableFileWriter {
  private let path: String
  private let mode: mode_t
  private let temporary: String
  private var descriptor: Int32
  /// How many bytes were written.
  public private(set) var size = 0

  public init(path: String, mode: mode_t = 0o644) throws(FileError) {
    self.path = path
    self.mode = mode
    var template = Array((path + ".XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } ?? "" }
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
  }

  public func write(_ bytes: [UInt8]) throws(FileError) {
    try writeAll(bytes, to: descriptor, path: path)
    size += bytes.count
  }

  /// Puts the file in its place once the disk has it.
  public func finish() throws(FileError) {
    let mask = umask(0)
    umask(mask)
    guard fchmod(descriptor, mode & ~mask) == 0, fsync(descriptor) == 0 else {
      throw FileError(path: path, errno: errno)
    }
    let closed = close(descriptor)
    let code = errno
    descriptor = -1
    guard closed == 0, rename(temporary, path) == 0 else {
      let reason = closed == 0 ? errno : code
      unlink(temporary)
      throw FileError(path: path, errno: reason)
    }
  }
}
