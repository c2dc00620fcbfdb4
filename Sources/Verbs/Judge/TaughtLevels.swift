import Interpreter
import Plan
import Tables

extension RelationSchema {
  /// How sensitive what a model learns of it is: its features and its label together.
  fileprivate var taught: Sensitivity { sensitivity(of: features + (label.map { [$0.name] } ?? [])) }
}

extension RelationSchema {
  /// The columns of a file as guarded as the raw columns of these names that a model was trained on.
  func guarded(as subject: ValueType) -> RelationSchema {
    guard let levels = subject.trainedFrom?.rawLevels else { return self }
    var next = self
    for (name, level) in levels where level.isGuarded {
      guard var facts = facts(of: name) else { continue }
      facts.sensitivity = facts.sensitivity.classified(level)
      next.set(name, facts, isChanged: false)
    }
    return next
  }
}

extension ValueType {
  /// The columns of the rows that a model was trained on, as far as they are known.
  fileprivate var trainedFrom: RelationSchema? {
    switch self {
    case .model(let model), .service(let model): model.split?.schema
    default: nil
    }
  }

  /// How sensitive the answers of a model are, as far as the check knows what it learned from.
  var taught: Sensitivity {
    trainedFrom?.taught ?? Sensitivity()
  }
}

extension Model {
  /// How sensitive its answers are. Of one from a package only the levels of its inputs are known: it was taught by them behind masks.
  var taught: Sensitivity {
    if let split { return split.schema.taught }
    guard let level = graph.levels.values.max() else { return Sensitivity() }
    return Sensitivity().classified(level).masked(by: "model", hidesAll: false)
  }
}
