import Glibc

/// A file that is written piece by piece beside its place, and takes its place when it is whole: a reader sees the old file or the new
/// one, never a part. Where the place is a link, what it leads to is written; a file that was there keeps its permissions. One that is
/// given up before `finish` leaves nothing behind, nor where the process is killed: until then it has no name, if the file system knows
/// such files.
public final class DurableFileWriter {
  private let path: String
  /// The permissions of the file that is replaced; nil where there is none.
  private let kept: mode_t?
  private let mode: mode_t
  /// Its name until it takes its place; nil while it has none.
  private var temporary: String?
  private var descriptor: Int32
  /// How many bytes were written.
  public private(set) var size = 0

  public init(path: String, mode: mode_t = 0o644) throws(FileError) {
    let path = FileLinks.target(of: path)
    self.path = path
    self.mode = mode
    kept = try Self.permissions(path)
    descriptor = Self.nameless(beside: path)
    if descriptor >= 0 { return }
    var template = Array((path + ".XXXXXX").utf8CString)
    descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    temporary = template.withUnsafeBufferPointer { $0.baseAddress.map { String(cString: $0) } }
  }

  /// Those of the file that is there; nil where there is none. Throws `isNoFile` for a pipe or a device, which a file would replace,
  /// and the system's reason where links lead in a circle.
  private static func permissions(_ path: String) throws(FileError) -> mode_t? {
    var status = stat()
    guard stat(path, &status) == 0 else {
      if errno == ELOOP { throw FileError(path: path, errno: ELOOP) }
      return nil
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return status.st_mode & 0o777
    case S_IFDIR: throw FileError(path: path, reason: .isFolder)
    // a pipe, a socket or a device
    default: throw FileError(path: path, reason: .isNoFile)
    }
  }

  /// `O_TMPFILE`, which Swift does not import.
  private static let unnamed = 0o20_000_000 | O_DIRECTORY

  /// A file without a name in the folder of `path`; below zero where the system has none, or no way to name it later.
  private static func nameless(beside path: String) -> Int32 {
    guard access("/proc/self/fd", X_OK) == 0 else { return -1 }
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    return open(folder, unnamed | O_WRONLY | O_CLOEXEC, 0o600)
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    if let temporary { unlink(temporary) }
  }

  public func write(_ bytes: [UInt8]) throws(FileError) {
    try writeAll(bytes, to: descriptor, path: path)
    size += bytes.count
  }

  /// Puts the file in its place once the disk has it.
  public func finish() throws(FileError) {
    let mask = umask(0)
    umask(mask)
    guard fchmod(descriptor, kept ?? mode & ~mask) == 0, fsync(descriptor) == 0 else {
      throw FileError(path: path, errno: errno)
    }
    let temporary = try named()
    let closed = close(descriptor)
    let code = errno
    descriptor = -1
    guard closed == 0, rename(temporary, path) == 0 else {
      let reason = closed == 0 ? errno : code
      unlink(temporary)
      throw FileError(path: path, errno: reason)
    }
  }

  /// Gives the file a name beside its place, if it has none.
  private func named() throws(FileError) -> String {
    if let temporary { return temporary }
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    for _ in 0..<100 {
      let name = path + "." + String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
      if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 {
        temporary = name
        return name
      }
      guard errno == EEXIST else { break }
    }
    throw FileError(path: path, errno: errno)
  }
}
