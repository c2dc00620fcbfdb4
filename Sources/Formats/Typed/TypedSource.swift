import Kernels
import Notation
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

  public var name: String { file.name }

  /// Those of the format's own option, where it has one.
  public var missingWords: [String] { request.options[CSVFormat.missing] ?? [""] }

  public func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int {
    let rows = try file.outline()?.rowCount ?? 0
    return min(rows, min(request.limit ?? .max, self.request.options[ReadingOptions.rows] ?? .max))
  }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    try TypedFiles([self], union: false).declaredSchema()
  }

  public func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema? {
    try TypedFiles([self], union: false).arrivedSchema(progress)
  }

  /// The columns that are kept of what a file states, as they are read.
  func columns(of schema: Schema, settled: [String: ColumnType] = [:]) -> TypedColumns {
    TypedColumns(schema, request, settled: settled)
  }

  public func scan(
    _ scan: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    try TypedFiles([self], union: false).scan(scan, progress, take)
  }

  public func extent(_ scan: ScanRequest) throws(SourceError) -> ScanExtent? {
    try TypedFiles([self], union: false).extent(scan)
  }

  var fileColumn: FileColumn? { FileColumn(request.options) }

  /// Throws where an option, or the column for the file's name, does not go with the columns of the file, or of several together.
  func check(_ names: [String]) throws(SourceError) {
    try refuseUnknown(request.options[ReadingOptions.types]?.fields.map(\.name), names, "types")
    try refuseUnknown(request.options[ReadingOptions.columns], names, "columns")
    try fileColumn?.check(names, in: file.path)
  }

  private func refuseUnknown(_ wanted: [String]?, _ names: [String], _ option: String) throws(SourceError) {
    let known = Set(names)
    guard let stranger = wanted?.first(where: { !known.contains($0) }) else { return }
    let words = "\(option) names '\(stranger)', which is no column; columns: \(NameList.of(names, most: 8))"
    throw SourceError(source: file.path, reason: .badFormat(words))
  }
}

/// The columns of a typed file: those that are kept, in the order that was asked for, with the types that they are read as.
struct TypedColumns {
  let schema: Schema
  /// Those of which whoever asks for the rows takes no other type.
  let expected: Set<String>
  /// The types that are not the file's own.
  let stated: [String: ColumnType]

  init(_ own: Schema, _ request: ReadingRequest, settled: [String: ColumnType]) {
    let stated = Self.stated(request, settled)
    self.stated = stated
    var fields = own.fields
    if let kept = request.options[ReadingOptions.columns] {
      fields = kept.compactMap { name in own.fields.first { $0.name == name } }
    }
    let types = request.options[ReadingOptions.types]?.byName ?? [:]
    expected = Set(fields.map(\.name).filter { types[$0] == nil && request.takes($0) })
    schema = Schema(fields.map { Field($0.name, stated[$0.name] ?? $0.type) })
  }

  /// The types that whoever asks for the rows reads columns as, whatever their own are.
  static func stated(_ request: ReadingRequest, _ settled: [String: ColumnType]) -> [String: ColumnType] {
    var stated = settled
    for (name, type) in request.expected ?? [:] where type != .vector { stated[name] = type }
    for field in request.options[ReadingOptions.types]?.fields ?? [] { stated[field.name] = field.type }
    return stated
  }
}

extension ReadingRequest {
  /// Whether whoever asked for the rows takes the column as one type only.
  fileprivate func takes(_ name: String) -> Bool { expected?[name].map { $0 != .vector } ?? false }
}
