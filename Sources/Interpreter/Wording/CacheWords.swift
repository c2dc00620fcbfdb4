import Caching
import Diagnostics

extension Diagnostic {
  /// What is amiss with a cache: a warning, for no result depends on it.
  public init(_ problem: CacheProblem) {
    switch problem {
    case .foreign(let path):
      self.init(
        .unusableCache, severity: .warning, "'\(path)' is no cache: it holds other files",
        help: [
          "the run goes on without a cache; `--cache` takes a folder of its own, which is made where there is none"
        ])
    case .file(let path, let words):
      self.init(
        .unusableCache, severity: .warning, "the cache cannot use '\(path)': \(words)",
        help: ["the run goes on; what could not be kept or read is made again"])
    case .tooLarge(let bytes, let bound):
      self.init(
        .unusableCache, severity: .warning,
        "a result of about \(bytes >> 20) MB is not kept: the cache holds \(bound >> 20) MB, and one result half of that",
        help: ["`--cache-size` lets it hold more; what is not kept is made again"])
    case .damaged(let path):
      self.init(
        .damagedCache, severity: .warning, "'\(path)' is not what the cache has written",
        help: ["the stage was run again; the folder of the cache may be removed as a whole"])
    }
  }
}
