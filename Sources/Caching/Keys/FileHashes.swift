import Kernels
import Packaging
import Synchronization

/// The content hashes of files, remembered with their identities: a file is hashed anew only when its identity is another.
public final class FileHashes: Sendable {
  private let folder: CacheFolder?
  private let known = Mutex<[FileIdentity: [UInt8]]>([:])

  /// Remembered in the folder too, where there is one.
  public init(_ folder: CacheFolder?) { self.folder = folder }

  /// The hash of the bytes of a file in that state; nil where it cannot be read or changes meanwhile.
  public func hash(_ identity: FileIdentity, _ progress: Progress) -> CacheKey? {
    if let found = known.withLock({ $0[identity] }) ?? remembered(identity) { return CacheKey(digest: found) }
    guard let digest = ContentHash.of(identity, progress) else { return nil }
    if identity.isSettled { remember(identity, digest) }
    return CacheKey(digest: digest)
  }

  private static func place(_ identity: FileIdentity) -> CacheKey {
    var parts = KeyParts("file")
    parts.add("path", identity.path)
    return parts.key
  }

  private func remembered(_ identity: FileIdentity) -> [UInt8]? {
    guard let bytes = folder?.read(.file, Self.place(identity)) else { return nil }
    var reader = ByteReader(bytes, in: 0..<bytes.count)
    do throws(PackageError) {
      var numbers: [Int64] = []
      for _ in 0..<FileIdentity.numberCount { numbers.append(try reader.int64()) }
      let digest = Array(try reader.raw(32))
      guard reader.remaining == 0, numbers == identity.numbers else { return nil }
      known.withLock { $0[identity] = digest }
      return digest
    } catch {
      return nil
    }
  }

  private func remember(_ identity: FileIdentity, _ digest: [UInt8]) {
    known.withLock { $0[identity] = digest }
    var writer = ByteWriter()
    for number in identity.numbers { writer.int(number) }
    writer.raw(digest)
    folder?.write(.file, Self.place(identity), writer.bytes)
  }
}
