import Language

extension Language.Stage {
  /// `summary(df)` and `table(df$sex)`: the value that the first argument names, and the stage on it. A name of nothing at all, where
  /// there are rows at hand, is left out: those are taken.
  func withoutFrame(_ environment: Environment) -> (frame: Name?, stage: Language.Stage) {
    guard let first = arguments.first, case .positional(let value) = first.kind else { return (nil, self) }
    var stage = self
    switch value.kind {
    case .name(let name):
      let isColumn = environment.last.schema?.facts(of: name) != nil
      let isValue = environment.namedTypes[name]?.schema != nil
      guard isValue || !isColumn && environment.scope[name] == nil && environment.last.schema != nil else {
        return (nil, self)
      }
      stage.arguments.removeFirst()
      stage.isBare = stage.arguments.isEmpty
      return (isValue ? Name(name, at: value.range) : nil, stage)
    case .member(let base, let column):
      guard case .name(let name) = base.kind, environment.namedTypes[name]?.schema?.facts(of: column.text) != nil else {
        return (nil, self)
      }
      stage.arguments[0] = Argument(.positional(Expr(.name(column.text), at: value.range)), at: first.range)
      return (Name(name, at: base.range), stage)
    default: return (nil, self)
    }
  }
}
