import Glibc

/// An open file that takes its place when it is whole: a reader sees the old file or the new one, never a part. Until then it has no name,
/// if the file system knows such files, so that nothing is left where the process is killed; else it has one beside its place.
public final class UnplacedFile {
  /// Open for reading and writing, with permissions for its owner alone.
  public let descriptor: Int32
  private let path: String
  /// Its name until it takes its place; nil while it has none.
  private var temporary: String?
  /// Whether `descriptor` outlives this.
  private var isHandedOn = false

  /// A file that is to stand at `path`.
  public init(at path: String) throws(FileError) {
    self.path = path
    let unnamed = Self.canBeNamed ? Self.nameless(in: Self.folder(of: path)) : -1
    if unnamed >= 0 {
      descriptor = unnamed
      return
    }
    (descriptor, temporary) = try Self.named(after: path, for: path)
  }

  /// A file in a folder that is never to have a name: it is gone when nobody has it open any more.
  public static func nameless(inFolder folder: String) throws(FileError) -> Int32 {
    let unnamed = nameless(in: folder)
    if unnamed >= 0 { return unnamed }
    let (descriptor, name) = try named(after: folder + "/mlp-rows", for: folder)
    unlink(name)
    return descriptor
  }

  deinit {
    if !isHandedOn { close(descriptor) }
    if let temporary { unlink(temporary) }
  }

  /// Leaves the open file to the caller, who closes it.
  public func handOn() -> Int32 {
    isHandedOn = true
    return descriptor
  }

  /// Puts the file in its place, where another may stand.
  public func place() throws(FileError) {
    if temporary == nil {
      if link(path) { return }
      guard errno == EEXIST else { throw FileError(path: path, errno: errno) }
      temporary = try linked()
    }
    guard let temporary else { return }
    guard rename(temporary, path) == 0 else { throw FileError(path: path, errno: errno) }
    self.temporary = nil
  }

  /// Puts the file in its place unless something stands there; whether it did. Of several that do so at a time one does.
  public func placeWhereNothingIs() throws(FileError) -> Bool {
    if let temporary {
      // A second name replaces nothing, as a rename would.
      if Glibc.link(temporary, path) == 0 { return true }
    } else if link(path) {
      return true
    }
    guard errno == EEXIST else { throw FileError(path: path, errno: errno) }
    return false
  }

  /// Gives the file a name beside its place.
  private func linked() throws(FileError) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz0123456789")
    for _ in 0..<100 {
      let name = path + "." + String((0..<6).map { _ in letters[Int.random(in: letters.indices)] })
      if link(name) { return name }
      guard errno == EEXIST else { break }
    }
    throw FileError(path: path, errno: errno)
  }

  private func link(_ name: String) -> Bool {
    linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0
  }

  // MARK: Opening

  /// `O_TMPFILE`, which Swift does not import.
  private static let unnamed = 0o20_000_000 | O_DIRECTORY

  /// Whether a file without a name can get one.
  private static var canBeNamed: Bool { access("/proc/self/fd", X_OK) == 0 }

  /// Below zero where the file system has no such files.
  private static func nameless(in folder: String) -> Int32 { open(folder, unnamed | O_RDWR | O_CLOEXEC, 0o600) }

  private static func folder(of path: String) -> String {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    return end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
  }

  /// A file of a new name; `path` is what an error is of.
  private static func named(
    after start: String, for path: String
  ) throws(FileError) -> (descriptor: Int32, name: String) {
    var template = Array((start + ".XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { throw FileError(path: path, errno: errno) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    return (descriptor, String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }
}
