import Kernels
import Notation
import Tables

/// Typed files that are read as one table: a column has one type in all of them, int and float together being float.
struct TypedFiles {
  private let sources: [TypedSource]
  private let union: Bool

  /// Columns have to be the same in every file, in any order; with `union` a column that a file has not is missing there.
  init(_ sources: [TypedSource], union: Bool) {
    self.sources = sources
    self.union = union
  }

  func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    try agreed(settled: [:]) { (file) throws(SourceError) in try file.outline() }?.declared
  }

  func arrivedSchema(_ progress: Progress) throws(SourceError) -> DeclaredSchema? {
    try agreed(settled: [:]) { (file) throws(SourceError) in try file.arrived(progress) }?.declared
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    guard let first = sources.first else { return ScanReport(schema: Schema([]), rowCount: 0) }
    var reading = TypedReading(first.request, request)
    if sources.count == 1 {
      _ = try reading.run(first, as: nil, progress, take)
      return try reading.finish()
    }
    let found = try agreed(settled: request.types) { (file) throws(SourceError) in try file.arrived(progress) }
    guard let found else {
      throw refusal(first, "it can be read only once; files that are read together are looked at before")
    }
    reading.note("\(sources.count) files")
    for source in sources where try reading.run(source, as: found.schema, progress, take) == .stop { break }
    return try reading.finish()
  }

  /// How much of the files would be read and passed over; nil where one of them does not know it before.
  func extent(_ request: ScanRequest) throws(SourceError) -> ScanExtent? {
    guard let first = sources.first else { return nil }
    var agreed: Schema?
    if sources.count > 1 {
      agreed = try self.agreed(settled: request.types) { (file) throws(SourceError) in try file.outline() }?.schema
      if agreed == nil { return nil }
    }
    let reading = TypedReading(first.request, request)
    var sum = ScanExtent()
    for source in sources {
      guard let extent = try reading.extent(of: source, as: agreed) else { return nil }
      sum += extent
    }
    return sum
  }

  /// What several files have together.
  private struct Agreed {
    let schema: Schema
    let open: Set<String>
    let fileColumn: FileColumn?

    var declared: DeclaredSchema {
      DeclaredSchema(schema: fileColumn?.added(to: schema) ?? schema, open: open)
    }
  }

  /// The columns of all files; nil where one can be read only once.
  private func agreed(
    settled: [String: ColumnType], _ look: (any TypedFile) throws(SourceError) -> TypedOutline?
  ) throws(SourceError) -> Agreed? {
    var fields: [Field] = []
    var places: [String: Int] = [:]
    var open: Set<String> = []
    var firstNames: Set<String>?
    var known: [String] = []
    var seen: Set<String> = []
    for source in sources {
      guard let outline = try look(source.file) else { return nil }
      let columns = source.columns(of: outline.schema, settled: settled)
      let kept = columns.schema.fields
      for field in outline.schema.fields where seen.insert(field.name).inserted { known.append(field.name) }
      let names = Set(kept.map(\.name))
      if !union, let firstNames, firstNames != names {
        let differing = names.symmetricDifference(firstNames).sorted().joined(separator: ", ")
        throw refusal(source, "its columns differ from \(sources[0].file.path): \(differing); `union: true` joins them")
      }
      firstNames = firstNames ?? names
      open.formUnion(names.intersection(outline.open).subtracting(columns.stated.keys))
      for field in kept {
        guard let place = places[field.name] else {
          places[field.name] = fields.count
          fields.append(field)
          continue
        }
        guard let type = Self.common(fields[place].type, field.type) else {
          let other = "\(field.type.rawValue) here and \(fields[place].type.rawValue) in \(sources[0].file.path)"
          let key = ScriptText.key(field.name)
          throw refusal(
            source, "'\(field.name)' is \(other); \(ScriptText.code("types: {\(key): text}")) reads both as text")
        }
        fields[place] = Field(field.name, type)
      }
    }
    try sources.first?.check(known)
    let floats = fields.filter { $0.type == .float }.map(\.name)
    return Agreed(schema: Schema(fields), open: open.subtracting(floats), fileColumn: sources.first?.fileColumn)
  }

  private func refusal(_ source: TypedSource, _ words: String) -> SourceError {
    SourceError(source: source.file.path, reason: .badFormat(words))
  }

  private static func common(_ a: ColumnType, _ b: ColumnType) -> ColumnType? {
    if a == b { return a }
    return a.isNumeric && b.isNumeric ? .float : nil
  }
}
