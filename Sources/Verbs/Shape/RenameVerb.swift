import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan

/// `rename new = old`
enum RenameVerb: Verb {
  static let description = Description(
    name: "rename", summary: "Give columns new names", group: "Shape", signature: "Table → Table · Split → Split",
    details: [
      "The new name stands left of `=`, as everywhere: `rename weight = body_mass_g`. Two columns may swap names."
    ],
    positionals: [
      Positional("new = old", .derivation, "a new name and the column it is for", minimum: 1, maximum: nil)
    ],
    examples: [Example("a shorter name", "load penguins\nrename mass = body_mass_g, bill = bill_length_mm\nschema")])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    subject.naming(arguments.compactMap(\.madeName))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema else { return nil }
    var pairs: [Step.Rename] = []
    var failed = false
    for argument in call.arguments {
      guard let pair = pair(argument, call, schema, &sink) else {
        failed = true
        continue
      }
      pairs.append(pair)
    }
    return failed ? nil : .recording([.rename(pairs)], on: subject, call, &sink)
  }

  private static func pair(
    _ argument: Argument, _ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink
  ) -> Step.Rename? {
    guard case .assignment(let target, let value) = argument.kind, case .name(let new) = target.kind,
      case .name(let old) = value.kind
    else {
      let written = habit(argument, schema)
      sink.report(
        .unexpectedArgument, "'rename' takes 'new = old'", at: argument.range,
        label: written == nil ? "for example rename mass = body_mass_g" : nil,
        rewrite: written.map { Rewrite(argument.range, $0) })
      return nil
    }
    guard schema[old] == .absent else { return Step.Rename(old, new) }
    if schema[new] != .absent {
      sink.report(
        .unknownColumn, "no column '\(old)' in \(schema.name)", at: value.range,
        label: "the new name stands left: rename \(SyntaxPrinter.name(old)) = \(SyntaxPrinter.name(new))",
        rewrite: Rewrite(argument.range, "\(SyntaxPrinter.name(old)) = \(SyntaxPrinter.name(new))"))
    } else {
      _ = call.column(Name(old, at: value.range), in: schema, &sink)
    }
    return nil
  }

  /// `old: "new"`, `old = "new"` and `{old: "new"}`, as other tools have them, with the name that is there on the right.
  private static func habit(_ argument: Argument, _ schema: RelationSchema) -> String? {
    let pairs: [(String, Expr)]
    switch argument.kind {
    case .assignment(let target, let value):
      guard case .name(let name) = target.kind else { return nil }
      pairs = [(name, value)]
    case .positional(let value):
      guard case .record(let entries) = value.kind else { return nil }
      pairs = entries.map { ($0.key.text, $0.value) }
    case .option: return nil
    }
    let written = pairs.compactMap { left, value -> String? in
      let right: String
      switch value.kind {
      case .name(let name), .literal(.text(let name)): right = name
      default: return nil
      }
      let isOldLeft = schema[left] != .absent && schema[right] == .absent
      let (new, old) = isOldLeft ? (right, left) : (left, right)
      return "\(SyntaxPrinter.name(new)) = \(SyntaxPrinter.name(old))"
    }
    return written.isEmpty || written.count < pairs.count ? nil : written.joined(separator: ", ")
  }
}
