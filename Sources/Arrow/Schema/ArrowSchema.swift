import Formats
import Tables

/// What a file's schema states, laid out as its batches are: which node and which buffers belong to each column.
struct ArrowSchema: Sendable {
  /// A column of the table: a field, or one within structures.
  struct Column: Sendable {
    let name: String
    let type: ArrowType
    let dictionary: ArrowField.Dictionary?
    /// Its place among the nodes of a batch.
    let node: Int
    /// The structures that it is within: where one of them is missing, so is it.
    let parents: [Int]
  }

  /// What a node of a batch has.
  struct Node: Sendable {
    let bufferCount: Int
    let isVariadic: Bool
    /// Whether it had one buffer more before version 5.
    let hadBitmap: Bool

    init(_ type: ArrowType) {
      bufferCount = type.bufferCount
      isVariadic = type.isVariadic
      if case .unread(_, _, _, let hadBitmap) = type { self.hadBitmap = hadBitmap } else { hadBitmap = false }
    }
  }

  let columns: [Column]
  /// All nodes of a batch, from the first to the last.
  let nodes: [Node]
  /// What the values of each dictionary are.
  let dictionaries: [Int64: ArrowType]
  /// What is not read, or is called otherwise: one line each.
  let notes: [String]
  let source: String

  /// From a `Schema` of a message or a footer. Throws `badFormat` for one that is damaged or of values in the other byte order.
  init(_ table: FlatTable) throws(SourceError) {
    source = table.bytes.source
    let byteOrder: Int16 = try table.number(0, otherwise: 0)
    guard byteOrder == 0 else {
      throw SourceError(
        source: source,
        reason: .badFormat(
          "its numbers are big-endian, and only little-endian ones are read; pyarrow can write it anew"))
    }
    var reader = FieldReader(table.bytes)
    var layout = SchemaLayout()
    for field in try reader.fields(try table.list(1, elementSize: 4)) { layout.add(field) }
    if let id = layout.mixed {
      throw SourceError(source: source, reason: .badFormat("its dictionary \(id) is stated with several types"))
    }
    (columns, notes) = layout.named()
    nodes = layout.nodes
    dictionaries = layout.dictionaries
  }
}

/// Lays the fields of a schema out, from the first to the last, each before its children.
private struct SchemaLayout {
  private(set) var nodes: [ArrowSchema.Node] = []
  private(set) var dictionaries: [Int64: ArrowType] = [:]
  /// A dictionary that two fields take for different ones.
  private(set) var mixed: Int64?
  private var columns: [ArrowSchema.Column] = []
  private var unread: [(name: String, word: String)] = []

  mutating func add(_ field: ArrowField) { add(field, path: field.name, parents: []) }

  private mutating func add(_ field: ArrowField, path: String, parents: [Int]) {
    let node = nodes.count
    if let dictionary = field.dictionary {
      nodes.append(ArrowSchema.Node(dictionary.places))
      let known = dictionaries.updateValue(field.type, forKey: dictionary.id)
      if let known, known != field.type { mixed = mixed ?? dictionary.id }
      return addColumn(field, path, node, parents)
    }
    nodes.append(ArrowSchema.Node(field.type))
    switch field.type {
    case .structure:
      for child in field.children { add(child, path: "\(path).\(child.name)", parents: parents + [node]) }
    case .unread(let word, _, _, _):
      unread.append((path, word))
      for child in field.children { pass(child) }
    default: addColumn(field, path, node, parents)
    }
  }

  private mutating func addColumn(_ field: ArrowField, _ path: String, _ node: Int, _ parents: [Int]) {
    switch field.type {
    case .unread(let word, _, _, _): unread.append((path, "\(word) in a dictionary"))
    case .structure: unread.append((path, "a structure in a dictionary"))
    default:
      columns.append(
        ArrowSchema.Column(
          name: path, type: field.type, dictionary: field.dictionary, node: node, parents: parents))
    }
  }

  /// Counts the nodes of a field that is not read.
  private mutating func pass(_ field: ArrowField) {
    nodes.append(ArrowSchema.Node(field.dictionary?.places ?? field.type))
    if field.dictionary == nil { for child in field.children { pass(child) } }
  }

  /// A note lists so many names.
  private static let mostListed = 40

  /// The columns with names that are distinct, and what is to be said.
  func named() -> ([ArrowSchema.Column], [String]) {
    var names = ColumnNames(columns.map(\.name))
    let named = columns.map { column in
      ArrowSchema.Column(
        name: names.take(column.name), type: column.type, dictionary: column.dictionary, node: column.node,
        parents: column.parents)
    }
    var notes: [String] = []
    if !unread.isEmpty {
      let listed = unread.prefix(Self.mostListed).map { "'\($0.name)' (\($0.word))" }.joined(separator: ", ")
      let rest = unread.count > Self.mostListed ? " and \(unread.count - Self.mostListed) more" : ""
      notes.append("columns that are not read: \(listed)\(rest)")
    }
    for column in named.prefix(1000) {
      if case .duration(let unit) = column.type {
        notes.append("column '\(column.name)': \(unit.words), as whole numbers")
      }
    }
    return (named, names.notes + notes + Self.zones(named))
  }

  /// What is to be said of moments that are told by other clocks than those of UTC, and of those of no zone beside others of one.
  private static func zones(_ columns: [ArrowSchema.Column]) -> [String] {
    var (others, none, hasZone): ([String: [String]], [String], Bool) = ([:], [], false)
    for column in columns.prefix(1000) {
      guard case .timestamp(_, let named) = column.type else { continue }
      let zone = named ?? ""
      hasZone = hasZone || !zone.isEmpty
      if zone.isEmpty { none.append(column.name) }
      if !zone.isEmpty, !utc.contains(zone) { others[zone, default: []].append(column.name) }
    }
    var notes = others.sorted { $0.key < $1.key }.map { zone, names in
      "\(list(names)): moments of the zone '\(zone)', told as UTC"
    }
    if hasZone, !none.isEmpty { notes.append("\(list(none)): moments without a zone, taken as UTC") }
    return notes
  }

  private static let utc: Set<String> = ["UTC", "Etc/UTC", "Z", "+00:00"]

  private static func list(_ names: [String]) -> String {
    let listed = names.prefix(mostListed).map { "'\($0)'" }.joined(separator: ", ")
    let rest = names.count > mostListed ? " and \(names.count - mostListed) more" : ""
    return (names.count == 1 ? "column " : "columns ") + listed + rest
  }
}
