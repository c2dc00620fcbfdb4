import Language
import Plan

/// What a script asks of each source that it reads, gathered by the rules of this folder while the script is checked.
struct ReadingPlans: Sendable {
  private var columns = NeededColumns()
  private var filters = FiltersAtScan()
  private var named: [String: ValueType] = [:]
  /// The readings that begin on each line of the plan.
  private var lines: [Int: [Beginning]] = [:]

  /// A reading with the columns that it has.
  private struct Beginning {
    enum Kind {
      case source
      /// A table that is read where another is at hand, by its name.
      case other(String)
      /// What tables that are put together make.
      case combined
    }

    let kind: Kind
    let id: ReadingID
    let columns: [String]
    var outlook: @Sendable (ReadingPlan) -> [String] = { _ in [] }
  }

  /// Takes up a stage; `line` is its place in the plan.
  mutating func note(_ stage: ReadyStage, line: Int) {
    filters.note(stage)
    if let combined = stage.planned.combines { return note(combined, stage.planned.result, line) }
    if stage.takesSubject { columns.add(stage.planned.needs, of: stage.subject) }
    for name in Self.names(in: stage.call) {
      guard let id = named[name]?.rows?.reading else { continue }
      columns.addAll(of: id)
      filters.refuse(id)
    }
    guard !stage.takesSubject, case .table(let schema) = stage.planned.result, let id = schema.reading else { return }
    columns.begin(id)
    begin(.source, schema, line, stage.planned.outlook)
  }

  /// Takes up tables that are put together: of those that are named only what is asked for is read.
  private mutating func note(_ combined: CombinedColumns, _ result: ValueType, _ line: Int) {
    guard case .table(let schema) = result, let id = schema.reading else { return }
    columns.combine(combined, as: id)
    for input in combined.inputs where input.isReadHere { begin(.other(input.schema.name), input.schema, line) }
    begin(.combined, schema, line)
  }

  private mutating func begin(
    _ kind: Beginning.Kind, _ schema: RelationSchema, _ line: Int,
    _ outlook: @escaping @Sendable (ReadingPlan) -> [String] = { _ in [] }
  ) {
    guard let id = schema.reading else { return }
    lines[line, default: []].append(
      Beginning(kind: kind, id: id, columns: schema.isOpen ? [] : schema.names, outlook: outlook))
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
    (lines[line] ?? []).filter { !$0.columns.isEmpty }.flatMap { beginning in
      let kept = filters.kept(of: beginning.id)
      let conditions = kept.map(\.words).joined(separator: ", ")
      let plan = ReadingPlan(columns: columns.asked[beginning.id] ?? .all, filters: kept)
      return words(beginning) + (kept.isEmpty ? [] : ["while reading: " + conditions]) + beginning.outlook(plan)
    }
  }

  private func words(_ beginning: Beginning) -> [String] {
    let some = columns.some(of: beginning.id, beginning.columns)
    let all = beginning.columns.count
    let names = some.map { ": " + $0.joined(separator: ", ") } ?? ""
    let count = some.map { "\($0.count) of \(all)" } ?? "all \(all)"
    switch beginning.kind {
    case .source: return ["reads \(count) columns\(names)"]
    case .other(let table): return ["reads \(count) columns of \(table)\(names)"]
    case .combined: return some == nil ? [] : ["makes \(count) columns\(names)"]
    }
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
