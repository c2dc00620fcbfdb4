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
  private let file: UnplacedFile
  /// How many bytes were written.
  public private(set) var size = 0

  public init(path: String, mode: mode_t = 0o644) throws(FileError) {
    let path = FileLinks.target(of: path)
    self.path = path
    self.mode = mode
    kept = try Self.permissions(path)
    file = try UnplacedFile(at: path)
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

  public func write(_ bytes: [UInt8]) throws(FileError) {
    try writeAll(bytes, to: file.descriptor, path: path)
    size += bytes.count
  }

  /// Puts the file in its place once the disk has it.
  public func finish() throws(FileError) {
    let mask = umask(0)
    umask(mask)
    guard fchmod(file.descriptor, kept ?? mode & ~mask) == 0, fsync(file.descriptor) == 0 else {
      throw FileError(path: path, errno: errno)
    }
    try file.place()
  }
}
