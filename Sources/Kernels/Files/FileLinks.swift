import Glibc

/// Where symbolic links lead, of files that need not be there.
public enum FileLinks {
  /// As many as the system follows.
  private static let mostLinks = 40

  /// The path that writing to `path` is meant for: behind the links that it is, its own folder's links aside. The path itself where it
  /// is no link, or where links lead in a circle.
  public static func target(of path: String) -> String {
    var place = path
    for _ in 0..<mostLinks {
      guard let next = link(at: place) else { return place }
      place = next.first == "/" ? next : folder(of: place) + next
    }
    return path
  }

  private static func link(at path: String) -> String? {
    var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = readlink(path, &buffer, buffer.count)
    guard count > 0, count < buffer.count else { return nil }
    return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// With the stroke at its end; empty for the working folder.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
  }
}
