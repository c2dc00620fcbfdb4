import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan

/// `derive rate = spend / days`
enum DeriveVerb: Verb {
  static let description = Description(
    name: "derive", summary: "Make or replace columns by expressions over the others", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "Works from left to right: a column made first can be read by the next. A statistic over rows, such as `mean(age)`, is fitted on the training part only.",
      "With `order:` an expression may read the rows around (`help functions` lists these functions under Windows): `lag(price), rolling_mean(price, 7), rank()`. With `by:` they are those of the same part, and statistics are those of the part: `share = spend / sum(spend), by: shop`. Equal rows keep their order, and missing comes last. Such a stage reads other rows, so it stands before `split`, and a model that is trained later takes its columns as they are.",
    ],
    positionals: [
      Positional("name = expression", .derivation, "a column and what it is made of", minimum: 1, maximum: nil)
    ],
    parameters: [WindowOptions.by, WindowOptions.order],
    examples: [
      Example(
        "two columns", "load penguins\nderive ratio = bill_length_mm / bill_depth_mm, heavy = body_mass_g > 4500\nshow"),
      Example(
        "a text and a condition",
        "load titanic\nderive title = regex_extract(name, r\"([A-Z][a-z]+)\\.\", 1), child = if age < 16 then \"yes\" else \"no\"\nshow"
      ),
      Example(
        "the rows before",
        "load seattle_weather\nderive warmer = temp_max - lag(temp_max), week = rolling_mean(precipitation, 7), order: date\nshow rows: 8"
      ),
      Example(
        "places and shares within parts",
        "load penguins\nderive place = rank(), by: species, order: {body_mass_g: down}\nderive share = body_mass_g / sum(body_mass_g), by: species\nshow"
      ),
    ],
    otherNames: ["mutate", "assign", "with_columns", "compute"],
    otherOptions: [
      "over": "by", "partition_by": "by", "partition": "by", "group": "by", "groups": "by", "order_by": "order",
      "sort": "order", "sort_by": "order",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    subject.naming(arguments.compactMap(\.madeName))
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard var schema = subject.schema, let derivations = call.derivations(in: schema, &sink) else { return nil }
    var steps: [Step] = []
    for derivation in derivations {
      let name = derivation.name.text
      if name == schema.label?.name {
        sink.report(.labelLeak, "'\(name)' is the label; derive it before `label`", at: derivation.range)
        return nil
      }
      if let expression = derivation.expression {
        steps.append(.feature(Derive(name, expression, words: "derive \(name) = \(derivation.words)")))
      } else {
        schema.set(name, ColumnFacts(type: nil, origins: [name]))
      }
    }
    if WindowOptions.areAsked(call, derivations) {
      return subject.schema.flatMap { WindowOptions(call, $0).plan(derivations, subject, &sink) }
    }
    if steps.count == derivations.count {
      return .recording(steps, ranges: derivations.map(\.range), on: subject, call, &sink)
    }
    if case .split(var split) = subject {
      split.schema = schema
      return call.open(.split(split))
    }
    return call.open(.table(schema))
  }
}
