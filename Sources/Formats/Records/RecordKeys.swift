import Tables

/// The keys of records as a tree: a key inside the record at another key is its child, and `a.b` as a column.
struct RecordKeys: Sendable {
  struct Node: Sendable {
    /// The column's name: the keys from the root, joined by points.
    let path: String
    let isNested: Bool
    fileprivate var names: [String] = []
    fileprivate var children: [Int] = []
    fileprivate var places: [String: Int] = [:]
    /// What has stood at the key itself.
    fileprivate(set) var kinds: RecordKinds = []
    /// Whether a value, or that there was none, has been noted.
    fileprivate(set) var isSurveyed = false
    /// The column that the key is read into; nil for a key that is passed over.
    var column: Int?
    /// The record that it was last seen in, to tell a key that stands twice.
    fileprivate var record = 0

    var hasChildren: Bool { !children.isEmpty }
  }

  /// The root is the first.
  private(set) var nodes = [Node(path: "", isNested: false)]

  subscript(_ node: Int) -> Node { nodes[node] }

  /// The node of a key below another, made where it is new. `guess` is where the key probably stands among its siblings,
  /// and becomes that of the key after it: records mostly have their keys in the same order.
  mutating func child(of node: Int, _ name: String, _ guess: inout Int) -> Int {
    if guess < nodes[node].names.count, nodes[node].names[guess] == name {
      guess += 1
      return nodes[node].children[guess - 1]
    }
    if let place = nodes[node].places[name] {
      guess = place + 1
      return nodes[node].children[place]
    }
    let path = node == 0 ? name : nodes[node].path + "." + name
    nodes[node].places[name] = nodes[node].names.count
    nodes[node].names.append(name)
    nodes[node].children.append(nodes.count)
    guess = nodes[node].names.count
    nodes.append(Node(path: path, isNested: node != 0))
    return nodes.count - 1
  }

  /// Whether the key was seen in the record before; it counts as seen from then on.
  mutating func marksAgain(_ node: Int, in record: Int) -> Bool {
    if nodes[node].record == record { return true }
    nodes[node].record = record
    return false
  }

  mutating func survey(_ kinds: RecordKinds, at node: Int) {
    nodes[node].kinds.formUnion(kinds)
    nodes[node].isSurveyed = true
  }

  /// The same keys before any record, each leading to the column of its path.
  func leading(to columns: [String: Int]) -> RecordKeys {
    var keys = self
    for node in nodes.indices.dropFirst() {
      keys.nodes[node].column = nodes[node].hasChildren && nodes[node].kinds == [] ? nil : columns[nodes[node].path]
      keys.nodes[node].record = 0
      keys.nodes[node].isSurveyed = false
    }
    return keys
  }
}
