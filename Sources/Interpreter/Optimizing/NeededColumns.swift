import Language
import Plan

/// What a script asks of each source that it reads, gathered while it is checked: a column whose cells no stage looks at need not be
/// read. A stage that does not say what it reads reads everything.
struct ReadingNeeds: Sendable {
  /// A source of which nothing is asked is read whole: whoever only loads it wants to know whether it can be read.
  var asked: [ReadingID: ColumnNeeds] { byReading.mapValues { $0 == .none ? .all : $0 } }
  private var byReading: [ReadingID: ColumnNeeds] = [:]
  private var named: [String: ValueType] = [:]
  /// Which line of the plan each reading begins on, with the columns it has.
  private var readings: [Int: (id: ReadingID, columns: [String])] = [:]

  /// Notes what a stage reads of its subject and of the values that it names; `line` is its place in the plan.
  mutating func note(_ stage: ReadyStage, line: Int) {
    if stage.takesSubject { add(stage.planned.needs, of: stage.subject) }
    for name in Self.names(in: stage.call) { noteReading(of: name) }
    guard !stage.takesSubject, case .table(let schema) = stage.planned.result, let id = schema.reading else { return }
    byReading[id] = byReading[id] ?? ColumnNeeds.none
    readings[line] = (id, schema.isOpen ? [] : schema.names)
  }

  mutating func name(_ name: String, _ type: ValueType) { named[name] = type }

  /// A value that a stage names may be asked for any column of its source: a model takes its inputs as they were loaded, also where
  /// the table has dropped them since.
  private mutating func noteReading(of name: String) {
    if let id = named[name]?.rows?.reading { byReading[id] = .all }
  }

  /// All of a named value is looked at.
  mutating func noteAll(of name: String) {
    if let type = named[name] { add(.all, of: type) }
  }

  private mutating func add(_ needs: ColumnNeeds, of type: ValueType) {
    guard let schema = type.rows, let id = schema.reading else { return }
    byReading[id] = (byReading[id] ?? ColumnNeeds.none).union(schema.origins(of: needs))
  }

  /// The bare names among a call's arguments: a named value may be meant.
  private static func names(in call: VerbCall) -> [String] {
    let positionals = call.arguments.compactMap { if case .positional(let value) = $0.kind { value } else { nil } }
    let values = positionals + call.optionExpressions.sorted { $0.key < $1.key }.map(\.value)
    return values.compactMap { if case .name(let name) = $0.kind { name } else { nil } }
  }

  /// What is read at a line of the plan, in words; nil where nothing is or the columns are not known.
  func words(ofLine line: Int) -> String? {
    guard let (id, columns) = readings[line], !columns.isEmpty else { return nil }
    guard case .columns(let needed)? = asked[id], needed.count < columns.count else {
      return "reads all \(columns.count) columns"
    }
    let read = columns.filter(needed.contains)
    return "reads \(read.count) of \(columns.count) columns: \(read.joined(separator: ", "))"
  }
}

extension ValueType {
  /// The rows that looking at all of a value may come down to: a table's, a split's, or those that a model was trained on.
  fileprivate var rows: RelationSchema? {
    switch subject {
    case .model(let model), .service(let model): model.split?.schema
    default: schema
    }
  }
}
