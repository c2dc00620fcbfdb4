import Language
import Plan

/// What a verb works on.
struct StageSubject {
  let type: ValueType
  /// Whether it is the last value; a `load` begins anew.
  let isLast: Bool
  /// Whether an earlier failure hides what it is: then it is taken as the kind of value that the verb works on, of which nothing else is
  /// known. Options, methods, algorithms and figures are checked all the same.
  var isAssumed = false
}

extension ValueType {
  /// A value of the kind that a verb takes, about whose columns nothing is known.
  static func assumed(for subjects: Set<SubjectKind>) -> ValueType {
    if subjects.contains(.table), subjects.contains(.model) { return .unknown }
    var schema = RelationSchema(name: "the table", isOpen: true)
    // No column of a script can have the name.
    schema.label = LabelSpec(name: "\u{0}label", positive: nil, origins: [])
    let split = SplitType(schema: schema, hasValid: true, hasTest: true, foldCount: 0)
    let model = ModelType(name: "the model", labelName: nil, task: nil, inputs: nil, split: split)
    if subjects.contains(.table) { return .table(schema) }
    if subjects.contains(.split) { return .split(split) }
    if subjects.contains(.model) { return .model(model) }
    return subjects.contains(.service) ? .service(model) : .nothing
  }
}

extension StageSubject {
  /// What a stage leaves behind that was refused, or whose subject was assumed.
  func recovered(_ verb: any Verb.Type, _ stage: Language.Stage, _ planned: PlannedStage?) -> ValueType {
    let told = verb.recovered(stage.arguments, type)
    guard isAssumed else {
      if case .unknown = told.subject { return planned?.result ?? .unknown }
      return told
    }
    // Of what nothing is known, only a change of kind is certain.
    let result = planned?.result ?? told
    return result.subjectKind == type.subjectKind ? .unknown : result
  }
}
