import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Privacy
import Tables

/// `anonymise age, sex, zip, k: 5, sensitive: diagnosis, l: 2`
enum AnonymiseVerb: Verb {
  static let k = Parameter<Int>("k", "The fewest rows that agree in all of the columns", default: 5, .atLeast(2))
  static let sensitive = Parameter<[String]>(
    "sensitive", "Columns whose values are not to be told of anybody", otherwise: "those that are restricted",
    meaning: .column)
  static let l = Parameter<Int>(
    "l", "The fewest different values of a sensitive column among rows that agree",
    otherwise: "2 where there are sensitive columns", .atLeast(1))
  static let t = Parameter<Double>(
    "t", "How far those values lie from the ones of all rows at most", otherwise: "however far", .within(0, 1))
  static let suppress = Parameter<Double>(
    "suppress", "The share of the rows that may be left out", default: 0.05, .within(0, 1))

  static let description = Description(
    name: "anonymise", summary: "Generalise columns and leave rows out until rows hide among each other",
    group: "Guard", signature: "Table → Table",
    details: [
      "The columns named are what others may know of a person; without any, the confidential ones are taken. Each is generalised as a whole: numbers to steps of a round width, dates to months, quarters, years and decades, codes of one length to their first characters, other texts to the frequent ones and `other`, anything to one value for all. Rows that then agree with fewer than `k` in all of them are left out, up to the share `suppress:`.",
      "Of all ways that meet `k`, and `l` and `t` of each `sensitive:` column (`help anonymity`), the one is taken that loses least of the columns' entropy, rows that are left out having lost all. Where there are too many ways to try, columns are generalised one after the other, and what is shown says so.",
      "What was found for the rows at hand is kept: a model that is trained from them generalises the raw columns of a new row the same way, ONNX and packages included. After `split` it is refused, for then each part would have to hide its rows by itself. Columns that are not named stay as they are: mask or drop what names a person.",
    ],
    positionals: [Positional("columns", .columns, "what others may know", maximum: nil)],
    parameters: [k, l, t, sensitive, suppress],
    examples: [
      Example(
        "five that agree", "load titanic\nanonymise age, sex, class, k: 5\nanonymity age, sex, class"),
      Example(
        "no class of one fate",
        "load titanic\nanonymise age, sex, class, k: 5, sensitive: survived, l: 2, suppress: 0.1\nshow rows: 5"),
      Example(
        "what is classified",
        "load titanic\nclassify [age, sex, class] = confidential\ndrop name\nanonymise k: 10\nlabel survived\nsplit test: 0.2, seed: 7\ntrain tree"
      ),
    ],
    otherNames: ["anonymize", "k_anonymize", "k_anonymise", "arx", "suppress"],
    otherOptions: ["sa": "sensitive", "suppression_limit": "suppress", "suppression": "suppress"],
    references: [
      "Samarati (2001), Protecting Respondents' Identities in Microdata Release",
      "Sweeney (2002), Achieving k-Anonymity Privacy Protection Using Generalization and Suppression",
      "LeFevre et al. (2005), Incognito: Efficient Full-Domain k-Anonymity",
      "Kohlmayer et al. (2012), Flash: Efficient, Stable and Optimal k-Anonymity",
      "Gionis and Tassa (2009), k-Anonymization with Minimal Loss of Information",
    ])
  static let subjects: Set<SubjectKind> = [.table]

  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let known = KnownColumns(call, sensitive, in: schema, &sink) else { return nil }
    if let label = schema.label?.name, known.quasi.contains(label) {
      sink.report(.labelLeak, "'\(label)' is the label; anonymise it before `label`", at: call.range)
      return nil
    }
    guard isOfUse(known, call, &sink) else { return nil }
    for column in known.quasi + known.sensitive where schema.facts(of: column)?.type == nil {
      return call.open(subject)
    }
    let demand = AnonymityDemand(
      k: call.options.value(k, else: 5), l: call.options[l] ?? (known.sensitive.isEmpty ? 1 : 2), t: call.options[t])
    let share = call.options.value(suppress, else: 0.05)
    let planned: [Step] = [
      .feature(AnonymisedColumns(planned: known.quasi, demand)),
      .choose(HiddenRows(by: known.quasi, sensitive: known.sensitive, demand)),
    ]
    return .settling(planned, on: subject, call, &sink) { relation, context throws(EngineError) in
      let table = try relation.columns(known.quasi + known.sensitive, context)
      let made = try Anonymising(
        of: table, quasi: known.quasi, sensitive: known.sensitive, demand, leavingOut: share, context.progress)
      return (made.steps, AnonymiseDisplay.displays(made, known.quasi, rows: table.rowCount, name: relation.name))
    }
  }

  /// Whether what is asked of sensitive columns has some to be asked of.
  private static func isOfUse(_ known: KnownColumns, _ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    for option in [l.name, t.name] where known.sensitive.isEmpty {
      guard let range = call.optionRanges[option] else { continue }
      sink.report(
        .badOption, "'\(option)' is about sensitive columns, and there are none", at: range,
        help: ["`sensitive: COLUMN` names them, `classify COLUMN = restricted` makes them known"])
      return false
    }
    return true
  }
}
