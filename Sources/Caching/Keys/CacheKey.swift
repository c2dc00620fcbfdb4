import Kernels
import Packaging

/// The name of a result: the SHA-256 of everything that it depends on.
public struct CacheKey: Sendable, Hashable {
  /// 32 bytes.
  package let digest: [UInt8]

  init(digest: [UInt8]) { self.digest = digest }

  /// 64 hexadecimal digits, for a file's name.
  public var name: String { digest.reduce(into: "") { $0 += Self.hex[Int($1 >> 4)] + Self.hex[Int($1 & 15)] } }

  private static let hex = "0123456789abcdef".map(String.init)
}

/// Gathers what a result depends on. Each part stands under a name and with its length, so that no two lists of parts are the same
/// bytes.
public struct KeyParts: Sendable {
  private var bytes = ByteWriter()

  /// `kind` tells apart what is named by the same parts.
  public init(_ kind: String) { bytes.text(kind) }

  public mutating func add(_ name: String, _ value: String) {
    bytes.text(name)
    bytes.text(value)
  }

  public mutating func add(_ name: String, _ key: CacheKey) {
    bytes.text(name)
    bytes.raw(key.digest)
  }

  /// O(bytes of the parts).
  public var key: CacheKey { CacheKey(digest: SHA256.digest(bytes.bytes)) }
}
