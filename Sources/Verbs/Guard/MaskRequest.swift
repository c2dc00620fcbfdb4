import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan
import Privacy
import Scoring

/// The masks of a call, read and checked: those that are recorded, and those of the rows at hand.
struct MaskRequest {
  private(set) var steps: [Step] = []
  /// Where each step's mask is written.
  private(set) var ranges: [SourceRange] = []
  private(set) var atHand: [(name: String, method: MaskAtHand.Method)] = []
  /// What takes masks back.
  private(set) var decrypt: Decrypt?

  /// nil after reporting an error.
  init?(_ uses: [MethodUse], _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) {
    let errors = sink.diagnostics.count
    let key = Self.key(call, &sink)
    for (column, use) in uses.byColumn {
      if column == schema.label?.name {
        sink.report(.labelLeak, "'\(column)' is the label; mask it before `label`", at: use.range)
        continue
      }
      add(column, use, key, call, &sink)
    }
    if sink.diagnostics.count == errors, call.options.has(MaskVerb.key), !isKeyUsed {
      sink.report(
        .badOption, "a key is for `token`, `hash`, `encrypt` and `decrypt`, and no column gets one of them",
        at: call.optionRanges[MaskVerb.key.name])
    }
    if sink.diagnostics.count == errors, call.options.has(MaskVerb.seed), atHand.isEmpty {
      sink.report(
        .badOption, "a seed is for `noise`, `shift` and `synthesise`, and no column gets one of them",
        at: call.optionRanges[MaskVerb.seed.name])
    }
    if sink.diagnostics.count == errors, decrypt != nil, !steps.isEmpty || !atHand.isEmpty {
      sink.report(
        .badOption, "`decrypt` takes masks off, and stands in a stage of its own", at: call.range,
        help: ["mask the other columns in the next stage"])
    }
    guard sink.diagnostics.count == errors else { return nil }
  }

  /// The columns whose cells are masked.
  var columns: [String] {
    (decrypt?.columns ?? []) + atHand.map(\.name)
      + steps.flatMap { if case .feature(let step) = $0 { step.reads } else { [String]() } }
  }

  private var isKeyUsed: Bool {
    decrypt != nil
      || steps.contains {
        if case .feature(let step) = $0, let mask = step as? Mask { mask.method.keyPlace != nil } else { false }
      }
  }

  // MARK: Reading

  private mutating func add(
    _ column: String, _ use: MethodUse, _ key: MaskKey.Place?, _ call: VerbCall, _ sink: inout DiagnosticSink
  ) {
    let argument = use.method.argument
    switch use.method.methodName {
    case "noise":
      guard let sd = argument?.number, sd > 0, sd.isFinite else {
        return Self.report("noise(2)", "its standard deviation", use, &sink)
      }
      atHand.append((column, .noise(sd)))
    case "shift":
      let days = argument.map { $0.number.flatMap { Int(exactly: $0) } ?? 0 } ?? 30
      guard (1...36_500).contains(days) else { return Self.report("shift(30)", "so many days at most", use, &sink) }
      atHand.append((column, .shift(days)))
    case "synthesise": atHand.append((column, .synthesise))
    case "drop": append(.drop([column]), use)
    case "redact": append(.feature(Mask(column, .redact)), use)
    case "partial": append(.feature(Mask(column, .partial)), use)
    case "bin": append(.feature(Mask(column, .bin)), use)
    case "generalise": addGeneral(column, argument, use, &sink)
    case "token", "hash", "encrypt", "decrypt":
      guard let key else { return reportNoKey(use, call, &sink) }
      addKeyed(column, use, key)
    // any other word was refused before
    default: break
    }
  }

  private mutating func addKeyed(_ column: String, _ use: MethodUse, _ key: MaskKey.Place) {
    switch use.method.methodName {
    case "token": append(.feature(Mask(column, .token(key))), use)
    case "hash": append(.feature(Mask(column, .hash(key))), use)
    case "encrypt": append(.feature(Mask(column, .encrypt(key))), use)
    // `decrypt`, of all masks with a key the last
    default: decrypt = Decrypt((decrypt?.columns ?? []) + [column], key: key)
    }
  }

  private mutating func append(_ step: Step, _ use: MethodUse) {
    steps.append(step)
    ranges.append(use.range)
  }

  private mutating func addGeneral(
    _ column: String, _ argument: Descriptions.RawValue?, _ use: MethodUse, _ sink: inout DiagnosticSink
  ) {
    if let unit = argument?.string, MaskMethod.periods.contains(unit) {
      append(.feature(Mask(column, .period(unit))), use)
    } else if let width = argument?.number, width > 0, width < 1e15 {
      append(.feature(Mask(column, .generalise(width))), use)
    } else {
      let periods = MaskMethod.periods.joined(separator: ", ")
      Self.report("generalise(10)", "the width of a step, a number of characters, or one of \(periods)", use, &sink)
    }
  }

  private static func report(
    _ example: String, _ meaning: String, _ use: MethodUse, _ sink: inout DiagnosticSink
  ) {
    sink.report(.badOption, "'\(use.method.methodName)' needs \(meaning)", at: use.range, label: "as in \(example)")
  }

  private func reportNoKey(_ use: MethodUse, _ call: VerbCall, _ sink: inout DiagnosticSink) {
    if call.options.has(MaskVerb.key) { return }
    sink.report(
      .missingArgument, "'\(use.method.methodName)' needs a key", at: use.range,
      help: ["`key: \"env:MLP_KEY\"` takes it from the environment, `key: \"file:PATH\"` from a file"])
  }

  /// The place of the key; nil where none was given, or after reporting that it is no place. What was written may be a key, and is not
  /// repeated.
  private static func key(_ call: VerbCall, _ sink: inout DiagnosticSink) -> MaskKey.Place? {
    guard let written = call.options[MaskVerb.key] else { return nil }
    let range = call.optionRanges[MaskVerb.key.name] ?? call.range
    guard let place = MaskKey.Place(written) else {
      sink.report(
        .badOption, "'key' names the place of a key, which itself stands in no script", at: range,
        help: ["`key: \"env:NAME\"` or `key: \"file:PATH\"`"])
      return nil
    }
    guard case .file(let path) = place else { return place }
    do throws(EngineError) {
      let resolved = try WorkingFolder.current.resolve(path)
      return path.hasPrefix("~") ? .file(resolved) : place
    } catch {
      sink.report(error, at: range)
      return nil
    }
  }
}

extension Descriptions.RawValue {
  /// The word of a method, called or not.
  fileprivate var methodName: String {
    switch self {
    case .word(let name), .call(let name, _, _): name
    default: ""
    }
  }

  /// The first argument of a method that is called.
  fileprivate var argument: Descriptions.RawValue? {
    if case .call(_, let values, _) = self { values.first } else { nil }
  }
}
