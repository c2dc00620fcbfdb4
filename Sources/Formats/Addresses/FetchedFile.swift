import Glibc
import Kernels
import Tables

/// Content from elsewhere in a file without a name, which is gone with this value.
public final class FetchedFile: Sendable {
  /// What it is called where it is shown.
  public let shown: String
  /// Under which it can be opened while this value is there.
  public let path: String
  /// What the server calls its kind, in lower case without parameters: `text/csv`.
  public let mediaType: String?
  /// The SHA-256 of its bytes in hexadecimal digits.
  public let hash: String
  private let descriptor: Int32

  /// Takes over the descriptor.
  public init(_ descriptor: Int32, shown: String, mediaType: String?, hash: String) {
    self.descriptor = descriptor
    self.shown = shown
    self.mediaType = mediaType
    self.hash = hash
    path = "/proc/self/fd/\(descriptor)"
    ShownPaths.add(path, shown: shown)
  }

  deinit {
    ShownPaths.remove(path)
    close(descriptor)
  }

  /// A new file without a name in the folder for temporary files.
  public static func temporary() throws(SourceError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array((folder + "/mlp-fetched.XXXXXX").utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else {
      throw SourceError(source: folder, reason: .file(FileError(path: folder, errno: errno)))
    }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(template)
    return descriptor
  }
}
