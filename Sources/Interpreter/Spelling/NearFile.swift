import Glibc
import Notation
import Plan

/// Words for a misspelt path.
public enum NearFile {
  /// `did you mean 'german_credit.csv'?`, for a path of which a part is not there and has a near name in its folder; nil otherwise.
  public static func hint(_ path: String) -> String? {
    var parts = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    for place in parts.indices where !parts[place].isEmpty {
      if isThere(parts[...place].joined(separator: "/")) { continue }
      let folder = parts[..<place].joined(separator: "/")
      guard let near = didYouMean(parts[place], among: names(in: place == 0 ? "." : folder + "/")) else { return nil }
      parts[place] = near
    }
    let meant = parts.joined(separator: "/")
    return meant == path || !isThere(meant) ? nil : "did you mean '\(meant)'?"
  }

  private static func isThere(_ path: String) -> Bool { place(path).map { access($0, F_OK) == 0 } ?? false }

  /// nil outside the sandbox, of which nothing is told.
  private static func place(_ path: String) -> String? {
    do throws(EngineError) { return try WorkingFolder.current.resolve(path) } catch { return nil }
  }

  /// The entries of a folder; hidden ones and those past a bound are left out.
  private static func names(in folder: String) -> [String] {
    guard let place = place(folder), let listing = opendir(place) else { return [] }
    defer { closedir(listing) }
    var names: [String] = []
    while names.count < 10_000, let entry = readdir(listing) {
      let name = withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
