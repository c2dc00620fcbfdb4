import Foundation
import Kernels
import Testing

@testable import Caching

@Suite struct FileDigestTests {
  /// As `sha256sum` says: of a million times `a` (FIPS 180-4's long example), of more than one stretch, and of nothing.
  @Test(arguments: [
    (1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    (2_500_003, "3baae3880cbc140c248d9f1d7fa0ae083e015e84ba2ab7fa4d22265e8205a1af"),
    (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
  ])
  func theHashIsThatOfOtherPrograms(count: Int, hex: String) throws {
    let path = FileManager.default.temporaryDirectory.path + "/mlp-digest-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Data(repeating: UInt8(ascii: "a"), count: count).write(to: URL(fileURLWithPath: path))
    let identity = try #require(FileIdentity(path))
    #expect(FileDigest.of(identity, Progress()) == hex)
    try Data("b".utf8).write(to: URL(fileURLWithPath: path))
    #expect(FileDigest.of(identity, Progress()) == nil)
  }
}
