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
    try agreed(settled: [:]).map { DeclaredSchema(schema: $0) }
  }

  func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    guard let first = sources.first, let agreed = try agreed(settled: request.types) else {
      throw SourceError(
        source: sources.first?.file.path ?? "",
        reason: .badFormat("it can be read only once; files that are read together are looked at before"))
    }
    var reading = TypedReading(first.request, request)
    reading.note("\(sources.count) files")
    for source in sources where try reading.run(source, as: agreed, progress, take) == .stop { break }
    return try reading.finish()
  }

  /// The columns of all files; nil where one can be read only once.
  private func agreed(settled: [String: ColumnType]) throws(SourceError) -> Schema? {
    var fields: [Field] = []
    var places: [String: Int] = [:]
    var firstNames: Set<String>?
    for source in sources {
      guard let own = try source.file.outline()?.schema else { return nil }
      let kept = source.columns(of: own, settled: settled).schema.fields
      let names = Set(kept.map(\.name))
      if !union, let firstNames, firstNames != names {
        let differing = names.symmetricDifference(firstNames).sorted().joined(separator: ", ")
        throw refusal(source, "its columns differ from \(sources[0].file.path): \(differing); `union: true` joins them")
      }
      firstNames = firstNames ?? names
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
    return Schema(fields)
  }

  private func refusal(_ source: TypedSource, _ words: String) -> SourceError {
    SourceError(source: source.file.path, reason: .badFormat(words))
  }

  private static func common(_ a: ColumnType, _ b: ColumnType) -> ColumnType? {
    if a == b { return a }
    return a.isNumeric && b.isNumeric ? .float : nil
  }
}
