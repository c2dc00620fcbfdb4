import Tables

/// A stream whose beginning was looked at: the sample is kept and read again before the rest.
///
/// For the sample at most 64 KiB are taken from the file; of compressed data, as much text as those bytes hold, at most 64 KiB.
final class SampledStream: ByteStream {
  static let sampleSize = 1 << 16

  private let raw: any ByteStream
  private let text: any ByteStream
  /// The first bytes of the text, and what `extend` added.
  private(set) var sample: [UInt8]
  /// How many bytes decide about types.
  let sampleCount: Int
  /// Whether the sample is known to be all there is.
  private(set) var isWhole: Bool
  /// Whether the text is other bytes than the file's: it was compressed, or is recoded.
  let isRecoded: Bool
  private var replayed = 0

  init(_ raw: any ByteStream, source: String, expandedLimit: Int) throws(SourceError) {
    self.raw = raw
    let head = try SampledStream.take(Self.sampleSize) { (target, count) throws(SourceError) in
      try raw.read(into: target, count)
    }
    if let compression = Compression(beginning: head) {
      let expanding = try compression.text(in: raw, head: head, source: source, limit: expandedLimit)
      text = expanding
      // A file that ends within the head may be asked for more without more of it being taken.
      let isAll = head.count < Self.sampleSize
      sample = try SampledStream.take(Self.sampleSize) { (target, count) throws(SourceError) in
        try expanding.read(into: target, count, mayRefill: isAll)
      }
      isWhole = expanding.isDone
      isRecoded = true
    } else {
      text = raw
      sample = head
      isWhole = head.count < Self.sampleSize
      isRecoded = false
    }
    sampleCount = sample.count
  }

  /// What a recoder makes of a text of which nothing has been read but its sample.
  init(_ base: SampledStream, by recoder: any TextRecoder) throws(SourceError) {
    raw = base.raw
    sample = try recoder.take(base.sample, isLast: base.isWhole)
    sampleCount = sample.count
    isWhole = base.isWhole
    isRecoded = true
    text = RecodedStream(base, recoder, isAtEnd: base.isWhole)
    base.replayed = base.sample.count
  }

  /// Takes as many bytes again into the sample, for a header that is longer than it.
  func extend() throws(SourceError) {
    let wanted = max(Self.sampleSize, sample.count)
    let more = try SampledStream.take(wanted) { [text] (target, count) throws(SourceError) in
      try text.read(into: target, count)
    }
    sample += more
    isWhole = more.count < wanted
  }

  /// Passes over the first bytes.
  func skip(_ count: Int) throws(SourceError) {
    replayed = min(count, sample.count)
    var left = count - replayed
    while left > 0 {
      let passed = try Self.take(min(left, Self.sampleSize)) { [text] (target, count) throws(SourceError) in
        try text.read(into: target, count)
      }
      if passed.isEmpty { return }
      left -= passed.count
    }
  }

  /// The text as bytes of which any stretch can be read; nil where it comes only from front to back.
  var positions: (any PositionedBytes)? {
    if isRecoded { return nil }
    if let file = raw as? FileStream, !file.isRegular || file.length == 0 { return nil }
    return raw as? any PositionedBytes
  }

  var taken: Int { raw.taken }
  var size: Int? { raw.size }

  func read(into target: UnsafeMutableRawPointer, _ count: Int) throws(SourceError) -> Int {
    let left = sample.count - replayed
    guard left > 0 else { return try text.read(into: target, count) }
    let wanted = min(left, count)
    sample.withUnsafeBytes { buffer in
      if let base = buffer.baseAddress { target.copyMemory(from: base + replayed, byteCount: wanted) }
    }
    replayed += wanted
    return wanted
  }

  private static func take(
    _ count: Int, _ read: (UnsafeMutableRawPointer, Int) throws(SourceError) -> Int
  ) throws(SourceError) -> [UInt8] {
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
    defer { buffer.deallocate() }
    var filled = 0
    while filled < count {
      let got = try read(buffer + filled, count - filled)
      if got == 0 { break }
      filled += got
    }
    return Array(UnsafeRawBufferPointer(start: buffer, count: filled))
  }
}
