/// Which columns of its subject a stage reads.
public enum ColumnNeeds: Sendable, Hashable {
  case all
  case columns(Set<String>)

  public static let none = ColumnNeeds.columns([])

  /// The columns that either reads.
  public func union(_ other: ColumnNeeds) -> ColumnNeeds {
    guard case .columns(let own) = self, case .columns(let others) = other else { return .all }
    return .columns(own.union(others))
  }
}

/// Which reading of a source a table comes from: where in a script it was asked for. Two readings that share one (those in a verb
/// made by `define` stand where it is used) are read for the needs of both.
public struct ReadingID: Sendable, Hashable {
  public let start: Int
  public let end: Int

  public init(start: Int, end: Int) {
    self.start = start
    self.end = end
  }
}

extension RelationSchema {
  /// The columns of the reading that the columns needed are made of; all where that is not known yet.
  public func origins(of needs: ColumnNeeds) -> ColumnNeeds {
    let wanted: [String]
    switch needs {
    case .all:
      if isOpen { return .all }
      wanted = names
    case .columns(let columns): wanted = Array(columns)
    }
    var read: Set<String> = []
    for name in wanted {
      guard let facts = facts(of: name) else {
        // A column that a step of the same stage makes is made of columns that it reads itself.
        if isOpen { return .all }
        continue
      }
      read.formUnion(facts.origins)
    }
    return .columns(read)
  }
}
