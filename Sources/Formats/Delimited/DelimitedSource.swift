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

  public var missingWords: [String] { options.missing }

  public var name: String { path == "-" ? "input" : FileName.stem(path) }

  /// Reads at most 64 KiB of the file. nil for what can be read only once (standard input, a pipe) and where the header
  /// is longer than that.
  ///
  /// Complexity: O(sample).
  public func declaredSchema() throws(SourceError) -> DeclaredSchema? { try measuredSchema().schema }

  /// What the sample tells and how many bytes of the file were read for it.
  func measuredSchema() throws(SourceError) -> (schema: DeclaredSchema?, bytesRead: Int) {
    guard let stream = try open(onlyRepeatable: true) else { return (nil, 0) }
    let survey = try survey(stream)
    return (survey.isComplete ? pruned(survey.declared) : nil, stream.taken)
  }

  private func pruned(_ declared: DeclaredSchema) -> DeclaredSchema {
    guard let columns = options.columns else { return declared }
    let fields = columns.compactMap { name in declared.schema[name].map { Field(name, $0) } }
    return DeclaredSchema(schema: Schema(fields), open: declared.open.intersection(columns))
  }

  public func read(columns: Set<String>?, _ progress: Progress) throws(SourceError) -> SourceRows {
    guard let stream = try open(onlyRepeatable: false) else { return SourceRows(table: Table([])) }
    var found = try survey(stream)
    while !found.isComplete {
      guard stream.sample.count < options.recordLimit else {
        throw SourceError(
          source: path, reason: .tooLarge("a header longer than \(options.recordLimit) bytes"), line: 1)
      }
      try stream.extend()
      found = try survey(stream)
    }
    guard !found.columns.isEmpty else { return SourceRows(table: Table([]), notes: found.notes) }
    let kept = options.columns.map { Set($0) }
    let wanted = columns.map { asked in kept.map { asked.intersection($0) } ?? asked } ?? kept
    return try DelimitedReading(path, stream, found, options, wanted: wanted).read(progress)
  }

  private func survey(_ stream: SampledStream) throws(SourceError) -> Survey {
    let surveyor = Surveyor(source: path, options: options, preferred: options.preferred.asciiValue ?? 0x2C)
    return try surveyor.survey(stream.sample, sampleCount: stream.sampleCount, isWhole: stream.isWhole)
  }

  private func open(onlyRepeatable: Bool) throws(SourceError) -> SampledStream? {
    switch origin {
    case .memory(let bytes):
      return try SampledStream(MemoryStream(bytes), source: path, expandedLimit: options.expandedLimit)
    case .file:
      if onlyRepeatable, !(try FileStream.isRepeatable(path)) { return nil }
      return try SampledStream(try FileStream(path: path), source: path, expandedLimit: options.expandedLimit)
    }
  }
}
