import Kernels
import Tables

/// A table in a file of records as JSON writes them, plain or compressed: one a line, or the elements of a list.
///
/// Columns and types are found from the first 64 KiB and hold for the whole file. The table is the same on any number of
/// threads.
struct RecordSource: TableSource {
  private enum Origin: Sendable { case file, memory([UInt8]) }

  let path: String
  let request: ReadingRequest
  private let origin: Origin
  /// Where the records are in a text that begins so.
  private let beginning: @Sendable (_ sample: [UInt8], _ isWhole: Bool) -> JSONBeginning
  /// How many bytes one record may have, and a compressed file.
  let recordLimit = 64 << 20
  private let expandedLimit = 16 << 30

  init(
    path: String, bytes: [UInt8]? = nil, _ request: ReadingRequest,
    beginning: @escaping @Sendable (_ sample: [UInt8], _ isWhole: Bool) -> JSONBeginning
  ) {
    self.path = path
    self.request = request
    self.beginning = beginning
    origin = bytes.map(Origin.memory) ?? .file
  }

  var name: String { path == "-" ? "input" : FileName.stem(path) }

  func declaredSchema() throws(SourceError) -> DeclaredSchema? { try RecordFiles([self]).declaredSchema() }

  func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int { try RecordFiles([self]).expectedRows(request) }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try RecordFiles([self]).scan(request, progress, take)
  }

  /// Takes the sample's records up and gives where they begin; nil where it has no whole one.
  func look(_ stream: SampledStream, _ records: inout RecordSample) throws(SourceError) -> RecordStart? {
    switch beginning(stream.sample, stream.isWhole) {
    case .refused(let words): throw SourceError(source: path, reason: .badFormat(words), line: 1)
    case .unclear: return nil
    case .records(let start):
      let isEnough = stream.sample.withUnsafeBufferPointer { text in
        let text = UnsafeBufferPointer(rebasing: text[start.offset...])
        switch start.layout {
        case .lines: return Self.eachLine(text, isWhole: stream.isWhole) { records.add($0) }
        case .list: return JSONList.eachElement(text, isWhole: stream.isWhole) { records.add($0) }
        }
      }
      return isEnough ? start : nil
    }
  }

  /// The lines that end in a text, and its last where the text is whole; blank ones are left out.
  private static func eachLine(
    _ text: UnsafeBufferPointer<UInt8>, isWhole: Bool, _ take: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Bool {
    var start = 0
    while start < text.count {
      let end = text[start...].firstIndex(of: 0x0A)
      if end == nil, !isWhole { break }
      var line = text[start..<(end ?? text.count)]
      start = line.endIndex + 1
      if line.starts(with: JSONDocument.mark) { line = line.dropFirst(JSONDocument.mark.count) }
      if !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { take(UnsafeBufferPointer(rebasing: line)) }
    }
    return true
  }

  /// The same, the sample being extended until it has a whole record.
  func lookAtRecord(_ stream: SampledStream, _ records: inout RecordSample) throws(SourceError) -> RecordStart {
    while true {
      if let start = try look(stream, &records) { return start }
      guard stream.sample.count < recordLimit else {
        throw SourceError(
          source: path, reason: .tooLarge("a first record that does not end within \(recordLimit) bytes"), line: 1)
      }
      try stream.extend()
    }
  }

  /// nil where only what can be read again is asked for and this cannot.
  func open(onlyRepeatable: Bool) throws(SourceError) -> SampledStream? {
    switch origin {
    case .memory(let bytes):
      return try SampledStream(MemoryStream(bytes), source: path, expandedLimit: expandedLimit)
    case .file:
      if onlyRepeatable, !(try FileStream.isRepeatable(path)) { return nil }
      return try SampledStream(try FileStream(path: path), source: path, expandedLimit: expandedLimit)
    }
  }
}
