import Display
import Formats
import Interpreter
import Kernels
import Packaging
import Plan
import Scoring
import Tables

/// The formats that `export` writes, told by a file's name.
enum ExportFormat: String {
  case onnx, mlpkg, csv, tsv, html

  init?(path: String) {
    let plain = path.hasSuffix(".gz") ? String(path.dropLast(3)) : path
    guard let dot = plain.lastIndex(of: "."),
      let format = ExportFormat(rawValue: String(plain[plain.index(after: dot)...]))
    else { return nil }
    let isDelimited = format == .csv || format == .tsv
    if path.hasSuffix(".gz"), !isDelimited { return nil }
    self = format
  }

  func takes(_ subject: ValueType) -> Bool {
    switch (self, subject) {
    case (_, .unknown), (.html, _): true
    case (.onnx, .model), (.mlpkg, .model), (.onnx, .service), (.mlpkg, .service): true
    case (.csv, .table), (.csv, .split), (.tsv, .table), (.tsv, .split): true
    default: false
    }
  }

  /// Writes the value and gives the number of bytes. Throws `cannotWrite` with the system's reason, or `unsupported` for a step that the
  /// format cannot hold.
  func write(_ value: Value, to path: String, _ context: RunContext) throws(EngineError) -> Int {
    switch self {
    case .csv, .tsv:
      return try Self.write(try Self.rows(of: value, context), to: path, context.progress)
    case .onnx: return try Self.save(try Self.onnx(try Self.model(of: value)), path)
    case .mlpkg:
      return try Self.save(MlpkgWriter.bytes(PackageFile(try Self.model(of: value))), path)
    case .html:
      let report = try Report(value, context)
      return try Self.save(Array(HTMLRenderer().document(title: report.title, displays: report.displays).utf8), path)
    }
  }

  private static func onnx(_ model: Model) throws(EngineError) -> [UInt8] {
    do throws(Unsupported) {
      return try OnnxTarget.emit(PackageFile(model))
    } catch {
      throw EngineError(error, by: .onnx)
    }
  }

  private static func save(_ bytes: [UInt8], _ path: String) throws(EngineError) -> Int {
    do throws(FileError) {
      try DurableFile.write(bytes, to: path)
      return bytes.count
    } catch {
      throw EngineError(.file(.notWritten(error)))
    }
  }

  private static func failure(_ error: SourceError, _ path: String) -> EngineError {
    if case .file(let file) = error.reason {
      return EngineError(.file(.notWritten(file)))
    }
    return EngineError(error)
  }

  /// Writes rows chunk by chunk.
  private static func write(_ rows: Rows, to path: String, _ progress: Progress) throws(EngineError) -> Int {
    let file = try writing(path) { () throws(SourceError) in try DelimitedFileWriter(path: path) }
    try rows.fold(nil, progress) { chunk throws(EngineError) in
      try writing(path) { () throws(SourceError) in try file.append(chunk, progress) }
      return true
    }
    return try writing(path) { () throws(SourceError) in try file.finish() }
  }

  private static func writing<Result>(
    _ path: String, _ body: () throws(SourceError) -> Result
  ) throws(EngineError) -> Result {
    do { return try body() } catch { throw failure(error, path) }
  }

  private static func rows(of value: Value, _ context: RunContext) throws(EngineError) -> Rows {
    switch value {
    case .table(let relation): try context.executor.rows(relation, context.progress).rows
    case .split(let split): .whole(try split.trainingRows(context.progress).table)
    default: throw EngineError(.subject(.wrong(.table)))
    }
  }

  private static func model(of value: Value) throws(EngineError) -> Model {
    switch value {
    case .model(let model): model
    case .service(let service): service.model
    default: throw EngineError(.subject(.wrong(.model)))
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
