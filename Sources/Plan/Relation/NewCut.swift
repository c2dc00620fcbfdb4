/// What becomes of a schema where rows are changed as a whole: a model takes the rows after that raw.
extension RelationSchema {
  /// Throws `fittedTooEarly` where a column comes from a fitted step: behind the change nothing would fit it anew on the training part.
  public func refuseFitted() throws(EngineError) {
    for (name, facts) in columns {
      if let words = facts.fittedBy { throw EngineError(.column(.fitted(name, by: words))) }
    }
  }

  /// The label behind the change. Each column is its own origin there, so those that the label shares an origin with are its origins.
  public var labelAtNewCut: LabelSpec? {
    label.map { label in
      let telling = columns.filter { !$0.facts.origins.isDisjoint(with: label.origins) }.map(\.name)
      return LabelSpec(
        name: label.name, positive: label.positive, origins: Set(telling + [label.name]), task: label.task)
    }
  }
}
