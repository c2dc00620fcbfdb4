import Descriptions
import Diagnostics
import Interpreter
import Plan
import Tables
import Training

/// What an `impute` stage asks for: the steps it records, and the columns that are filled from above.
struct ImputeRequest {
  private(set) var steps: [Step] = []
  /// Where each step stands.
  private(set) var ranges: [SourceRange] = []
  private(set) var forward: [String] = []
  private(set) var groups: [String] = []

  private let call: VerbCall
  private let schema: RelationSchema
  private let flag: Bool
  private var sources: [String] = []
  /// Columns of each method that fills several at once, in the order in which the methods were first written.
  private var joint: [(method: JointImputation.Method, columns: [String], range: SourceRange)] = []
  /// Whether something that takes the option was asked for.
  private var takesGroups = false

  private enum Filling {
    case alone(Impute.Method)
    case jointly(JointImputation.Method)
    case forward
  }

  /// nil after reporting an error.
  init?(_ uses: [MethodUse], _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) {
    self.call = call
    self.schema = schema
    flag = call.options.value(ImputeVerb.flag, else: false)
    guard let groups = call.columns(option: ImputeVerb.by.name, in: schema, &sink),
      let sources = call.columns(option: ImputeVerb.from.name, in: schema, &sink)
    else { return nil }
    self.groups = groups
    self.sources = sources.isEmpty ? Self.numbers(of: schema) : sources
    for column in groups + sources where column == schema.label?.name {
      sink.report(.labelLeak, "'\(column)' is the label, and a feature would be made of it", at: call.range)
      return nil
    }
    for (column, use) in uses.byColumn {
      guard take(column, use, &sink) else { return nil }
    }
    for (method, columns, range) in joint {
      steps.append(.feature(JointImputation(columns, from: self.sources, method, flag: flag)))
      ranges.append(range)
    }
    guard optionsSaySomething(&sink) else { return nil }
  }

  /// What `knn` and `iterative` go by unless told.
  private static func numbers(of schema: RelationSchema) -> [String] {
    schema.features.filter { schema.facts(of: $0)?.type?.isNumeric ?? false }
  }

  private mutating func take(_ column: String, _ use: MethodUse, _ sink: inout DiagnosticSink) -> Bool {
    if column == schema.label?.name {
      sink.report(.labelLeak, "'\(column)' is the label; it is never filled", at: use.range)
      return false
    }
    guard let filling = Self.filling(use.method, &sink, at: use.range) else { return false }
    switch filling {
    case .forward:
      forward.append(column)
      takesGroups = true
    case .jointly(let method):
      guard isFlagFree(column, &sink) else { return false }
      if let place = joint.firstIndex(where: { $0.method == method }) {
        joint[place].columns.append(column)
      } else {
        joint.append((method, [column], use.range))
      }
    case .alone(let method):
      guard isFlagFree(column, &sink) else { return false }
      ranges.append(use.range)
      if case .constant = method {
        steps.append(.feature(Impute(column, method, flag: flag)))
      } else if groups.isEmpty {
        steps.append(.feature(Impute(column, method, flag: flag)))
      } else {
        steps.append(.feature(GroupedImputation(column, method, by: groups, flag: flag)))
        takesGroups = true
      }
    }
    return true
  }

  /// Whether there is no column yet of the name that the flag takes; reports one.
  private func isFlagFree(_ column: String, _ sink: inout DiagnosticSink) -> Bool {
    let name = Impute.flagColumn(of: column)
    guard flag, schema.facts(of: name) != nil else { return true }
    sink.report(EngineError(.column(.taken(name))), at: call.optionRanges[ImputeVerb.flag.name] ?? call.range)
    return false
  }

  private static func filling(_ raw: RawValue, _ sink: inout DiagnosticSink, at range: SourceRange) -> Filling? {
    switch raw {
    case .word("mean"): return .alone(.mean)
    case .word("median"): return .alone(.median)
    case .word("mode"): return .alone(.mode)
    case .word("forward"): return .forward
    case .word("knn"): return .jointly(.knn(JointImputation.Method.usualCount))
    case .call("knn", let values, let options): return neighbours(values, options, &sink, at: range)
    case .word("iterative"): return .jointly(.iterative(JointImputation.Method.usualRounds))
    case .call("iterative", let values, let options): return rounds(values, options, &sink, at: range)
    case .int(let value): return .alone(.constant(.int(value)))
    case .float(let value): return .alone(.constant(.float(value)))
    case .text(let text): return .alone(.constant(.text(text)))
    case .bool(let value): return .alone(.constant(.bool(value)))
    case .date(let days): return .alone(.constant(.date(days)))
    case .datetime(let microseconds): return .alone(.constant(.datetime(microseconds)))
    default:
      sink.report(
        .unknownMethod, "'impute' cannot fill with \(raw)", at: range,
        help: ["methods: \(ImputeVerb.words.joined(separator: ", ")), or a value"])
      return nil
    }
  }

  private static func neighbours(
    _ values: [RawValue], _ options: [RawField], _ sink: inout DiagnosticSink, at range: SourceRange
  ) -> Filling? {
    if options.isEmpty, values.count == 1, case .int(let count) = values[0], count >= 1 {
      return .jointly(.knn(Int(clamping: count)))
    }
    sink.report(.badOption, "'knn' takes how many of the nearest rows count", at: range, label: "for example knn(5)")
    return nil
  }

  private static func rounds(
    _ values: [RawValue], _ options: [RawField], _ sink: inout DiagnosticSink, at range: SourceRange
  ) -> Filling? {
    if values.isEmpty, options.count == 1, options[0].name == "max_iter", case .int(let rounds) = options[0].value,
      (1...1000).contains(rounds)
    {
      return .jointly(.iterative(Int(rounds)))
    }
    sink.report(
      .badOption, "'iterative' takes how many rounds it has at most", at: range,
      label: "for example iterative(max_iter: 20)")
    return nil
  }

  // MARK: Options

  /// Reports an option that nothing in the stage goes by.
  private func optionsSaySomething(_ sink: inout DiagnosticSink) -> Bool {
    let idle = [
      (ImputeVerb.by.name, takesGroups, "mean, median, mode and forward"),
      (ImputeVerb.from.name, !joint.isEmpty, "knn and iterative"),
      (WindowOptions.order.name, !forward.isEmpty, "forward"),
    ].first { call.optionRanges[$0.0] != nil && !$0.1 }
    guard let (option, _, methods) = idle else { return true }
    sink.report(.badOption, "'\(option)' goes with \(methods)", at: call.optionRanges[option])
    return false
  }

  /// What `forward` goes by, none for the rows as they stand; nil after reporting that it is not stated.
  func order(_ sink: inout DiagnosticSink) -> [Sort.Key]? {
    guard let order = WindowOptions(call, schema).order(&sink) else { return nil }
    if let order { return order }
    let times = schema.columns.filter { $0.facts.type?.isTemporal ?? false }.map(\.name)
    sink.report(
      .missingArgument, "'forward' goes by the order of the rows, and none is stated", at: call.range,
      label: "state it: order: \(times.first ?? "COLUMN")", help: ["`order: rows` takes the rows as they stand"])
    return nil
  }
}
