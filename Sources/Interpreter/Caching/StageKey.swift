import Caching
import Descriptions
import Kernels
import Language
import Plan

/// Gathers what a stage's outcome depends on: its words in full, what the names in them stand for, the values that it reads, the files
/// that it reads, the seed, and the program. Not the number of threads, the memory bound or the width of a screen.
struct StageKey {
  let cache: StageCache
  let setting: SessionSetting
  let values: SessionValues
  let ledger: OpeningLedger
  let readings: [ReadingID: ReadingPlan]
  /// What the stage tells of its flow.
  let flow: FlowRecord
  let progress: Progress

  /// nil for a stage that has no key: it is run each time, or works on something without one.
  func key(_ stage: ReadyStage) -> CacheKey? {
    if case .never = stage.planned.repetition { return nil }
    if cache.folder != nil, stage.isGuarded { return nil }
    var parts = KeyParts("stage")
    parts.add("program", cache.program)
    parts.add("verb", stage.verb.description.name)
    parts.add("words", stage.words)
    parts.add("seed", "\(setting.seed)")
    parts.add("interactive", "\(setting.isInteractive)")
    if case .opening = stage.planned.repetition { parts.add("openings", ledger.words) }
    if stage.planned.telling == .flow { parts.add("flow", flow.key) }
    guard addSubject(of: stage, &parts), addFiles(stage.planned.reads, &parts) else { return nil }
    addNeeds(of: stage, &parts)
    for argument in stage.call.arguments { parts.add("argument", SyntaxPrinter.text(argument)) }
    for (name, value) in stage.call.options.values.sorted(by: { $0.key < $1.key }) {
      parts.add("option \(name)", value.description)
    }
    for (name, value) in stage.call.optionExpressions.sorted(by: { $0.key < $1.key }) {
      parts.add("written \(name)", ExpressionPrinter.text(value))
    }
    var names = NamesInKey(scope: stage.call.scope, values: values)
    for expression in stage.call.expressions where !names.add(expression, before: .max, &parts) { return nil }
    return parts.key
  }

  private func addSubject(of stage: ReadyStage, _ parts: inout KeyParts) -> Bool {
    guard stage.takesSubject else { return true }
    guard let key = values.last?.key else { return false }
    parts.add("subject", key)
    return true
  }

  private func addFiles(_ files: ReadFiles, _ parts: inout KeyParts) -> Bool {
    guard let identities = files.identities else { return false }
    for identity in identities {
      guard let hash = cache.hash(identity, progress) else { return false }
      parts.add("path", identity.path)
      parts.add("file", hash)
    }
    return true
  }

  /// Which columns of a source are read, or made of tables that are put together, depends on the stages that follow.
  private func addNeeds(of stage: ReadyStage, _ parts: inout KeyParts) {
    for (place, reading) in stage.readings.enumerated() {
      guard case .columns(let columns)? = readings[reading]?.columns else { continue }
      parts.add("columns read \(place)", "\(columns.count)")
      for column in columns.sorted() { parts.add("column", column) }
    }
  }
}

/// What the names in expressions stand for, of each name once.
private struct NamesInKey {
  let scope: Scope
  let values: SessionValues
  private var seen: Set<String> = []

  init(scope: Scope, values: SessionValues) {
    self.scope = scope
    self.values = values
  }

  /// False where a name stands for a value that has no key.
  mutating func add(_ expression: Expr, before order: Int, _ parts: inout KeyParts) -> Bool {
    switch expression.kind {
    case .name(let name):
      guard addValue(name, before: order, &parts) else { return false }
      // A function may be named without being called.
      guard addFunction(name, before: order, &parts) else { return false }
    case .call(let call):
      guard addFunction(call.function.text, before: order, &parts) else { return false }
    default: break
    }
    for child in expression.kind.children where !add(child, before: order, &parts) { return false }
    return true
  }

  private mutating func addValue(_ name: String, before order: Int, _ parts: inout KeyParts) -> Bool {
    guard let entry = scope.value(name, before: order), seen.insert("value \(entry.order) \(name)").inserted else {
      return true
    }
    switch entry.meaning {
    case .scalar(let scalar): parts.add("let \(name)", scalar.keyWords)
    case .value:
      guard let key = (name == "_" ? values.last : values.named[name])?.key else { return false }
      parts.add("as \(name)", key)
    case .unknown: return false
    }
    return true
  }

  private mutating func addFunction(_ name: String, before order: Int, _ parts: inout KeyParts) -> Bool {
    guard let function = scope.function(name, before: order),
      seen.insert("function \(function.order) \(name)").inserted
    else { return true }
    parts.add("function \(function.signature)", ExpressionPrinter.text(function.body))
    return add(function.body, before: function.order, &parts)
  }
}

extension ReadyStage {
  /// Whether it works on guarded columns, or gives some: no file keeps their cells. Nor, in a script that guards columns, those of rows of
  /// which no level is known yet: a later stage may say it.
  fileprivate var isGuarded: Bool {
    let schemas = [subject, planned.result].compactMap(\.schema)
    return schemas.contains { !$0.guarded.isEmpty } || Discretion.isOn && schemas.contains { $0.rawLevels.isEmpty }
  }
}

extension VerbCall {
  /// Every expression of the call, in which names may stand for something.
  var expressions: [Expr] {
    arguments.flatMap { argument -> [Expr] in
      switch argument.kind {
      case .positional(let value), .option(_, let value): [value]
      case .assignment(let target, let value):
        if case .selector(let call) = target.kind { [Expr(.call(call)), value] } else { [value] }
      }
    } + optionExpressions.sorted { $0.key < $1.key }.map(\.value)
  }

  /// The names in them.
  var namesInReach: Set<String> {
    var names: Set<String> = []
    var open = expressions
    while let next = open.popLast() {
      if case .name(let name) = next.kind { names.insert(name) }
      open += next.kind.children
    }
    return names
  }
}

extension Scalar {
  /// The value with its type, also within lists: 3 is not 3.0.
  fileprivate var keyWords: String {
    switch self {
    case .cell(.float(let value)): "float \(value.bitPattern)"
    case .cell: "\(typeName) \(description)"
    case .list(let items): "[" + items.map(\.keyWords).joined(separator: ", ") + "]"
    case .record(let fields): "{" + fields.map { "\($0.name): \($0.value.keyWords)" }.joined(separator: ", ") + "}"
    case .range(let low, let high): "\(low.keyWords)..\(high.keyWords)"
    case .function(let name): "function \(name)"
    }
  }
}
