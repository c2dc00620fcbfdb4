import Formats
import Tables

/// The bytes of a file, of which several threads read stretches.
final class FileBytes: @unchecked Sendable {
  private let bytes: any PositionedBytes
  let length: Int

  init(_ bytes: any PositionedBytes) {
    self.bytes = bytes
    length = bytes.length
  }

  /// Puts the `count` bytes from `position` at `target`. Throws where the file has not so many: it may have been cut since it was opened.
  func read(_ target: UnsafeMutablePointer<UInt8>, _ count: Int, at position: Int) throws(ParquetFailure) {
    guard count > 0 else { return }
    let got: Int
    do throws(SourceError) { got = try bytes.fill(target, count, at: position) } catch { throw .source(error) }
    guard got == count else { throw .damaged("the file ends early: \(count) bytes are missing at byte \(position)") }
  }
}
