/// What a path's last part tells.
public enum FileName {
  private static func last(_ path: String) -> Substring { path.split(separator: "/").last ?? "" }

  /// The name without folder, compression and extension: `customers` of `data/customers.csv.gz`.
  public static func stem(_ path: String) -> String {
    var parts = last(path).split(separator: ".", omittingEmptySubsequences: false)
    if parts.count > 2, Compression(path: path) != nil { parts.removeLast() }
    if parts.count > 1 { parts.removeLast() }
    return parts.joined(separator: ".")
  }

  /// The extension in lower case, not counting a compression: `csv` of `customers.CSV.gz`; nil when there is none.
  public static func plainExtension(_ path: String) -> String? {
    var parts = last(path).split(separator: ".", omittingEmptySubsequences: false).map { $0.lowercased() }
    if parts.count > 1, Compression(path: path) != nil { parts.removeLast() }
    return parts.count > 1 ? parts.last : nil
  }

  /// The path without its last extension: `models/churn` of `models/churn.pkl`.
  public static func withoutEnding(_ path: String) -> String {
    guard let dot = last(path).lastIndex(of: ".") else { return path }
    return String(path[..<dot])
  }
}
