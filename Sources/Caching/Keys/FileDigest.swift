import Glibc
import Kernels
import Packaging

/// The SHA-256 of a file's bytes, as other programs print it.
public enum FileDigest {
  /// What is read at a time.
  private static let stretch = 1 << 20

  /// 64 hexadecimal digits; nil where the file is no longer in that state, cannot be read or the work is cancelled. O(bytes).
  public static func of(_ identity: FileIdentity, _ progress: Progress) -> String? {
    let descriptor = open(identity.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    guard identity == FileIdentity(identity.path) else { return nil }
    var hash = SHA256()
    var buffer = [UInt8](repeating: 0, count: stretch)
    var done = 0
    while !progress.isCancelled {
      let count = read(descriptor, &buffer, stretch)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return identity == FileIdentity(identity.path) ? CacheKey(digest: hash.digest).name : nil }
      hash.add(count == stretch ? buffer : Array(buffer[..<count]))
      done += count
      progress.report(Double(done) / Double(max(1, identity.size)), "hashing \(identity.path)")
    }
    return nil
  }
}
