import Language
import Plan

/// What a script asks of each source that it reads, gathered by the rules of this folder while the script is checked.
struct ReadingPlans: Sendable {
  private var columns = NeededColumns()
  private var filters = FiltersAtScan()
  private var named: [String: ValueType] = [:]
  /// Which line of the plan each reading begins on, with the columns it has.
  private var lines: [Int: (id: ReadingID, columns: [String])] = [:]

  /// Takes up a stage; `line` is its place in the plan.
  mutating func note(_ stage: ReadyStage, line: Int) {
    if stage.takesSubject { columns.add(stage.planned.needs, of: stage.subject) }
    for name in Self.names(in: stage.call) {
      guard let id = named[name]?.rows?.reading else { continue }
      columns.addAll(of: id)
      filters.refuse(id)
    }
    filters.note(stage)
    guard !stage.takesSubject, case .table(let schema) = stage.planned.result, let id = schema.reading else { return }
    columns.begin(id)
    lines[line] = (id, schema.isOpen ? [] : schema.names)
  }

  mutating func name(_ name: String, _ type: ValueType) {
    named[name] = type
    filters.close()
  }

  /// A named value becomes the last one; all of it is looked at where it stands alone.
  mutating func recall(_ name: String, isShown: Bool) {
    filters.close()
    if isShown, let type = named[name] { columns.add(.all, of: type) }
  }

  var byReading: [ReadingID: ReadingPlan] {
    var plans: [ReadingID: ReadingPlan] = [:]
    for (id, needs) in columns.asked { plans[id] = ReadingPlan(columns: needs, filters: filters.kept(of: id)) }
    return plans
  }

  /// What is read at a line of the plan, in words; empty where nothing is or the columns are not known.
  func words(ofLine line: Int) -> [String] {
    guard let (id, names) = lines[line], !names.isEmpty else { return [] }
    let conditions = filters.kept(of: id).map(\.words)
    let kept = conditions.isEmpty ? [] : ["while reading: " + conditions.joined(separator: ", ")]
    return [columns.words(of: id, names)] + kept
  }

  /// The bare names among a call's arguments: a named value may be meant.
  private static func names(in call: VerbCall) -> [String] {
    let positionals = call.arguments.compactMap { if case .positional(let value) = $0.kind { value } else { nil } }
    let values = positionals + call.optionExpressions.sorted { $0.key < $1.key }.map(\.value)
    return values.compactMap { if case .name(let name) = $0.kind { name } else { nil } }
  }
}

extension ValueType {
  /// The rows that looking at all of a value may come down to: a table's, a split's, or those that a model was trained on.
  var rows: RelationSchema? {
    switch subject {
    case .model(let model), .service(let model): model.split?.schema
    default: schema
    }
  }
}
