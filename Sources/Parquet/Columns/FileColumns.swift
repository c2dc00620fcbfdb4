import Notation
import Tables

/// The columns of a file that are read, in its order, and what is said of the others.
struct FileColumns: Sendable {
  let columns: [ReadColumn]
  /// One line for each reason why columns are not read, or are text.
  let notes: [String]

  var schema: Schema { Schema(columns.map { Field($0.name, $0.rule.type) }) }

  /// `texts` are the columns of which texts are asked for. Throws where the schema and the row groups do not hold together, and where no
  /// column can be read.
  init(_ file: FileMetadata, texts: Set<String>) throws(ParquetFailure) {
    let schema = try SchemaColumns(file.nodes)
    for (place, group) in file.groups.enumerated() where group.chunks.count != schema.chunkCount {
      throw .damaged("row group \(place + 1) has \(group.chunks.count) columns, not \(schema.chunkCount)")
    }
    var names = FreeNames(besides: [String]())
    var columns: [ReadColumn] = []
    var remarks = ColumnRemarks()
    for (path, holding) in schema.refused { remarks.add(.holds(holding), path) }
    for leaf in schema.leaves {
      let name = names.take(leaf.path)
      if let problem = try Self.problem(leaf, in: file) {
        remarks.add(.unreadable(problem), name)
        continue
      }
      let choice = RuleChoice(leaf, asText: texts.contains(name)) { ValueBounds.of(leaf, in: file) }
      if let reason = choice.reason { remarks.add(.chosen(reason), name) }
      if let rule = choice.rule { columns.append(ReadColumn(name: name, rule: rule, leaf: leaf)) }
    }
    guard !columns.isEmpty || schema.chunkCount == 0 else {
      throw .damaged("no column of it can be read: " + remarks.lines.joined(separator: "; "))
    }
    self.columns = columns
    notes = remarks.lines + [file.rowCountNote].compactMap(\.self) + Self.zones(columns)
  }

  /// What is to be said of moments without a zone where others are of UTC.
  private static func zones(_ columns: [ReadColumn]) -> [String] {
    var (unsaid, hasUTC): ([String], Bool) = ([], false)
    for column in columns {
      guard case .timestamp(_, let isUTC) = column.leaf.node.logical else { continue }
      if isUTC { hasUTC = true } else { unsaid.append(column.name) }
    }
    return hasUTC && !unsaid.isEmpty ? ["taken as UTC, as the file names no zone: \(NameList.of(unsaid))"] : []
  }

  /// Why the pages of a column cannot be read. Throws where they are not of the column's type.
  private static func problem(
    _ leaf: SchemaColumns.Leaf, in file: FileMetadata
  ) throws(ParquetFailure) -> String? {
    for (place, group) in file.groups.enumerated() {
      let chunk = group.chunks[leaf.place]
      if chunk.isEncrypted { return "encrypted" }
      if chunk.isElsewhere { return "in another file" }
      guard let codec = chunk.codec, codec.isRead else {
        return chunk.codec.map { "compressed by \($0)" } ?? "compressed in a way that is not known here"
      }
      guard chunk.physical == leaf.node.physical else {
        throw .damaged("'\(leaf.path)' in row group \(place + 1) is of another type than its column")
      }
      guard chunk.valueCount == group.rowCount else {
        throw .damaged(
          "'\(leaf.path)' in row group \(place + 1) has \(chunk.valueCount) values for \(group.rowCount) rows")
      }
    }
    return nil
  }
}

/// A column that is read.
struct ReadColumn: Sendable {
  /// Different from all others.
  let name: String
  let rule: CellRule
  let leaf: SchemaColumns.Leaf
}

/// What is said of columns, those of one reason together.
private struct ColumnRemarks {
  enum Reason: Hashable {
    case chosen(RuleChoice.Reason)
    /// Its pages cannot be read.
    case unreadable(String)

    static func holds(_ what: String) -> Reason { .chosen(.holds(what)) }
  }

  private var order: [Reason] = []
  private var names: [Reason: [String]] = [:]

  mutating func add(_ reason: Reason, _ name: String) {
    if names[reason] == nil { order.append(reason) }
    names[reason, default: []].append(name)
  }

  var lines: [String] { order.map { line($0, names[$0] ?? []) } }

  private func line(_ reason: Reason, _ names: [String]) -> String {
    let all = NameList.of(names)
    switch reason {
    case .chosen(.holds(let what)): return "not read: \(all) (\(what))"
    case .unreadable(let how): return "not read: \(all) (\(how))"
    case .chosen(.bytes): return "not read: \(all) (bytes); \(types(names, "text")) reads them as text"
    case .chosen(.large): return "text, as 64 bits may not hold the whole numbers: \(all)"
    case .chosen(.exact):
      return "text, as a float may not hold the decimals: \(all); \(types(names, "float")) rounds them"
    }
  }

  /// The option that reads the first of some columns as a type.
  private func types(_ names: [String], _ type: String) -> String {
    ScriptText.code("types: {\(ScriptText.key(names.first ?? "")): \(type)}")
  }
}
