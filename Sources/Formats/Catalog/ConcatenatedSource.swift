import Kernels
import Tables

/// Several files one after the other as one table, for a glob.
public struct ConcatenatedSource: TableSource {
  private let parts: [any TableSource]
  private let paths: [String]
  private let union: Bool

  /// Columns have to be the same in every file, in any order; with `union` a column that a file has not is missing there.
  public init(_ parts: [any TableSource], paths: [String], union: Bool) {
    self.parts = parts
    self.paths = paths
    self.union = union
  }

  public var name: String { parts.first?.name ?? "files" }
  public var missingWords: [String] { parts.first?.missingWords ?? [""] }

  public func declaredSchema() throws(SourceError) -> DeclaredSchema? {
    var fields: [Field] = []
    var open: Set<String> = []
    for (place, part) in parts.enumerated() {
      guard let declared = try part.declaredSchema() else { return nil }
      if place > 0 { try check(declared.schema.fields, against: fields, at: place) }
      for field in declared.schema.fields {
        let isOpen = declared.open.contains(field.name)
        guard let known = fields.firstIndex(where: { $0.name == field.name }) else {
          fields.append(field)
          if isOpen { open.insert(field.name) }
          continue
        }
        fields[known] = Field(field.name, try joined(fields[known], field, isOpen: isOpen, open: &open, at: place))
      }
    }
    return DeclaredSchema(schema: Schema(fields), open: open)
  }

  private func check(_ fields: [Field], against first: [Field], at place: Int) throws(SourceError) {
    if union { return }
    let names = Set(fields.map(\.name))
    let wanted = Set(first.map(\.name))
    guard names != wanted else { return }
    let differing = names.symmetricDifference(wanted).sorted().joined(separator: ", ")
    throw SourceError(
      source: paths[place],
      reason: .badFormat("its columns differ from \(paths[0]): \(differing); `union: true` joins them"))
  }

  /// The type for a column of two files: an int widens to float, an open column takes the other's.
  private func joined(
    _ known: Field, _ new: Field, isOpen: Bool, open: inout Set<String>, at place: Int
  ) throws(SourceError) -> ColumnType {
    if known.type == new.type {
      return known.type
    }
    if known.type.isNumeric, new.type.isNumeric { return .float }
    if isOpen { return known.type }
    if open.remove(new.name) != nil { return new.type }
    throw SourceError(
      source: paths[place],
      reason: .badFormat(
        "'\(new.name)' is \(new.type) here and \(known.type) in \(paths[0]); say which with `types: {\(new.name): text}`"
      ))
  }

  public func scan(
    _ request: ScanRequest, _ progress: Progress, _ take: (Table) throws(SourceError) -> ScanStep
  ) throws(SourceError) -> ScanReport {
    let rows = try rows(request.columns, progress)
    let taken = request.limit.map(rows.table.head) ?? rows.table
    if taken.rowCount > 0 { _ = try take(taken) }
    return ScanReport(schema: taken.schema, notes: rows.notes, rowCount: taken.rowCount)
  }

  private func rows(_ columns: Set<String>?, _ progress: Progress) throws(SourceError) -> SourceRows {
    guard let declared = try declaredSchema() else {
      throw SourceError(source: name, reason: .badFormat("the columns of its files are not known"))
    }
    var tables: [Table] = []
    var notes = ["\(parts.count) files"]
    for part in parts {
      let rows = try part.read(columns: columns, progress)
      tables.append(rows.table)
      notes += rows.notes
    }
    let fields = declared.schema.fields.filter { columns?.contains($0.name) ?? true }
    let joined = fields.map { field in (field.name, column(field.name, tables)) }
    return SourceRows(table: Table(joined, rowCount: tables.reduce(0) { $0 + $1.rowCount }), notes: notes)
  }

  private func column(_ name: String, _ tables: [Table]) -> Column {
    let types = tables.compactMap { $0[name] }.filter { $0.missingCount < $0.count }.map(\.type)
    let type: ColumnType = types.contains(.float) ? .float : types.first ?? tables.first?[name]?.type ?? .text
    let cells = tables.flatMap { table -> [Cell] in
      guard let column = table[name] else { return [Cell](repeating: .missing, count: table.rowCount) }
      return (0..<column.count).map { column[$0] }
    }
    return Column.from(cells, type: type)
  }
}
