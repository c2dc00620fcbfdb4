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
      sink.report(
        .unexpectedArgument, "'rename' takes 'new = old'", at: argument.range,
        label: "for example rename mass = body_mass_g")
      return nil
    }
    guard schema[old] == .absent else { return Step.Rename(old, new) }
    if schema[new] != .absent {
      sink.report(
        .unknownColumn, "no column '\(old)' in \(schema.name)", at: value.range,
        label: "the new name stands left: rename \(old) = \(new)")
    } else {
      _ = call.column(Name(old, at: value.range), in: schema, &sink)
    }
    return nil
  }
}
