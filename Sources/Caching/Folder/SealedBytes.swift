import Kernels
import Packaging

/// The form of a cache's file: the version of the layout, what it is, under which key, the content, and the SHA-256 of all before.
enum SealedBytes {
  /// The version of everything that a cache's files hold.
  static let layout: UInt32 = 2
  private static let magic = Array("mlpcache".utf8)

  static func sealed(_ content: [UInt8], _ kind: String, _ key: CacheKey) -> [UInt8] {
    var writer = ByteWriter()
    writer.raw(magic)
    writer.fixed(layout)
    writer.text(kind)
    writer.raw(key.digest)
    writer.count(content.count)
    writer.raw(content)
    writer.raw(SHA256.digest(writer.bytes))
    return writer.bytes
  }

  /// The content; nil for other bytes than were written.
  static func opened(_ bytes: [UInt8], _ kind: String, _ key: CacheKey) -> [UInt8]? {
    let end = bytes.count - 32
    guard end > 0, SHA256.digest(bytes[..<end]).elementsEqual(bytes[end...]) else { return nil }
    var reader = ByteReader(bytes, in: 0..<end)
    do throws(PackageError) {
      guard try reader.raw(magic.count).elementsEqual(magic), try reader.fixed32() == layout, try reader.text() == kind,
        try reader.raw(32).elementsEqual(key.digest)
      else { return nil }
      let content = try reader.raw(try reader.count(each: 1))
      return reader.remaining == 0 ? Array(content) : nil
    } catch {
      return nil
    }
  }
}
