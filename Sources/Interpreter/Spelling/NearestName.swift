import Diagnostics
import Notation

/// Words for a misspelt name.
public enum NearestName {
  /// `did you mean 'age'?`, or nil when no candidate is near.
  public static func hint(_ name: String, in candidates: some Sequence<String>) -> String? {
    didYouMean(name, among: Array(candidates)).map { "did you mean '\($0)'?" }
  }
}

/// A list of names for a message: at most `limit` of them, and the number of all where some are left out.
func listed(_ names: [String], limit: Int = 8) -> String {
  guard names.count > limit else { return names.joined(separator: ", ") }
  return names.prefix(limit).joined(separator: ", ") + ", … (\(names.count))"
}
