import Glibc

/// Why a file could not be read or written: the system call that failed and its `errno`, without prose.
public struct FileError: Error, Sendable, Hashable {
  public enum Reason: Sendable, Hashable { case notFound, denied, isFolder, isNoFile, full, tooLarge, other(Int32) }
  public let path: String
  public let reason: Reason

  public init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  /// From the `errno` that a system call left.
  public init(path: String, errno code: Int32) {
    let reason: Reason =
      switch code {
      case ENOENT, ENOTDIR: .notFound
      case EACCES, EPERM, EROFS: .denied
      case EISDIR: .isFolder
      case ENOSPC, EDQUOT: .full
      case EFBIG: .tooLarge
      default: .other(code)
      }
    self.init(path: path, reason: reason)
  }

  /// The reason in words: `no such file`, `the disk is full`, or the system's own text.
  public var words: String {
    switch reason {
    case .notFound: "no such file or folder"
    case .denied: "permission denied"
    case .isFolder: "it is a folder"
    case .isNoFile: "it is a pipe or a device"
    case .full: "the disk is full"
    case .tooLarge: "it is too large"
    case .other(let code): String(cString: strerror(code))
    }
  }
}

/// Files written beside their place, synced, then renamed: a reader sees the old file or the new one, never a part.
public enum DurableFile {
  /// Replaces the file at `path` by `bytes`, with the permissions given.
  public static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644) throws(FileError) {
    let writer = try DurableFileWriter(path: path, mode: mode)
    try writer.write(bytes)
    try writer.finish()
  }

  /// Writes a file where there is none, for good: the disk has its name too. False, and nothing is changed, where something stands
  /// there; of several that write it at a time one does.
  public static func create(_ bytes: [UInt8], at path: String, mode: mode_t = 0o644) throws(FileError) -> Bool {
    let file = try UnplacedFile(at: path)
    try writeAll(bytes, to: file.descriptor, path: path)
    let mask = umask(0)
    umask(mask)
    guard fchmod(file.descriptor, mode & ~mask) == 0, fsync(file.descriptor) == 0 else {
      throw FileError(path: path, errno: errno)
    }
    guard try file.placeWhereNothingIs() else { return false }
    try syncFolder(path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
    return true
  }

  /// Has the disk keep which files are in a folder. File systems that cannot are passed over.
  public static func syncFolder(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP else {
      throw FileError(path: path, errno: errno)
    }
  }

  /// The bytes of a file, at most `limit` of them: a longer file is the error `tooLarge`, unless `prefix` asks for
  /// its beginning only.
  public static func read(_ path: String, limit: Int, prefix: Bool = false) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, errno: errno) }
    if status.st_mode & S_IFMT == S_IFDIR { throw FileError(path: path, reason: .isFolder) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(limit, max(0, Int(status.st_size))))
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let wanted = prefix ? min(buffer.count, limit - bytes.count) : buffer.count
      if wanted == 0 { break }
      let count = Glibc.read(descriptor, &buffer, wanted)
      if count < 0 {
        if errno == EINTR { continue }
        throw FileError(path: path, errno: errno)
      }
      if count == 0 { break }
      bytes.append(contentsOf: buffer[0..<count])
    }
    if bytes.count > limit { throw FileError(path: path, reason: .tooLarge) }
    return bytes
  }
}
