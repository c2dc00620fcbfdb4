import Kernels
import Tables

/// The table in a typed file, under the options that every format of tables is read with.
///
/// Columns have the types that the file states, unless `types` or whoever asks for the rows states others: each cell is then read as that
/// type, and one that has no value of it is a row error.
public struct TypedSource: TableSource {
  let file: any TypedFile
  let request: ReadingRequest

  public init(_ file: any TypedFile, _ request: ReadingRequest) {
    self.file = file
    self.request = request
  }

  public var name: String { file.path == "-" ? "input" : FileName.stem(file.path) }

  /// Those of the format's own option, where it has one.
  public var missingWords: [String] { request.options[CSVFormat.missing] ?? [""] }

  public func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int {
    let rows = try file.outline()?.rowCount ?? 0
    return min(rows, min(request.limit ?? .max, self.request.options[ReadingOptions.rows] ?? .max))
  }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    try file.outline().map { DeclaredSchema(schema: columns(of: $0.schema).schema) }
  }

  /// The columns that are kept of what a file states, as they are read.
  func columns(of schema: Schema, settled: [String: ColumnType] = [:]) -> TypedColumns {
    TypedColumns(schema, request, settled: settled)
  }

  public func scan(
    _ scan: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    var reading = TypedReading(request, scan)
    _ = try reading.run(self, as: nil, progress, take)
    return try reading.finish()
  }
}

/// The columns of a typed file: those that are kept, in the order that was asked for, with the types that they are read as.
struct TypedColumns {
  let schema: Schema
  /// Those of which whoever asks for the rows takes no other type.
  let expected: Set<String>

  init(_ own: Schema, _ request: ReadingRequest, settled: [String: ColumnType]) {
    let stated = request.options[ReadingOptions.types]?.byName ?? [:]
    var fields = own.fields
    if let kept = request.options[ReadingOptions.columns] {
      fields = kept.compactMap { name in own.fields.first { $0.name == name } }
    }
    var expected: Set<String> = []
    schema = Schema(
      fields.map { field in
        if let type = stated[field.name] { return Field(field.name, type) }
        if let type = request.expected?[field.name], type != .vector {
          expected.insert(field.name)
          return Field(field.name, type)
        }
        return Field(field.name, settled[field.name] ?? field.type)
      })
    self.expected = expected
  }
}
