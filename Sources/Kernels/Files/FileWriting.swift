import Glibc

/// Writes all bytes where the open file stands, however many calls the system takes. Throws what the system refuses; a part may have been
/// written by then.
public func writeAll(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(FileError) {
  var written = 0
  while written < bytes.count {
    let count = bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { write(descriptor, $0 + written, bytes.count - written) } ?? 0
    }
    if count < 0 {
      if errno == EINTR { continue }
      throw FileError(path: path, errno: errno)
    }
    written += count
  }
}
