import Glibc

/// What the control group of this process allows it (cgroups(7)): a container's bound is one.
enum ControlGroup {
  /// Among the names of controllers in /proc/self/cgroup.
  private static let controller: Substring = "memory"

  /// The least limit of memory of the group and those that it is in; nil where there is none.
  static let memoryLimit: Int? = {
    var limits = [number(in: "/sys/fs/cgroup/memory/memory.limit_in_bytes")]
    for line in text(of: "/proc/self/cgroup").split(separator: "\n") {
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let isUnified = parts[1].isEmpty
      guard isUnified || parts[1].split(separator: ",").contains(controller) else { continue }
      let root = isUnified ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory"
      let file = isUnified ? "memory.max" : "memory.limit_in_bytes"
      var folders = parts[2].split(separator: "/")
      while true {
        limits.append(number(in: ([root] + folders.map(String.init) + [file]).joined(separator: "/")))
        if folders.popLast() == nil { break }
      }
    }
    // Version 1 says that there is none by a number near the largest.
    return limits.compactMap { $0 }.filter { $0 > 0 && $0 < 1 << 60 }.min()
  }()

  private static func number(in path: String) -> Int? {
    Int(text(of: path).split(whereSeparator: \.isWhitespace).first ?? "")
  }

  /// At most 64 KiB of a file; nothing where there is none.
  private static func text(of path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(descriptor, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
