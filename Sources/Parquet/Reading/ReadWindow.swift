/// The bytes of a column's pages, read from the file a stretch at a time.
final class ReadWindow {
  private let file: FileBytes
  private let buffer = RawBuffer()
  /// Where in the file the first byte of the buffer stands.
  private var start: Int
  /// Where in the file the next byte stands.
  private(set) var position: Int
  /// Where the pages are said to end; some writers leave out the header of the first one.
  private let likelyEnd: Int
  /// Where they end at the latest.
  private let end: Int
  private let stretch: Int
  /// How many bytes were read from the file.
  private(set) var byteCount = 0

  /// Bytes from `start` on, of which `size` are likely to be wanted and none from `end` on; `stretch` are read at a time where pages
  /// are smaller. Throws for a place that the file has not.
  init(_ file: FileBytes, start: Int, size: Int, end: Int, stretch: Int) throws(ParquetFailure) {
    guard start > 0, start <= end, size >= 0 else {
      throw .damaged("its pages are said to be \(size) bytes from byte \(start) on, which the file has not")
    }
    self.file = file
    self.start = start
    self.end = end
    self.stretch = stretch
    position = start
    likelyEnd = size > end - start ? end : start + size
  }

  /// How many bytes there are from here to the end.
  var left: Int { end - position }
  /// The same to where the pages are said to end; to the very end behind that.
  var likelyLeft: Int { position < likelyEnd ? likelyEnd - position : left }

  /// The next bytes, which stay where they are until others are asked for. Throws where there are not so many.
  func bytes(_ count: Int) throws(ParquetFailure) -> ByteCursor {
    guard count <= left else {
      throw .damaged("its pages end early: a page of \(count) bytes begins \(left) before the end")
    }
    try fill(count)
    return ByteCursor(UnsafePointer(buffer.base) + (position - start), count)
  }

  func advance(_ count: Int) { position += count }

  /// Gives the memory back; what was read ahead is read again.
  func release() {
    buffer.release()
    start = position
  }

  private func fill(_ count: Int) throws(ParquetFailure) {
    let held = start + buffer.count - position
    if held >= count { return }
    let wanted = max(count, min(stretch, likelyEnd - position))
    if held > 0 { buffer.base.update(from: buffer.base + (position - start), count: held) }
    start = position
    let kept = max(0, held)
    try buffer.resize(to: wanted, keeping: kept)
    try file.read(buffer.base + kept, wanted - kept, at: position + kept)
    byteCount += wanted - kept
  }
}
