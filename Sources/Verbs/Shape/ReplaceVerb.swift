import Descriptions
import Diagnostics
import Display
import Interpreter
import Language
import Plan
import Tables
import Training

/// `replace plan = {Prm: "premium", "n/a": missing}`
enum ReplaceVerb: Verb {
  static let description = Description(
    name: "replace", summary: "Put values in the place of others", group: "Shape",
    signature: "Table → Table · Split → Split",
    details: [
      "Each value that the record names becomes the one beside it, all of them at once; a value that it does not name stays as it is. The result says how many cells each pair changed, and which value no cell has.",
      "A key is a word, a text in quotes, a number or a date; `missing` without quotes stands for the cells that have no value. Texts are compared as a whole, by their bytes: `fix` unites spellings, and the function `replace` changes parts of texts.",
    ],
    positionals: [
      Positional(
        "column = {value: value}", .recoding, "columns, and what becomes of their values", minimum: 1, maximum: nil)
    ],
    examples: [
      Example("words for words", "load penguins\nreplace sex = {male: \"m\", female: \"f\"}\nshow"),
      Example(
        "numbers, and cells without a value",
        "load penguins\nreplace year = {2007: missing}, sex = {missing: \"unknown\"}\nshow"),
      Example(
        "a list of words kept apart",
        "let short = {Torgersen: \"T\", Biscoe: \"B\"}\nload penguins\nreplace island = short\nshow"),
    ],
    otherNames: [
      "recode", "recode_values", "map_values", "mapvalues", "revalue", "case_match", "replace_values", "na_if",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let uses = uses(call, schema, &sink) else { return nil }
    var steps: [Step] = []
    var ranges: [SourceRange] = []
    var isOpen = false
    for use in uses {
      for column in use.columns {
        if column == schema.label?.name {
          sink.report(.labelLeak, "'\(column)' is the label; replace its values before `label`", at: use.range)
          return nil
        }
        guard let type = schema.facts(of: column)?.type else {
          isOpen = true
          continue
        }
        guard let pairs = use.values.pairs(of: column, type, &sink) else { return nil }
        // Where several columns are asked, a value need not be in each.
        if use.columns.count == 1 { use.values.noteNear(column, call, schema, &sink) }
        steps.append(.feature(Replace(column, pairs, words: "replace \(column) = \(use.values.words)")))
        ranges.append(use.range)
      }
    }
    if isOpen { return call.open(subject) }
    return .recording(steps, ranges: ranges, on: subject, call, &sink) { notes, before, context throws(EngineError) in
      StageNotes.displays(notes) + (try nearNotes(notes, before, context))
    }
  }

  /// For texts that no cell is the near ones that there are.
  private static func nearNotes(
    _ notes: [StageNote], _ before: Value, _ context: RunContext
  ) throws(EngineError) -> [Display] {
    guard case .table(let relation) = before else { return [] }
    var near: [Note] = []
    for case .changed(let changes) in notes.map(\.remark) {
      let unmet = changes.changes.filter { $0.cells == 0 && $0.from.type == .text }.map(\.from)
      guard !unmet.isEmpty, let values = try values(of: changes.column, in: relation, context) else { continue }
      for text in unmet {
        guard let other = NearestName.value(text, in: values) else { continue }
        near.append(Note("no row's '\(changes.column)' is \(Scalar.cell(text)); did you mean \(other)?"))
      }
    }
    return near.isEmpty ? [] : [.notes(near)]
  }

  /// The different values of a column; nil where they do not fit into memory, for which nothing fails.
  private static func values(
    of column: String, in relation: Relation, _ context: RunContext
  ) throws(EngineError) -> [Tables.Cell]? {
    do throws(EngineError) {
      guard let values = try relation.statistics(of: column, context)?.codes.values else { return nil }
      return (0..<values.count).map { values[$0] }
    } catch {
      if error.code == .tooLarge { return nil }
      throw error
    }
  }

  // MARK: Arguments

  /// Columns and what becomes of their values.
  private struct Use {
    var columns: [String]
    let isSelector: Bool
    let values: ReplacedValues
    let range: SourceRange
  }

  /// A column that is named beats a selector that covers it. nil after reporting an error.
  private static func uses(_ call: VerbCall, _ schema: RelationSchema, _ sink: inout DiagnosticSink) -> [Use]? {
    var uses: [Use] = []
    var named: Set<String> = []
    var isSound = true
    for argument in call.arguments {
      guard case .assignment(let target, let value) = argument.kind else {
        report(argument, &sink)
        isSound = false
        continue
      }
      let columns = call.columns(target, in: schema, &sink)
      guard let values = ReplacedValues(value, call.scope, &sink), let columns else {
        isSound = false
        continue
      }
      let isSelector = if case .selector = target.kind { true } else { false }
      if !isSelector {
        if let twice = columns.first(where: named.contains) {
          sink.report(.duplicateName, "'\(twice)' gets values twice in this stage", at: target.range)
          isSound = false
        }
        named.formUnion(columns)
      }
      uses.append(Use(columns: columns, isSelector: isSelector, values: values, range: value.range))
    }
    guard isSound else { return nil }
    for place in uses.indices where uses[place].isSelector { uses[place].columns.removeAll(where: named.contains) }
    return uses
  }

  /// `replace sex, "male", "m"`, as other tools have it: the column stands before `=`.
  private static func report(_ argument: Argument, _ sink: inout DiagnosticSink) {
    let written = SyntaxPrinter.text(argument)
    sink.report(
      .missingArgument, "'replace' needs a record of values for '\(written)'", at: argument.range,
      help: ["`replace plan = {\"old\": \"new\"}`: the value that is there stands before the colon"])
  }
}
