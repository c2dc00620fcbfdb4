import Foundation

/// An empty folder that is removed with this value.
public final class ScratchFolder: Sendable {
  public let path: String

  public init() throws {
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("mlp-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file and gives its path.
  @discardableResult public func write(_ text: String, to name: String) throws -> String {
    let place = path + "/" + name
    try text.write(toFile: place, atomically: true, encoding: .utf8)
    return place
  }
}
