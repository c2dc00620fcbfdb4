import Descriptions
import Display
import Formats
import Glibc
import Interpreter
import Kernels
import Notation
import Packaging
import Plan
import Scoring
import Tables

/// A file that a value is written to.
struct ExportedFile {
  let format: any FileFormat.Type

  /// What of a value is written.
  enum Content {
    case rows, model
    /// What the look shows that the value comes with.
    case figures
    case report
  }

  /// nil where the name tells no format that can be written.
  init?(path: String) {
    guard let format = FormatCatalog.format(of: path), FormatCatalog.isWritable(format) else { return nil }
    self.format = format
  }

  /// What is written of a value that comes with a look or without one; nil where the format takes nothing of it.
  func content(of subject: ValueType, _ look: LookType?) -> Content? {
    switch subject {
    case .table, .split:
      // A format of both writes the look that was asked for last.
      if look != nil, format is any FigureWriting.Type { return .figures }
      if format is any TableWriting.Type { return .rows }
    case .model, .service: if format is any ModelWriting.Type { return .model }
    case .unknown: return .rows
    case .nothing, .look, .scalar: break
    }
    if let look, format is any FigureWriting.Type || look.isTabular && format is any TableWriting.Type {
      return .figures
    }
    return format is any ReportWriting.Type ? .report : nil
  }

  /// The format with the options that its files are written with; nil where it has none.
  var written: Description? { (format as? any TableWriting.Type).flatMap(FormatCatalog.written) }

  /// Writes the value and gives the number of bytes. Throws `cannotWrite` with the system's reason, or `unsupported` for a
  /// step that the format cannot hold.
  func write(_ value: Value, to path: String, _ options: Options, _ context: RunContext) throws(EngineError) -> Int {
    if let format = format as? any FigureWriting.Type, let look = context.look {
      return try save(format.bytes(look.wholeDisplay(context)), path)
    }
    if let format = format as? any TableWriting.Type {
      if let rows = try rows(of: value, context) { return try write(rows, format, to: path, options, context.progress) }
      if let figures = context.look.flatMap({ FigureTable.of($0.display) }) {
        return try write(.whole(figures), format, to: path, options, context.progress)
      }
    }
    if let format = format as? any ModelWriting.Type, let model = model(of: value) {
      return try save(try ModelTrial.bytes(PackageFile(model), of: model, as: format), path)
    }
    guard let format = format as? any ReportWriting.Type else {
      throw EngineError(.subject(.wrong(.table)))
    }
    return try save(format.bytes(Report(value, context).page), path)
  }

  /// Writes rows chunk by chunk.
  private func write(
    _ rows: Rows, _ format: any TableWriting.Type, to path: String, _ options: Options, _ progress: Progress
  ) throws(EngineError) -> Int {
    let file = try writing(path) { () throws(SourceError) in try TableFileWriter(path: path, format, options) }
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      try writing(path) { () throws(SourceError) in try file.append(chunk, progress) }
      return true
    }
    return try writing(path) { () throws(SourceError) in try file.finish(progress) }
  }

  private func writing<Result>(
    _ path: String, _ body: () throws(SourceError) -> Result
  ) throws(EngineError) -> Result {
    do { return try body() } catch { throw Self.failure(error, path) }
  }

  private func save(_ bytes: [UInt8], _ path: String) throws(EngineError) -> Int {
    do throws(FileError) {
      guard let content = format.isCompressible ? Compression.content(bytes, for: path) : bytes else {
        throw FileError(path: path, reason: .other(ENOMEM))
      }
      try DurableFile.write(content, to: path)
      return content.count
    } catch {
      throw Self.failure(SourceError(source: path, reason: .file(error)), path)
    }
  }

  private static func failure(_ error: SourceError, _ path: String) -> EngineError {
    if case .file(let file) = error.reason {
      return EngineError(.file(.notWritten(file)))
    }
    return EngineError(error)
  }

  private func rows(of value: Value, _ context: RunContext) throws(EngineError) -> Rows? {
    switch value {
    case .table(let relation): try context.executor.rows(relation, context.progress).rows
    case .split(let split): .whole(try split.trainingRows(context.progress).table)
    default: nil
    }
  }

  /// What of a model the format has no place for.
  func lost(of value: Value) -> [Note] {
    guard let format = format as? any ModelWriting.Type, !format.holdsGuards, let graph = model(of: value)?.graph,
      !graph.guards.isEmpty
    else { return [] }
    let rules = graph.guards.map { ScriptText.code(graph.flags[$0].name) }.joined(separator: ", ")
    return [Note(.warning, "export: \(format.name) has no place for guards, and answers rows that break \(rules)")]
  }

  private func model(of value: Value) -> Model? {
    switch value {
    case .model(let model): model
    case .service(let service): service.model
    default: nil
    }
  }
}

extension PackageFile {
  /// A model with the figures on its record.
  init(_ model: Model) {
    self.init(
      model, madeBy: "mlp \(Version.current)", notes: model.notes.map(\.words),
      failures: model.board.map { $0.failure?.words },
      metrics: model.figures.map { Metric(name: $0.metric, part: $0.part, values: [$0.value]) },
      testOpenings: model.openings)
  }
}
