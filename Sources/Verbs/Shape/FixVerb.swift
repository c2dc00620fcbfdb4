import Descriptions
import Diagnostics
import Display
import Expressions
import Formats
import Interpreter
import Language
import Plan
import Tables
import Training

/// `fix name, price = number, joined = date, dates: dmy`
enum FixVerb: Verb {
  static let forms = ["text", "number", "date", "datetime"]
  static let letterCase = Parameter<FixText.LetterCase>(
    "case", "The letters of texts; `most` takes those of the spelling that most rows have", default: .keep)
  static let variants = Parameter<Bool>(
    "variants", "Unite spellings that differ in case, blanks, punctuation and accents alone", default: false)
  static let decimal = Parameter<DecimalMark>(
    "decimal", "The mark before the fraction of numbers", otherwise: "only numbers that it is certain of")
  static let dates = Parameter<String>(
    "dates", "What comes first in dates: day, month or year", otherwise: "only dates that it is certain of",
    .oneOf([DateReading.dmy, .mdy, .ymd].map(\.rawValue)))
  static let unreadable = Parameter<Unreadable>(
    "unreadable", "What becomes of a text that cannot be read", default: .missing)

  /// What becomes of texts that cannot be read.
  enum Unreadable: String, ChoiceValue {
    case missing, stop

    /// The word is the language's own.
    static func read(_ raw: Descriptions.RawValue) -> Unreadable? {
      raw == .missing ? .missing : raw.string.flatMap(Unreadable.init(rawValue:))
    }
  }

  static let description = Description(
    name: "fix", summary: "Clean texts, and read numbers and dates that people wrote", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "A column alone loses blanks at both ends, doubled ones between and characters without width; a text of blanks alone becomes missing. Without columns all texts are cleaned. `variants: true` unites what differs in case, blanks, punctuation and accents alone: the spelling that most rows of the training part have stands for all, and the model keeps the table.",
      "`= number` reads `1,234.5`, `€ 12`, `12 %` (0.12) and `(5)` (-5), `= date` and `= datetime` read days in figures and with English names of months, a year of two digits being one of 1969 to 2068. What could be read in two ways, `1,234` or `03/04/2024`, is not guessed: it counts as unreadable until `decimal:` or `dates:` says which it is.",
      "What cannot be read is missing and counted with examples, or an error with `unreadable: stop`; a scored row with such a text is flagged. The most frequent changes are shown.",
    ],
    positionals: [
      Positional("columns", .columns, "columns of texts to clean", maximum: nil),
      Positional("column = form", .method(forms), "columns and what their texts are", maximum: nil),
    ],
    parameters: [letterCase, variants, decimal, dates, unreadable],
    examples: [
      Example("blanks and case", "load titanic\nfix name, sex, case: upper\nshow"),
      Example(
        "spellings of one name",
        "load penguins\nderive species = if year > 2008 then upper(species) else species\nfix species, variants: true\nprofile species"
      ),
      Example(
        "numbers and dates",
        "load penguins\nderive cost = concat(\"€ \", text(body_mass_g)), seen = concat(\"3/4/\", text(year))\nfix cost = number, seen = date, dates: dmy\nshow"
      ),
    ],
    otherNames: [
      "clean", "clean_text", "strip", "str_strip", "str_squish", "trimws", "to_datetime", "to_numeric", "parse_number",
      "parse_date_time", "clean_strings",
    ],
    otherOptions: [
      "dayfirst": "dates", "orders": "dates", "errors": "unreadable", "on_conflict": "unreadable",
      "letter_case": "case", "spellings": "variants",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let uses = uses(call, schema, &sink), areUsed(call, uses, &sink) else {
      return nil
    }
    var steps: [Step] = []
    for use in uses {
      if use.column == schema.label?.name {
        sink.report(.labelLeak, "'\(use.column)' is the label; fix it before `label`", at: use.range)
        return nil
      }
      guard schema.facts(of: use.column)?.type != nil else { return call.open(subject) }
      steps.append(.feature(step(use, call)))
    }
    let stops = call.options.value(unreadable, else: .missing) == .stop
    return .recording(steps, ranges: uses.map(\.range), on: subject, call, &sink) { notes, _, _ throws(EngineError) in
      try CleaningDisplay.displays(notes, verb: description.name, stops: stops)
    }
  }

  // MARK: Arguments

  private struct Use {
    let column: String
    let form: String
    let range: SourceRange
  }

  /// What becomes of each column; nil after reporting an error.
  private static func uses(_ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) -> [Use]? {
    var uses: [Use] = []
    var isSound = true
    for argument in call.arguments {
      guard case .positional(let written) = argument.kind else { continue }
      guard let columns = call.columns(written, in: schema, &sink) else {
        isSound = false
        continue
      }
      let isSelector = if case .call = written.kind { true } else { false }
      for column in columns where isText(column, schema) || !isSelector {
        uses.append(Use(column: column, form: "text", range: argument.range))
      }
    }
    let methods = call.assigning.methods(forms, usual: .text, in: schema, &sink)
    guard isSound, let methods else { return nil }
    for (column, method) in methods.byColumn {
      uses.append(Use(column: column, form: method.method.string ?? "", range: method.range))
    }
    if call.arguments.isEmpty {
      uses = schema.features.filter { isText($0, schema) }.map { Use(column: $0, form: "text", range: call.range) }
    }
    var seen: Set<String> = []
    for use in uses where !seen.insert(use.column).inserted {
      sink.report(.duplicateName, "'\(use.column)' is fixed twice in this stage", at: use.range)
      return nil
    }
    return uses
  }

  /// Columns whose type shows later are passed on: the stage is planned again then.
  private static func isText(_ column: String, _ schema: RelationSchema) -> Bool {
    schema.facts(of: column)?.type.map { $0 == .text } ?? true
  }

  /// Whether every option has a column that it is for; reports one that has none.
  private static func areUsed(_ call: VerbCall, _ uses: [Use], _ sink: inout DiagnosticSink) -> Bool {
    let needs: [(any AnyParameter, Set<String>, String)] = [
      (letterCase, ["text"], "texts"), (variants, ["text"], "texts"), (decimal, ["number"], "numbers"),
      (dates, ["date", "datetime"], "dates"), (unreadable, ["number", "date", "datetime"], "numbers and dates"),
    ]
    for (parameter, forms, what) in needs where call.options.has(parameter) {
      if uses.isEmpty || uses.contains(where: { forms.contains($0.form) }) { continue }
      let example = what == "texts" ? "fix name" : "fix price = \(forms.sorted().first ?? "")"
      sink.report(
        .badOption, "'\(parameter.name)' is for \(what), and no column is fixed as one of those",
        at: call.optionRanges[parameter.name] ?? call.range, help: ["`\(example), \(parameter.name): …`"])
      return false
    }
    return true
  }

  private static func step(_ use: Use, _ call: VerbCall) -> any FeatureStep {
    let order = call.options[dates].flatMap(DateReading.init(rawValue:)) ?? .mixed
    switch use.form {
    case "number": return FixValue(use.column, .number(decimal: call.options[decimal].map { String($0.mark) }))
    case "date": return FixValue(use.column, .date(order))
    case "datetime": return FixValue(use.column, .datetime(order))
    // text
    default:
      return FixText(
        use.column, letterCase: call.options.value(letterCase, else: .keep),
        variants: call.options.value(variants, else: false))
    }
  }
}

extension VerbCall {
  /// The call without the arguments that give no column a method.
  fileprivate var assigning: VerbCall {
    let methods = arguments.filter { if case .assignment = $0.kind { true } else { false } }
    return VerbCall(
      verb: verb, range: range, arguments: methods, options: options, optionRanges: optionRanges,
      optionExpressions: optionExpressions, scope: scope, namedTypes: namedTypes, promisedFiles: promisedFiles)
  }
}
