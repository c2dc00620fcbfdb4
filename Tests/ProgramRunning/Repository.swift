import Foundation

/// Where the source is, for tests that run scripts of it.
public enum Repository {
  public static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  /// The files below a folder with an extension, by their paths from there, in order.
  public static func files(below folder: String, withExtension wanted: String) -> [String] {
    let walk = FileManager.default.enumerator(atPath: root + "/" + folder)
    return (walk?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix("." + wanted) }.sorted()
  }
}
