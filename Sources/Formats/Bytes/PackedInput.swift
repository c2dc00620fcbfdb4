import Tables

/// The packed bytes of a file, taken a buffer at a time, and how much has come out of them.
struct PackedInput {
  private let raw: any ByteStream
  private let source: String
  private let limit: Int
  private var given = 0
  var buffer: [UInt8]
  /// The part of the buffer that is still to be unpacked.
  var rest: Range<Int>

  /// `head` is what was already taken from `raw`; `limit` bounds the bytes that may come out.
  init(_ raw: any ByteStream, head: [UInt8], source: String, limit: Int) {
    self.raw = raw
    self.source = source
    self.limit = limit
    buffer = head
    rest = 0..<head.count
  }

  var taken: Int { raw.taken }
  var size: Int? { raw.size }

  /// Takes the next bytes of the file; `rest` is empty where it has ended.
  mutating func refill() throws(SourceError) {
    if buffer.count < 1 << 16 { buffer = [UInt8](repeating: 0, count: 1 << 16) }
    let raw = raw
    var filled: Result<Int, SourceError> = .success(0)
    buffer.withUnsafeMutableBytes { buffer in
      guard let base = buffer.baseAddress else { return }
      do throws(SourceError) { filled = .success(try raw.read(into: base, buffer.count)) } catch {
        filled = .failure(error)
      }
    }
    rest = 0..<(try filled.get())
  }

  /// Counts bytes that came out. Throws `tooLarge` past the limit.
  mutating func count(_ bytes: Int) throws(SourceError) {
    given += bytes
    if given > limit { throw tooLarge("more than \(limit) bytes expanded") }
  }

  func bad(_ words: String) -> SourceError { SourceError(source: source, reason: .badFormat(words)) }
  func tooLarge(_ words: String) -> SourceError { SourceError(source: source, reason: .tooLarge(words)) }
}
