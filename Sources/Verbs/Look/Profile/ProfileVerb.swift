import Descriptions
import Diagnostics
import Interpreter
import Notation
import Plan
import Synthesis
import Tables

/// `profile`
enum ProfileVerb: Verb {
  static let top = Parameter<Int>("top", "How many frequent values to show of a column", default: 3, .within(1, 100))
  static let detail = Parameter<ProfileDepth>(
    "detail", "Whether to show a screenful, or all there is to say of each column and of every two",
    otherwise: "full for one column, brief for more")
  static let against = Parameter<String>(
    "against", "A named table that this one is held against, column by column", otherwise: "no other table")

  static let save = Parameter<String>(
    "save", "A file `NAME\(SavedProfile.ending)` for what `synth like:` makes rows of, without a row",
    otherwise: "nothing is written", meaning: .file(.write))

  static let description = Description(
    name: "profile",
    summary: "Describe every column and what asks for a look: missing, distinct, range, moments, values, alerts",
    group: "Look", signature: "Table → look · Split → look",
    details: [
      "All rows are looked at, not a sample. The standard deviation is that of a sample (n − 1), quartiles interpolate linearly. A distinct count with ~ is an estimate.",
      "A screenful shows each column on a line, and alerts, each with its figure: what is constant, unique, imbalanced, skewed, correlated, full of zeros, missing or high in cardinality, values that differ by case or by outer blanks, dates out of order, repeated rows. What a text is about (email, url, country, id …) is told by the share of its values of that form, never by its name.",
      "`profile COLUMN` or `detail: full` shows all: outer quantiles, skewness and kurtosis (of the sample, as the standard deviation), the least and greatest values, what texts consist of, which columns are missing together, and how every two go together: Pearson's and Spearman's correlations of numbers, Cramér's V of texts and bools of up to \(Associations.mostCategories) values, the correlation ratio between both. Of tables up to about a million cells a screenful looks for correlated columns and repeated rows too.",
      "`save: \"x.profile.json\"` keeps distributions by shares and smoothed quantiles, and correlations, of which `synth like: \"x.profile.json\"` makes rows; of a text only what at least five rows have is in it, and of confidential and restricted columns nothing.",
      "A report behind it (`export \"profile.html\"`, `.json`) holds all of it, with pictures. With a label, what goes with it is shown; with `against: NAME`, how far the values of each column are from those of another table: by Kolmogorov and Smirnov's distance for numbers and dates, by the total variation for texts and bools, 0 to 1.",
    ],
    positionals: [Positional("columns", .columns, "the columns to describe; all without", maximum: nil)],
    parameters: [top, detail, against, save, WrittenFile.replace],
    examples: [
      Example("at a glance", "load titanic\nprofile"), Example("some columns", "load penguins\nprofile numeric()"),
      Example("one column in full", "load titanic\nprofile age"),
      Example("the whole as a page", "load penguins\nprofile\nexport \"penguins.html\""),
      Example(
        "two tables", "load penguins\nfilter sex == \"male\"\nas males\nload penguins\nprofile against: males"),
      Example("kept to make rows of", "load penguins\nprofile save: \"penguins.profile.json\""),
    ],
    otherNames: ["summarize", "summarise", "summary", "skim", "describe"],
    otherOptions: [
      "full": "detail", "minimal": "detail", "explorative": "detail", "compare": "against", "reference": "against",
    ],
    references: [
      "Joanes & Gill, Comparing measures of sample skewness and kurtosis (1998)",
      "Cramér, Mathematical Methods of Statistics (1946)",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static let onlyLooks = true

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = call.columns(in: schema, &sink) else { return nil }
    guard isKnown(call, &sink) else { return nil }
    let other = call.options[against]
    let top = call.options[top] ?? 3
    let depth = call.options[detail] ?? (columns.count == 1 && other == nil ? .full : .brief)
    let file = call.written(save)
    guard SavedProfileFile.isNamed(file, &sink) else { return nil }
    let needs = columns.isEmpty ? ColumnNeeds.all : .columns(Set(columns))
    let request = ProfileRequest(
      columns: columns.isEmpty ? nil : columns, top: top, depth: depth, against: other)
    let look = PlannedStage.look(
      "profile", at: subject, words: call.wordsInFull(description), needs: needs,
      // The other table is not at hand any more where a report is written.
      whole: other == nil ? request.page : nil, request.screen)
    return file.first.map { SavedProfileFile($0.path, columns).saving(look, file) } ?? look
  }

  /// Whether `against` names a table, where it is given; false after reporting.
  private static func isKnown(_ call: VerbCall, _ sink: inout DiagnosticSink) -> Bool {
    guard let name = call.options[against] else { return true }
    if let type = call.namedTypes[name], type.subject.schema != nil || type.isUnknown { return true }
    let tables = call.namedTypes.filter { $0.key != "_" && $0.value.schema != nil }.keys.sorted()
    sink.report(
      .unknownName, "no table '\(name)'", at: call.optionRanges[against.name],
      label: NearestName.hint(name, in: tables),
      help: [tables.isEmpty ? "`as NAME` names the last value" : "named tables: \(NameList.of(tables))"])
    return false
  }
}

extension ValueType {
  fileprivate var isUnknown: Bool { if case .unknown = self { true } else { false } }
}

extension ProfileDepth: ChoiceValue {}
