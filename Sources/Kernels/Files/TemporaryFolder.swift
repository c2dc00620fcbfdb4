import Glibc
import Synchronization

/// Where rows go that memory does not hold.
public enum TemporaryFolder {
  /// The folder that TMPDIR names, else the system's.
  public static var path: String {
    guard let path = getenv("TMPDIR"), path.pointee != 0 else { return "/tmp" }
    return String(cString: path)
  }

  private static let written = Atomic<Int>(0)

  /// How many bytes this process has put into files there so far.
  public static var byteCount: Int { written.load(ordering: .relaxed) }

  /// Counts bytes that were put into a file there.
  public static func count(_ bytes: Int) { written.add(bytes, ordering: .relaxed) }
}
