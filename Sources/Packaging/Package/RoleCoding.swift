import Scoring
import Tables

/// Roles are stored by name, like operators.
private enum RoleName: String { case mask, classified, features }

extension ByteWriter {
  /// The nodes that have a role, in their order.
  mutating func roles(_ roles: [(node: Int, role: Graph.Role)]) {
    list(roles) {
      $0.int($1.node)
      switch $1.role {
      case .mask(let column):
        $0.text(RoleName.mask.rawValue)
        $0.text(column)
      case .classified(let level):
        $0.text(RoleName.classified.rawValue)
        $0.text(level.rawValue)
      case .features(let columns):
        $0.text(RoleName.features.rawValue)
        $0.texts(columns)
      }
    }
  }
}

extension ByteReader {
  /// The graph with the roles of its nodes. Throws where there are none, where they are out of order, or where one does not fit.
  mutating func roles(of graph: Graph) throws(PackageError) -> Graph {
    let start = position
    let roles = try list(each: 3) { (reader) throws(PackageError) -> (node: Int, role: Graph.Role) in
      let node = try reader.int()
      switch try reader.word(RoleName.self) {
      case .mask: return (node, .mask(of: try reader.text()))
      case .classified: return (node, .classified(try reader.word(ColumnLevel.self)))
      case .features: return (node, .features(try reader.texts()))
      }
    }
    let isInOrder = zip(roles, roles.dropFirst()).allSatisfy { $0.node < $1.node }
    guard !roles.isEmpty, isInOrder, let marked = graph.marking(roles) else {
      throw PackageError(offset: start, .inconsistent("the role of a node"))
    }
    return marked
  }
}
