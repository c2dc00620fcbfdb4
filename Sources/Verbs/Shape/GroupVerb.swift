import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan
import Relational

/// `group by: [sex, class], n = count(), mean_age = mean(age)`
enum GroupVerb: Verb {
  static let by = Parameter<[String]>(
    "by", "Columns whose rows of equal values are a group", otherwise: "all rows are one group", meaning: .column)

  static let description = Description(
    name: "group", summary: "Make one row of each group of rows", group: "Shape", signature: "Table → Table",
    details: [
      "An expression is over statistics of the group, such as `mean(age)` (`help functions` lists them), over its keys and over the columns made before it: `total = sum(spend), n = count(), each = total / n`.",
      "Groups stand in the order of their first rows. Rows whose key is missing are a group of their own, and that is said; statistics leave missing cells out, and that is said too. `first` and `last` go by the order of the rows: `sort` before it gives another.",
      "The result is a new table: a model that is trained on it takes its columns as they are. A column that a fitted step has made is refused, for what is fitted on the training part alone is not there yet.",
      "Groups that do not fit into the memory of `--memory` go through files.",
    ],
    positionals: [
      Positional("name = expression", .derivation, "a column and the statistic that it is", maximum: nil)
    ],
    parameters: [by],
    examples: [
      Example(
        "counts and means",
        "load titanic\ngroup by: [class, sex], n = count(), age = mean(age), oldest = max(age)\nshow"),
      Example(
        "a share", "load titanic\ngroup by: class, survivors = mean(survived == \"yes\")\nshow"),
      Example("of the whole table", "load penguins\ngroup n = count(), heaviest = max(body_mass_g)\nshow"),
    ],
    otherNames: ["collapse", "rollup"],
    otherOptions: ["keys": "by", "groups": "by", "columns": "by", "over": "by", "key": "by"])
  static let subjects: Set<SubjectKind> = [.table]
  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType {
    guard case .table(let schema) = subject else { return .unknown }
    var made = RelationSchema(name: schema.name, isOpen: true)
    for name in arguments.compactMap(\.madeName) { made.set(name, ColumnFacts(type: nil, origins: [name])) }
    return .table(made)
  }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .table(let schema) = subject else { return nil }
    let keys = call.columns(option: by.name, in: schema, &sink)
    if let keys, let vector = keys.first(where: { schema.facts(of: $0)?.type == .vector }) {
      sink.report(
        .wrongType, "'\(vector)' is a vector, which groups nothing", at: call.optionRanges[by.name],
        help: ["group before it is encoded"])
      return nil
    }
    var binding = GroupBinding(call, schema, keys: keys ?? [])
    let outputs = binding.outputs(&sink)
    guard let keys, let outputs else { return nil }
    let words = call.wordsInFull(description)
    let known = outputs.compactMap { output in
      output.expression.map { GroupBy.Output(output.name, $0, words: output.words) }
    }
    if known.count == outputs.count {
      let transform = GroupBy(by: keys, known)
      return .transforming(
        by: transform, needs: .columns(transform.reads), of: schema, words: words, call, &sink)
    }
    var result = RelationSchema(name: schema.name)
    for key in keys { result.set(key, schema.rawFacts(key, schema.facts(of: key)?.type, from: [key])) }
    for output in outputs {
      // Which columns it reads is not known: it is as sensitive as any.
      result.set(output.name, schema.rawFacts(output.name, output.expression?.type, from: schema.names))
    }
    return call.open(.table(result))
  }
}
