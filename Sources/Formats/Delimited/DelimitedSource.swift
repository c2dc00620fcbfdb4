import Kernels
import Tables

/// A table in a delimited text file: comma-, semicolon-, tab- or bar-separated (RFC 4180), plain or gzip.
///
/// Types are found from the first 64 KiB and hold for the whole file: a cell further down that does not fit is an error
/// with its line, not a silent change. The table is the same on any number of threads.
public struct DelimitedSource: TableSource {
  private enum Origin: Sendable { case file, memory([UInt8]) }

  /// The file's path as it was given; `-` is standard input.
  public let path: String
  public let options: DelimitedOptions
  private let origin: Origin

  public init(path: String, options: DelimitedOptions = DelimitedOptions()) {
    self.path = path
    self.options = options
    origin = .file
  }

  /// The same reader over text that is already in memory; `name` is what messages call it.
  public init(bytes: [UInt8], name: String, options: DelimitedOptions = DelimitedOptions()) {
    path = name
    self.options = options
    origin = .memory(bytes)
  }

  /// Over text that `DelimitedWriter` wrote.
  init(written text: [UInt8], _ delimiter: Character, _ types: [String: ColumnType]) {
    var options = DelimitedOptions()
    options.delimiter = delimiter
    options.header = .present
    options.types = Dictionary(types.map { (WrittenBeginning.bare($0), $1) }, uniquingKeysWith: { first, _ in first })
    self.init(bytes: text, name: "what was written", options: options)
  }

  public var missingWords: [String] { options.missing }
  public var findsTypes: Bool { true }

  public var byteCount: Int? {
    switch origin {
    case .memory(let bytes): bytes.count
    case .file: Compression(path: path) == nil ? FileStream.byteCount(path) : nil
    }
  }

  public func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int {
    byteCount == nil ? 0 : try DelimitedReading([self], union: false).prepared(request).expectedRows
  }

  public var name: String { path == "-" ? "input" : FileName.stem(path) }

  /// Reads at most 64 KiB of the file. nil for what can be read only once (standard input, a pipe) and where the header
  /// is longer than that.
  ///
  /// Complexity: O(sample).
  public func declaredSchema() throws(SourceError) -> DeclaredSchema? { try measuredSchema().schema }

  /// What the sample tells and how many bytes of the file were read for it.
  func measuredSchema() throws(SourceError) -> (schema: DeclaredSchema?, bytesRead: Int) {
    guard let (survey, bytesRead) = try sampled() else { return (nil, 0) }
    guard survey.isComplete else { return (nil, bytesRead) }
    try FileColumn(options.fileColumn, among: nil)?.check(survey.names, in: path)
    var declared = Survey.declared(survey.columns, options)
    for column in survey.columns where !column.texts.isEmpty { declared.texts[column.name] = column.texts }
    return (declared, bytesRead)
  }

  /// What the sample tells, and how many bytes were read for it; nil for what can be read only once.
  func sampled() throws(SourceError) -> (survey: Survey, bytesRead: Int)? {
    guard let text = try open(onlyRepeatable: true) else { return nil }
    return (try survey(text), text.stream.taken)
  }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try DelimitedReading([self], union: false).scan(request, progress, take)
  }

  public func read(_ request: ScanRequest, _ progress: Progress) throws(SourceError) -> SourceRows {
    try DelimitedReading([self], union: false).read(request, progress)
  }

  /// The text from its start, and what its beginning tells: as much of it as the header needs.
  func surveyed(onlyRepeatable: Bool) throws(SourceError) -> (stream: SampledStream, survey: Survey) {
    guard let text = try open(onlyRepeatable: onlyRepeatable) else {
      throw SourceError(
        source: path, reason: .badFormat("it can be read only once; files that are read together are looked at before"))
    }
    let stream = text.stream
    var found = try survey(text)
    while !found.isComplete {
      guard stream.sample.count < options.recordLimit else {
        throw SourceError(
          source: path, reason: .tooLarge("a header longer than \(options.recordLimit) bytes"), line: 1)
      }
      try stream.extend()
      found = try survey(text)
    }
    return (stream, found)
  }

  private func survey(_ text: OpenedText) throws(SourceError) -> Survey {
    try Surveyor(source: path, options: options).survey(text)
  }

  /// nil where only what can be read again is asked for and this cannot.
  func open(onlyRepeatable: Bool) throws(SourceError) -> OpenedText? {
    try raw(onlyRepeatable: onlyRepeatable).map { (raw) throws(SourceError) in
      try OpenedText(raw, options, source: path)
    }
  }

  private func raw(onlyRepeatable: Bool) throws(SourceError) -> SampledStream? {
    switch origin {
    case .memory(let bytes):
      return try SampledStream(MemoryStream(bytes), source: path, expandedLimit: options.expandedLimit)
    case .file:
      if onlyRepeatable, !(try FileStream.isRepeatable(path)) { return nil }
      return try SampledStream(try FileStream(path: path), source: path, expandedLimit: options.expandedLimit)
    }
  }
}
