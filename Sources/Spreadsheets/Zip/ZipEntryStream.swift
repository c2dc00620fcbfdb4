import CZlib
import Formats
import Kernels
import Tables

/// The bytes of one entry of an archive, expanded as they are read.
///
/// No more of them come out than the archive says; that they are all, and the right ones, is checked at their end.
final class ZipEntryStream: ByteStream {
  private static let pieceSize = 1 << 16
  /// What an entry may hold at most, and how many times its size on disk where it holds much.
  private static let (most, much, mostTimes) = (16 << 30, 1 << 30, 500)

  private let archive: ZipArchive
  private let entry: ZipEntry
  private var stream = z_stream()
  private var isOpen = false
  private var input: [UInt8]
  private var (inputAt, inputEnd) = (0, 0)
  /// Where the next compressed bytes stand, and how many are left.
  private var position: Int
  private var left: Int
  private var given = 0
  private var check: UInt = 0
  private var isDone = false

  /// Throws `badFormat` for an entry that is encrypted, or compressed in another way than by deflate, and `tooLarge` for one that
  /// expands beyond measure.
  init(_ archive: ZipArchive, _ entry: ZipEntry) throws(SourceError) {
    self.archive = archive
    self.entry = entry
    left = entry.compressed
    position = try Self.dataStart(archive, entry)
    input = [UInt8](repeating: 0, count: min(Self.pieceSize, max(1, entry.compressed)))
    switch entry.method {
    case .stored:
      guard entry.compressed == entry.expanded else { throw ZipArchive.damaged(archive.source, "sizes contradict") }
    case .deflated:
      // Negative window bits: deflate data without a wrapper.
      guard inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw ZipArchive.damaged(archive.source, "zlib could not be started")
      }
      isOpen = true
    case .other(let method):
      throw ZipArchive.damaged(
        archive.source, "'\(entry.name)' is compressed by method \(method), and only deflate is read")
    }
  }

  deinit { if isOpen { inflateEnd(&stream) } }

  private static func dataStart(_ archive: ZipArchive, _ entry: ZipEntry) throws(SourceError) -> Int {
    if entry.isEncrypted {
      throw SourceError(
        source: archive.source, reason: .badFormat("it is encrypted; save it without a password and load that"))
    }
    let ratio = entry.expanded / max(1, entry.compressed)
    guard entry.expanded <= most, entry.expanded <= much || ratio <= mostTimes else {
      throw SourceError(
        source: archive.source, reason: .tooLarge("'\(entry.name)' would expand to \(entry.expanded) bytes"))
    }
    let head = LittleEndian(bytes: try archive.bytes.stretch(entry.start, ZipEntry.headSize, archive.source))
    guard head.four(0) == 0x0403_4B50, let nameSize = head.two(26), let extraSize = head.two(28) else {
      throw ZipArchive.damaged(archive.source, "the head of '\(entry.name)' is damaged")
    }
    let start = entry.start + ZipEntry.headSize + nameSize + extraSize
    guard start <= archive.bytes.length, entry.compressed <= archive.bytes.length - start else {
      throw ZipArchive.damaged(archive.source, "'\(entry.name)' ends early")
    }
    return start
  }

  /// Bytes of the file that were read, of how many.
  var taken: Int { entry.compressed - left }
  var size: Int? { entry.compressed }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    if isDone || count == 0 { return 0 }
    while true {
      if inputAt == inputEnd, left > 0 { try refill() }
      let got = try isOpen ? expand(into: target, count) : copy(into: target, count)
      guard got > 0 else {
        if isDone { return 0 }
        continue
      }
      given += got
      if given > entry.expanded { throw damaged("holds more than it says") }
      check = crc32(check, target.assumingMemoryBound(to: UInt8.self), UInt32(got))
      return got
    }
  }

  private func refill() throws(SourceError) {
    let wanted = min(input.count, left)
    var outcome: Result<Int, SourceError> = .success(0)
    input.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) {
        outcome = .success(try archive.bytes.fill(base, wanted, at: position))
      } catch { outcome = .failure(error) }
    }
    inputEnd = try outcome.get()
    inputAt = 0
    if inputEnd < wanted { throw damaged("ends early") }
    position += inputEnd
    left -= inputEnd
  }

  private func copy(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    let wanted = min(count, inputEnd - inputAt, 1 << 30)
    if wanted == 0 {
      try finish()
      return 0
    }
    input.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { target.copyMemory(from: base + inputAt, byteCount: wanted) }
    }
    inputAt += wanted
    return wanted
  }

  private func expand(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    let room = UInt32(min(count, 1 << 30))
    let offered = inputEnd - inputAt
    let status = input.withUnsafeMutableBufferPointer { buffer in
      stream.next_in = buffer.baseAddress.map { $0 + inputAt }
      stream.avail_in = UInt32(offered)
      stream.next_out = target.assumingMemoryBound(to: UInt8.self)
      stream.avail_out = room
      return inflate(&stream, Z_NO_FLUSH)
    }
    inputAt += offered - Int(stream.avail_in)
    let got = Int(room - stream.avail_out)
    switch status {
    case Z_STREAM_END: if got == 0 { try finish() }
    case Z_OK, Z_BUF_ERROR: if got == 0, left == 0, inputAt == inputEnd { throw damaged("ends early") }
    default: throw damaged("is damaged")
    }
    return got
  }

  private func finish() throws(SourceError) {
    isDone = true
    guard given == entry.expanded, UInt32(truncatingIfNeeded: check) == entry.check else {
      throw damaged("is damaged: its checksum or size is another")
    }
  }

  private func damaged(_ words: String) -> SourceError {
    ZipArchive.damaged(archive.source, "'\(entry.name)' \(words)")
  }
}

extension ZipArchive {
  /// All bytes of an entry, of at most `most`.
  func contents(_ entry: ZipEntry, most: Int) throws(SourceError) -> [UInt8] {
    guard entry.expanded <= most else {
      throw SourceError(source: source, reason: .tooLarge("'\(entry.name)' of \(entry.expanded) bytes"))
    }
    let stream = try ZipEntryStream(self, entry)
    var result: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var outcome: Result<Int, SourceError> = .success(0)
      piece.withUnsafeMutableBytes { buffer in
        guard let base = buffer.baseAddress else { return }
        do throws(SourceError) { outcome = .success(try stream.read(into: base, buffer.count)) } catch {
          outcome = .failure(error)
        }
      }
      let got = try outcome.get()
      if got == 0 { return result }
      result.append(contentsOf: piece[..<got])
    }
  }
}
