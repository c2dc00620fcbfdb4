/// HMAC with SHA-256 (RFC 2104, FIPS 198-1): a digest that nobody makes or checks without the key.
///
/// The key is taken up once; each message then costs its own blocks and two more.
public struct KeyedHash: Sendable {
  private let inner: SHA256
  private let outer: SHA256

  /// A key of any length.
  public init(key: [UInt8]) {
    var block = key.count > 64 ? SHA256.digest(key) : key
    block += [UInt8](repeating: 0, count: 64 - block.count)
    var hash = SHA256()
    hash.add(block.map { $0 ^ 0x36 })
    inner = hash
    hash = SHA256()
    hash.add(block.map { $0 ^ 0x5c })
    outer = hash
  }

  /// The 32 bytes of the message's code. O(bytes).
  public func code(_ message: [UInt8]) -> [UInt8] {
    var hash = inner
    hash.add(message)
    var last = outer
    last.add(hash.digest)
    return last.digest
  }
}
