import Formats
import Kernels
import Tables

/// The entries of a zip archive (PKWARE APPNOTE 6.3.10), as its central directory tells.
struct ZipArchive {
  /// The signatures of an archive's parts, and how long their fixed parts are.
  private enum Mark {
    static let end = (signature: 0x0605_4B50, size: 22)
    static let end64 = (signature: 0x0606_4B50, size: 56)
    static let locator64 = (signature: 0x0706_4B50, size: 20)
    static let entry = (signature: 0x0201_4B50, size: 46)
  }

  private static let longestComment = 65_535
  private static let mostEntries = 65_536
  private static let mostDirectory = 64 << 20

  let source: String
  let bytes: any PositionedBytes
  /// By name, in lower case, as the names of a package's parts are compared.
  private let entries: [String: ZipEntry]

  /// Throws `badFormat` for bytes that are no archive, for one that is cut off, and where entries have one name or share bytes.
  init(_ bytes: any PositionedBytes, source: String) throws(SourceError) {
    self.source = source
    self.bytes = bytes
    let directory = try Directory(bytes, source: source)
    guard directory.size <= Self.mostDirectory, directory.count <= Self.mostEntries else {
      throw SourceError(source: source, reason: .tooLarge("more than \(Self.mostEntries) entries in an archive"))
    }
    let found = try Self.read(
      directory, LittleEndian(bytes: bytes.stretch(directory.start, directory.size, source)), source)
    var entries: [String: ZipEntry] = [:]
    for entry in found where !entry.name.hasSuffix("/") {
      guard entries.updateValue(entry, forKey: entry.name.lowercased()) == nil else {
        throw Self.damaged(source, "it has two entries '\(entry.name)'")
      }
    }
    self.entries = entries
    try Self.refuseOverlaps(found, before: directory.start, source)
  }

  /// The entry of a name, in any case.
  subscript(_ name: String) -> ZipEntry? { entries[name.lowercased()] }

  private static func read(
    _ directory: Directory, _ fields: LittleEndian, _ source: String
  ) throws(SourceError) -> [ZipEntry] {
    var found: [ZipEntry] = []
    var at = 0
    for _ in 0..<directory.count {
      guard fields.four(at) == Mark.entry.signature,
        let listed = ZipEntry.listed(fields, at, headSize: Mark.entry.size)
      else { throw damaged(source, "its list of entries is damaged") }
      found.append(listed.entry)
      at = listed.end
    }
    return found
  }

  /// Entries that share bytes would make a small file hold any amount of data.
  private static func refuseOverlaps(_ entries: [ZipEntry], before end: Int, _ source: String) throws(SourceError) {
    var last = 0
    for entry in entries.sorted(by: { ($0.start, $0.compressed) < ($1.start, $1.compressed) }) {
      let (size, isTooLarge) = entry.compressed.addingReportingOverflow(ZipEntry.headSize)
      guard entry.start >= last, !isTooLarge, size <= end - entry.start else {
        throw damaged(source, "its entries overlap")
      }
      last = entry.start + size
    }
  }

  static func damaged(_ source: String, _ words: String) -> SourceError {
    SourceError(source: source, reason: .badFormat("it is no sound workbook: \(words)"))
  }

  /// Where the list of entries stands.
  private struct Directory {
    let count: Int
    let size: Int
    let start: Int

    init(_ bytes: any PositionedBytes, source: String) throws(SourceError) {
      let tailSize = min(bytes.length, Mark.end.size + ZipArchive.longestComment)
      let tailStart = bytes.length - tailSize
      let tail = LittleEndian(bytes: try bytes.stretch(tailStart, tailSize, source))
      guard let end = Self.end(tail), let count = tail.two(end + 10), let size = tail.four(end + 12),
        let start = tail.four(end + 16)
      else { throw try OtherWorkbook.refusal(bytes, source) }
      var found = (count: count, size: size, start: start, limit: tailStart + end)
      if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
        found = try Self.large(bytes, tail, end, source)
      }
      guard found.start <= found.limit, found.size <= found.limit - found.start else {
        throw damaged(source, "its list of entries lies beyond its end")
      }
      (self.count, self.size, self.start) = (found.count, found.size, found.start)
    }

    /// The last place of the mark of the end, behind which only a comment stands.
    private static func end(_ tail: LittleEndian) -> Int? {
      var at = tail.bytes.count - Mark.end.size
      while at >= 0 {
        if tail.bytes[at] == 0x50, tail.four(at) == Mark.end.signature, let comment = tail.two(at + 20),
          comment <= tail.bytes.count - at - Mark.end.size
        {
          return at
        }
        at -= 1
      }
      return nil
    }

    /// The same of an archive with numbers beyond 32 bits.
    private static func large(
      _ bytes: any PositionedBytes, _ tail: LittleEndian, _ end: Int, _ source: String
    ) throws(SourceError) -> (count: Int, size: Int, start: Int, limit: Int) {
      let locator = end - Mark.locator64.size
      guard tail.four(locator) == Mark.locator64.signature, let place = tail.eight(locator + 8),
        place <= bytes.length - Mark.end64.size
      else { throw damaged(source, "its end is damaged") }
      let fields = LittleEndian(bytes: try bytes.stretch(place, Mark.end64.size, source))
      guard fields.four(0) == Mark.end64.signature, let count = fields.eight(32), let size = fields.eight(40),
        let start = fields.eight(48)
      else { throw damaged(source, "its end is damaged") }
      return (count, size, start, place)
    }
  }
}

extension PositionedBytes {
  /// Some bytes at a place; throws `badFormat` where there are fewer.
  func stretch(_ start: Int, _ count: Int, _ source: String) throws(SourceError) -> [UInt8] {
    guard start >= 0, count >= 0, start <= length, count <= length - start else {
      throw ZipArchive.damaged(source, "it ends early")
    }
    do throws(OutOfMemory) { try Memory.require(count) } catch {
      throw SourceError(source: source, reason: .tooLarge("\(count) bytes do not fit into memory"))
    }
    var result = [UInt8](repeating: 0, count: count)
    var outcome: Result<Int, SourceError> = .success(0)
    result.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) { outcome = .success(try fill(base, count, at: start)) } catch {
        outcome = .failure(error)
      }
    }
    guard try outcome.get() == count else { throw ZipArchive.damaged(source, "it ends early") }
    return result
  }
}
