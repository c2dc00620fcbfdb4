import Glibc

/// By what the system tells one state of a file from another. The time of the last change of status (ctime) is nobody's to set, so that
/// a file whose time of writing was put back is still another one.
public struct FileIdentity: Sendable, Hashable {
  public let path: String
  let numbers: [Int64]

  /// nil for what is no regular file or cannot be looked at.
  public init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    self.init(path, status)
  }

  init?(_ path: String, _ status: stat) {
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(
      path: path,
      numbers: [
        Int64(bitPattern: UInt64(status.st_dev)), Int64(bitPattern: UInt64(status.st_ino)), Int64(status.st_size),
        Int64(status.st_mtim.tv_sec), Int64(status.st_mtim.tv_nsec), Int64(status.st_ctim.tv_sec),
        Int64(status.st_ctim.tv_nsec),
      ])
  }

  init(path: String, numbers: [Int64]) {
    self.path = path
    self.numbers = numbers
  }

  static let numberCount = 7

  /// What stands for the file where its bytes are not looked at.
  public var key: CacheKey {
    var parts = KeyParts("identity")
    parts.add("path", path)
    for number in numbers { parts.add("number", "\(number)") }
    return parts.key
  }

  var size: Int64 { numbers[2] }

  /// Whether a later change is sure to give another ctime: a clock ticks only every few milliseconds, and a file that has just been
  /// written may be written once more within the same tick.
  public var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let age = Double(Int64(now.tv_sec) - numbers[5]) + Double(Int64(now.tv_nsec) - numbers[6]) * 1e-9
    return age > 0.1
  }
}
