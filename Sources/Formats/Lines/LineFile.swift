import Kernels
import Tables

/// A file of lines whose beginning tells its columns, plain or compressed.
struct LineFile: TypedFile {
  private enum Origin: Sendable { case file, memory([UInt8]) }

  let path: String
  private let origin: Origin
  /// What the beginning of the file tells; nil where it is too short for that, and then it comes again, longer.
  private let look: @Sendable (_ sample: [UInt8], _ isWhole: Bool) throws(SourceError) -> LineBeginning?
  /// How many bytes one line may hold, and what stands before the first row, and a compressed file.
  private let lineLimit = 64 << 20
  private let expandedLimit = 16 << 30

  /// Bytes that are in memory already are read in place of the file.
  init(
    path: String, bytes: [UInt8]? = nil,
    look: @escaping @Sendable (_ sample: [UInt8], _ isWhole: Bool) throws(SourceError) -> LineBeginning?
  ) {
    self.path = path
    self.look = look
    origin = bytes.map(Origin.memory) ?? .file
  }

  func outline() throws(SourceError) -> TypedOutline? {
    guard let stream = try open(onlyRepeatable: true) else { return nil }
    let beginning = try beginning(stream)
    return TypedOutline(
      schema: Schema(beginning.grammar.columns.map { Field($0.name, $0.type) }), notes: beginning.notes)
  }

  func scan(
    _ wanted: TypedRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> TypedReport {
    guard let stream = try open(onlyRepeatable: false) else { return TypedReport(schema: Schema([]), byteCount: 0) }
    let reading = LineReading(path, stream, try beginning(stream), lineLimit: lineLimit, wanted)
    return try reading.run(progress, take)
  }

  private func beginning(_ stream: SampledStream) throws(SourceError) -> LineBeginning {
    while true {
      if let beginning = try look(stream.sample, stream.isWhole) { return beginning }
      guard stream.sample.count < lineLimit else {
        throw SourceError(source: path, reason: .tooLarge("a beginning longer than \(lineLimit) bytes"), line: 1)
      }
      try stream.extend()
    }
  }

  /// nil where only what can be read again is asked for and this cannot.
  private func open(onlyRepeatable: Bool) throws(SourceError) -> SampledStream? {
    switch origin {
    case .memory(let bytes):
      return try SampledStream(MemoryStream(bytes), source: path, expandedLimit: expandedLimit)
    case .file:
      if onlyRepeatable, !(try FileStream.isRepeatable(path)) { return nil }
      return try SampledStream(try FileStream(path: path), source: path, expandedLimit: expandedLimit)
    }
  }
}
