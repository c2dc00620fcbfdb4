/// The columns of a schema: its leaves, of which those are taken that have one value a row at most.
struct SchemaColumns: Sendable {
  /// A column that may be read.
  struct Leaf: Sendable {
    /// Its name after those of the groups that it is in: `address.city`.
    let path: String
    let node: SchemaNode
    /// Its place among the chunks of a row group.
    let place: Int
    /// The level at which a value is there: how many fields on the way to it may be missing.
    let definition: Int
  }

  private static let mostLeaves = 100_000
  private static let deepest = 64
  /// Bytes of the names of all columns, each with those of its groups.
  private static let mostNameBytes = 1 << 26

  private(set) var leaves: [Leaf] = []
  /// Groups that are not read as a whole, with what they hold.
  private(set) var refused: [(path: String, holding: String)] = []
  /// How many chunks a row group has.
  private(set) var chunkCount = 0
  private var nameBytes = 0

  /// A group whose children are being looked at.
  private struct Group {
    var left: Int
    let path: String
    let definition: Int
    let isRefused: Bool
  }

  /// Walks the nodes, which are listed depth first. Throws where they do not hold together.
  init(_ nodes: [SchemaNode]) throws(ParquetFailure) {
    guard let root = nodes.first, root.physical == nil, root.childCount >= 0 else {
      throw .damaged("its schema has no root")
    }
    var open = [Group(left: root.childCount, path: "", definition: 0, isRefused: false)]
    var next = 1
    while let group = open.last {
      if group.left == 0 {
        open.removeLast()
        continue
      }
      guard next < nodes.count else { throw .damaged("its schema names more columns than it lists") }
      open[open.count - 1].left -= 1
      if let inner = try take(nodes[next], in: group) { open.append(inner) }
      guard open.count <= Self.deepest else { throw .damaged("its schema is nested deeper than \(Self.deepest)") }
      next += 1
    }
    guard next == nodes.count else { throw .damaged("its schema lists more columns than it names") }
  }

  /// Takes up a node; gives it as a group where it is one.
  private mutating func take(_ node: SchemaNode, in group: Group) throws(ParquetFailure) -> Group? {
    let path = group.path.isEmpty ? node.name : "\(group.path).\(node.name)"
    nameBytes += path.utf8.count
    guard nameBytes <= Self.mostNameBytes else { throw .tooLarge("names of more than \(Self.mostNameBytes) bytes") }
    var isRefused = group.isRefused
    if !isRefused, let holding = Self.refusal(node) {
      refused.append((path, holding))
      isRefused = true
    }
    let definition = group.definition + (node.repetition == .required ? 0 : 1)
    if node.physical == nil {
      guard node.childCount >= 0 else { throw .damaged("its schema has a group of \(node.childCount) columns") }
      return Group(left: node.childCount, path: path, definition: definition, isRefused: isRefused)
    }
    guard node.childCount == 0 else { throw .damaged("its schema has columns below the column '\(path)'") }
    guard chunkCount < Self.mostLeaves else { throw .tooLarge("more than \(Self.mostLeaves) columns") }
    if !isRefused { leaves.append(Leaf(path: path, node: node, place: chunkCount, definition: definition)) }
    chunkCount += 1
    return nil
  }

  /// What a node holds that is no cell; nil where it may hold cells.
  private static func refusal(_ node: SchemaNode) -> String? {
    if node.repetition == .repeated || node.repetition == .vector { return "lists" }
    guard node.physical == nil else { return nil }
    switch node.logical {
    case .list: return "lists"
    case .map: return "maps"
    case .other(let name): return name
    default: return nil
    }
  }
}
