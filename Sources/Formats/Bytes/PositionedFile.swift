import Kernels
import Tables

/// Files of which any stretch can be read.
package enum PositionedFile {
  /// Bytes of a pipe are taken so many at a time.
  private static let piece = 1 << 20

  /// Opens a file; what comes from standard input (`-`) or a pipe is taken into memory to its end. Throws `file` for one that is not there
  /// and `tooLarge` where memory is short.
  package static func open(_ path: String) throws(SourceError) -> any PositionedBytes {
    let file = try FileStream(path: path)
    if file.isRegular { return file }
    var bytes: [UInt8] = []
    while true {
      do throws(OutOfMemory) { try Memory.requireWorking(bytes.count + piece) } catch {
        throw SourceError(source: path, reason: .tooLarge("more than \(bytes.count) bytes that can be read only once"))
      }
      let got = try take(from: file)
      if got.isEmpty { return MemoryStream(bytes) }
      bytes += got
    }
  }

  /// Whether looking into the file takes nothing away from a later reading: true of plain files only. Throws `file` where there is none.
  package static func isRepeatable(_ path: String) throws(SourceError) -> Bool { try FileStream.isRepeatable(path) }

  private static func take(from file: FileStream) throws(SourceError) -> [UInt8] {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: piece, alignment: 16)
    defer { buffer.deallocate() }
    guard let base = buffer.baseAddress else { return [] }
    let count = try file.fill(base, piece)
    return Array(buffer[..<count])
  }
}
