import Descriptions
import Kernels
import Tables

/// A source that lets only the columns of a schema in: others, or some that are not there, are an error before its rows.
///
/// It tells the schema where the source itself tells nothing before its rows, so that scripts on a database or standard input can be
/// checked.
public struct LockedSource: TableSource {
  private let inner: any TableSource
  private let lock: SchemaFile
  private let kept: [String]?
  private let fileColumn: FileColumn?

  public init(_ inner: any TableSource, _ lock: SchemaFile, _ options: Options) {
    self.inner = inner
    self.lock = lock
    kept = options[ReadingOptions.columns]
    let column = FileColumn(options)
    fileColumn = column.flatMap { column in lock.fields.contains { $0.name == column.name } ? nil : column }
  }

  public var name: String { inner.name }
  public var missingWords: [String] { inner.missingWords }
  public var findsTypes: Bool { inner.findsTypes }
  public var byteCount: Int? { inner.byteCount }

  public func expectedRows(_ request: ScanRequest) throws(SourceError) -> Int {
    try inner.expectedRows(settled(request))
  }

  public func extent(_ request: ScanRequest) throws(SourceError) -> ScanExtent? {
    try inner.extent(settled(request))
  }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    try checked(try inner.declaredSchema()) ?? DeclaredSchema(schema: schema)
  }

  public func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema? {
    try checked(try inner.arrivedSchema(progress))
  }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    if let found = try inner.arrivedSchema(progress) {
      try check(found)
      return try inner.scan(settled(request), progress, take)
    }
    return try scanUnseen(request, progress, take)
  }

  /// What can be read only once is read whole, for its first rows tell whether its columns are the right ones.
  private func scanUnseen(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    var all = findsTypes ? settled(request) : request
    all.columns = nil
    var isChecked = false
    let report = try inner.scan(all, progress) { (chunk) throws(SourceError) in
      if !isChecked { try check(DeclaredSchema(schema: chunk.schema)) }
      isChecked = true
      guard let columns = request.columns else { return try take(chunk) }
      return try take(chunk.select(chunk.names.filter(columns.contains)))
    }
    if !isChecked { try check(DeclaredSchema(schema: report.schema)) }
    return report.restricted(to: request.columns)
  }

  // MARK: Columns

  /// Those of the schema that are kept, with the column of the file's name.
  private var schema: Schema {
    let fields = kept.map { kept in kept.compactMap { name in lock.fields.first { $0.name == name } } } ?? lock.fields
    return fileColumn?.added(to: Schema(fields)) ?? Schema(fields)
  }

  private func settled(_ request: ScanRequest) -> ScanRequest {
    var request = request
    for field in lock.fields { request.types[field.name] = field.type }
    return request
  }

  /// The columns that were found, with the types of the schema.
  private func checked(_ found: DeclaredSchema?) throws(SourceError) -> DeclaredSchema? {
    guard let found else { return nil }
    try check(found)
    let types = Dictionary(lock.fields.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    let fields = found.schema.fields.map { Field($0.name, types[$0.name] ?? $0.type) }
    var declared = DeclaredSchema(schema: Schema(fields))
    declared.texts = found.texts
    return declared
  }

  private func check(_ found: DeclaredSchema) throws(SourceError) {
    let own = DeclaredSchema(
      schema: Schema(found.schema.fields.filter { $0.name != fileColumn?.name }), open: found.open)
    let differences = lock.differences(own, among: kept, isText: findsTypes)
    if !differences.isEmpty { throw SourceError(source: name, reason: .drift(differences, schema: lock.path)) }
  }
}
