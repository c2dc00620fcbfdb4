import Synchronization

/// What files without a name are called in messages and rows, while they are there: the address that they were fetched from.
public enum ShownPaths {
  private static let known = Mutex<[String: String]>([:])

  /// What is shown for a path: itself, unless it is that of such a file.
  static func shown(_ path: String) -> String { known.withLock { $0[path] ?? path } }

  /// A text in which the paths of such files stand, with what is shown for them.
  public static func shown(in text: String) -> String {
    known.withLock { known in
      // A path may begin another one.
      known.sorted { $0.key.count > $1.key.count }.reduce(text) { $0.replacing($1.key, with: $1.value) }
    }
  }

  public static func add(_ path: String, shown: String) { known.withLock { $0[path] = shown } }

  public static func remove(_ path: String) { known.withLock { $0[path] = nil } }
}
