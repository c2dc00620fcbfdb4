import Tables

/// The blocks of files of records, one file after the other.
final class RecordFeed {
  /// A block and the file that it is from.
  struct Text: Sendable {
    let file: Int
    let bytes: [UInt8]
  }

  /// A file, opened when its first block is asked for.
  struct File {
    let path: String
    let open: () throws(SourceError) -> SampledStream
  }

  private let files: [File]
  private let lineLimit: Int
  private var place = 0
  private var stream: SampledStream?
  private var blocks: LineBlocks?
  /// How many bytes of text were given so far.
  private(set) var byteCount = 0

  init(_ files: [File], lineLimit: Int) {
    self.files = files
    self.lineLimit = lineLimit
  }

  var count: Int { files.count }

  func path(of file: Int) -> String { file < files.count ? files[file].path : "" }

  /// About which part of the files has been given.
  var fraction: Double {
    let own = stream.flatMap { stream in stream.size.map { Double(stream.taken) / Double(max(1, $0)) } } ?? 0
    return min(1, (Double(place) + own) / Double(max(1, files.count)))
  }

  /// At most `count` blocks that follow; none at the end.
  func next(_ count: Int) throws(SourceError) -> [Text] {
    var texts: [Text] = []
    while texts.count < count, place < files.count {
      let blocks = try opened()
      if let bytes = try blocks.next() {
        texts.append(Text(file: place, bytes: bytes))
        byteCount += bytes.count
      } else {
        (self.blocks, stream) = (nil, nil)
        place += 1
      }
    }
    return texts
  }

  private func opened() throws(SourceError) -> LineBlocks {
    if let blocks { return blocks }
    let opened = try files[place].open()
    let made = LineBlocks(opened, source: files[place].path, lineLimit: lineLimit)
    (stream, blocks) = (opened, made)
    return made
  }
}
