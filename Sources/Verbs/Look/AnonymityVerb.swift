import Descriptions
import Diagnostics
import Display
import Interpreter
import Plan
import Privacy
import Tables

/// `anonymity age, sex, zip, sensitive: diagnosis`
enum AnonymityVerb: Verb {
  static let sensitive = Parameter<[String]>(
    "sensitive", "Columns whose values are not to be told of anybody", otherwise: "those that are restricted",
    meaning: .column)

  static let description = Description(
    name: "anonymity", summary: "Tell how well rows hide among each other", group: "Look",
    signature: "Table → look · Split → look",
    details: [
      "The columns named are what others may know of a person, age, sex and postcode say; without any, the confidential ones are taken. Rows that agree in all of them are a class. `k` is the size of the smallest: each row hides among k. `uniques` are the rows that are alone.",
      "Of each `sensitive:` column `l` is the fewest different values in a class, and `t` how far the values of a class lie from those of all rows at most (earth mover's distance, from 0 to 1): who is known to be in a class of one value is known to have it. A missing cell is a value of its own.",
      "Of masked columns the table shows how much of their entropy the mask took. Of a split the training rows are looked at.",
    ],
    positionals: [Positional("columns", .columns, "what others may know", maximum: nil)],
    parameters: [sensitive],
    examples: [
      Example("as it is", "load titanic\nanonymity age, sex, class, sensitive: survived"),
      Example(
        "behind masks",
        "load titanic\nfilter age != missing\nmask age = generalise(20)\nanonymity age, sex, sensitive: survived\nas report\nreport.k"
      ),
    ],
    otherNames: ["k_anonymity", "l_diversity", "t_closeness", "reidentification", "disclosure_risk"],
    otherOptions: ["sa": "sensitive", "sens_att": "sensitive", "secret": "sensitive"],
    references: [
      "Samarati and Sweeney (1998), Protecting Privacy when Disclosing Information",
      "Machanavajjhala et al. (2007), l-Diversity: Privacy Beyond k-Anonymity",
      "Li et al. (2007), t-Closeness: Privacy Beyond k-Anonymity and l-Diversity",
      "Gionis and Tassa (2009), k-Anonymization with Minimal Loss of Information",
    ])
  static let subjects: Set<SubjectKind> = [.table, .split]
  static let onlyLooks = true

  static func showing(_ call: VerbCall, _ planned: PlannedStage) -> ColumnNeeds { .none }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard let schema = subject.schema, let columns = KnownColumns(call, sensitive, in: schema, &sink) else {
      return nil
    }
    let (known, told) = (columns.quasi, columns.sensitive)
    let figures = ["k", "uniques", "classes"] + (told.isEmpty ? [] : ["l", "t"])
    let needs = ColumnNeeds.columns(Set(known + told))
    return PlannedStage(
      result: .look(LookType(kind: "anonymity", figures: figures, subject: subject)),
      words: call.wordsInFull(description), needs: needs
    ) { value, context throws(EngineError) in
      guard let value else { throw EngineError(.subject(.wrong(.table))) }
      let looked = try LookedRows(value, context)
      let table = try looked.rows.table(Set(known + told), context.progress)
      let anonymity = try Anonymity(of: table, quasi: known, sensitive: told, context.progress)
      let displays = [
        AnonymityDisplay.table(anonymity, known, name: looked.name),
        try AnonymityDisplay.columns(known, table, value, context),
      ]
      return Outcome(
        .look(
          Look(
            kind: "anonymity", subject: value, display: .group(displays), figures: AnonymityDisplay.figures(anonymity))
        ), displays)
    }
  }
}
