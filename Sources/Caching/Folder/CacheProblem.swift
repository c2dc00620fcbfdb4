import Kernels

/// What can be amiss with a cache's folder. None of it stops a run.
public enum CacheProblem: Error, Sendable, Hashable {
  /// A folder that is no cache and holds other files, or no folder at all.
  case foreign(path: String)
  case file(path: String, words: String)
  /// Bytes that are not those that were written, or that another version wrote.
  case damaged(path: String)
  /// A result of so many bytes, more than half of what the folder may hold.
  case tooLarge(bytes: Int, bound: Int)

  /// One of each kind is told.
  var kind: Int {
    switch self {
    case .foreign: 0
    case .file: 1
    case .damaged: 2
    case .tooLarge: 3
    }
  }
}
