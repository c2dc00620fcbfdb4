import Descriptions
import Formats
import Interpreter
import Kernels
import Packaging
import Plan
import Scoring
import Tables

/// A file that a value is written to.
struct ExportedFile {
  let format: any FileFormat.Type

  /// nil where the name tells no format that can be written.
  init?(path: String) {
    guard let format = FormatCatalog.format(of: path),
      format is any TableWriting.Type || format is any ModelWriting.Type || format is any ReportWriting.Type
    else { return nil }
    self.format = format
  }

  func takes(_ subject: ValueType) -> Bool {
    switch subject {
    case .table, .split: format is any TableWriting.Type || format is any ReportWriting.Type
    case .model, .service: format is any ModelWriting.Type || format is any ReportWriting.Type
    case .unknown: true
    default: format is any ReportWriting.Type
    }
  }

  /// Writes the value and gives the number of bytes. Throws `cannotWrite` with the system's reason, or `unsupported` for a
  /// step that the format cannot hold.
  func write(_ value: Value, to path: String, _ context: RunContext) throws(EngineError) -> Int {
    if let format = format as? any TableWriting.Type, let table = try table(of: value, context) {
      do throws(SourceError) {
        return try format.write(table, to: path, context.progress)
      } catch {
        throw Self.failure(error, path)
      }
    }
    if let format = format as? any ModelWriting.Type, let model = model(of: value) {
      let bytes: [UInt8]
      do throws(Unsupported) { bytes = try format.bytes(PackageFile(model)) } catch {
        throw EngineError(error, format: format.name)
      }
      return try save(bytes, path)
    }
    guard let format = format as? any ReportWriting.Type else {
      throw EngineError(.wrongType, path, "the value cannot be written as \(format.name)")
    }
    let report = try Report(value, context)
    return try save(format.bytes(title: report.title, report.displays), path)
  }

  private func save(_ bytes: [UInt8], _ path: String) throws(EngineError) -> Int {
    do throws(FileError) {
      try DurableFile.write(bytes, to: path)
      return bytes.count
    } catch {
      throw Self.failure(SourceError(source: path, reason: .file(error)), path)
    }
  }

  private static func failure(_ error: SourceError, _ path: String) -> EngineError {
    if case .file(let file) = error.reason {
      return EngineError(.cannotWrite, path, "cannot write '\(path)': \(file.words)")
    }
    return EngineError(error)
  }

  private func table(of value: Value, _ context: RunContext) throws(EngineError) -> Table? {
    switch value {
    case .table(let relation): try context.executor.collect(relation, context.progress).table
    case .split(let split): try split.trainingRows(context.progress).table
    default: nil
    }
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
      model, madeBy: "mlp \(Version.current)",
      metrics: model.figures.map { Metric(name: $0.metric, part: $0.part, values: [$0.value]) },
      testOpenings: model.openings)
  }
}
