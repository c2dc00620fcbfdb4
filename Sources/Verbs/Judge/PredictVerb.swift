import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Language
import Learners
import Plan
import Tables

/// `predict customers` or `predict "new.csv"`
enum PredictVerb: Verb {
  static let strict = Parameter<Bool>(
    "strict", "Whether the columns have to be the model's inputs, all of them and no others but the label",
    otherwise: "others are passed over, and up to half of the inputs may be missing")
  static let missing = Parameter<[String]>(
    "missing", "Words of a file that stand for a missing cell where they are not in quotes",
    otherwise: "those that the training rows were read with")

  static let description = Description(
    name: "predict", summary: "Score rows and append prediction and probabilities", group: "Judge",
    signature: "Model → Table · Service → Table",
    details: [
      "A model takes raw columns (`schema` lists them) and does its recorded steps itself. Of a named table it is therefore given the cells from before the steps that it contains, and the cells as they are from steps that it does not contain, which a note tells. The result is the table as shown with `prediction`, and `probability_CLASS` for each class.",
      "A file is read by the model's inputs: their types, and the words that stood for missing cells in training. A row that does not fit is an error with its line, unless `on_conflict: reject`. The options of the file's format (`help formats`) may be given too.",
      "A column that is called as an answer, from an earlier `predict` say, keeps its name and its cells: the answer is `prediction_2`, which is told.",
      "Columns that are no inputs are passed over. An input that is not there counts as missing, with a note; when none is there, or less than half, that is an error. `strict: true` allows no difference, `strict: false` any.",
    ],
    positionals: [Positional("rows", .source, "a named table, a file in quotes or a built-in set", minimum: 1)],
    parameters: [
      strict, missing, ReadingOptions.rejects, ReadingOptions.onConflict, LoadVerb.format, LoadVerb.union,
      WrittenFile.replace,
    ],
    examples: [
      Example(
        "a built-in set",
        "load penguins\nlabel species\nsplit test: 0.2, seed: 7\ntrain tree\npredict penguins\nshow rows: 5"),
      Example(
        "a table with recorded steps",
        "load penguins\nscale body_mass_g = standard\nlabel species\nas scaled\nsplit test: 0.2, seed: 7\ntrain tree\npredict scaled\nshow rows: 5"
      ),
    ],
    otherNames: ["infer", "augment", "transform"])
  static let subjects: Set<SubjectKind> = [.model, .service]

  static func recovered(_ arguments: [Argument], _ subject: ValueType) -> ValueType { .unknown }

  static func companions(of arguments: [Argument]) -> [Description] { FormatCatalog.companions(of: arguments) }

  static func plan(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) -> PlannedStage? {
    guard case .name(let name)? = call.positionals.first?.kind, let type = call.namedTypes[name] else {
      return FileScoring(call, subject, &sink)?.stage
    }
    guard let schema = type.schema else {
      if case .unknown = type.subject { return nil }
      sink.report(.wrongType, "'\(name)' is \(type.word), not a table", at: call.positionals[0].range)
      return nil
    }
    let strict = call.options[strict]
    let warnings = AnswerNames.warnings(besides: schema, at: call.positionals[0].range)
    return PlannedStage(
      result: .table(result(schema, taught: subject.taught)), words: call.wordsInFull(description), warnings: warnings
    ) {
      value, context throws(EngineError) in
      guard let named = context.named[name] else { throw EngineError(.subject(.noTable(name))) }
      let model = try model(of: value)
      if case .table(let relation) = named.subject {
        let base = try context.executor.baseRows(relation, context.progress)
        if case .stored = base {
          let given = try GivenChunks(relation, base: base, for: model, context)
          try InputMatch(model, columns: given.inputs + given.others, name: schema.name).require(strict)
          return try predict(given, besides: schema, model, context)
        }
      }
      var given = try GivenRows(named, for: model, context)
      try InputMatch(model, columns: given.inputs.names + given.others, name: schema.name).require(strict)
      try given.retype(for: model)
      return try predict(given, besides: schema, model, context)
    }
  }

  static func model(of value: Value?) throws(EngineError) -> Model {
    switch value {
    case .model(let own)?: own
    case .service(let service)?: service.model
    default: throw EngineError(.subject(.wrong(.model)))
    }
  }

  /// The columns that are known to come: the prediction's type depends on the label, so they are open until the rows are there. Answers
  /// are made of all that the model was `taught` by.
  static func result(_ schema: RelationSchema, taught: Sensitivity) -> RelationSchema {
    var next = RelationSchema(
      name: schema.name,
      columns: schema.columns.map { ($0.name, schema.rawFacts($0.name, $0.facts.type, from: [$0.name])) },
      isOpen: true)
    let prediction = AnswerNames.predictionName(besides: schema)
    next.set(prediction, ColumnFacts(type: nil, origins: [prediction], sensitivity: taught))
    next.unlisted = taught
    return next
  }

  /// Scores rows and gives the table as shown with the answers; `known` is what the check knew of its columns.
  static func predict(
    _ given: GivenRows, besides known: RelationSchema, _ model: Model, _ context: RunContext
  ) throws(EngineError) -> Outcome {
    var scored = ScoredRows(model)
    let table = try scored.take(given.shown, given.inputs, context.progress)
    return try outcome(.whole(table), scored.notes(given.notes, known: known), besides: known, model)
  }

  /// Scores rows a chunk at a time. Those that fill the bound of memory are kept elsewhere.
  static func predict(
    _ given: GivenChunks, besides known: RelationSchema, _ model: Model, _ context: RunContext
  ) throws(EngineError) -> Outcome {
    var scored = ScoredRows(model)
    var notes: [String] = []
    let rows = try context.executor.collect(context.progress) { keep throws(EngineError) in
      notes = try given.fold(context.progress) { shown, inputs throws(EngineError) in
        try keep(try scored.take(shown, inputs, context.progress))
      }
    }
    return try outcome(rows, scored.notes(notes, known: known), besides: known, model)
  }

  private static func outcome(
    _ rows: Rows, _ notes: [Note], besides known: RelationSchema, _ model: Model
  ) throws(EngineError) -> Outcome {
    let relation = Relation(rows: rows, name: known.name)
    let claims = guarding(rows.columns.map(\.field.name), result(known, taught: model.taught), model)
    if claims.isEmpty { return Outcome(.table(relation), [.notes(notes)]) }
    return Outcome(.table(try relation.appending(.feature(Classify(claims)))), [.notes(notes)])
  }

  /// What is known of how sensitive the columns are: by the table that was scored, or else by the model that takes them.
  private static func guarding(
    _ columns: [String], _ known: RelationSchema, _ model: Model
  ) -> [(column: String, claim: Classify.Claim)] {
    let levels = model.graph.levels
    return columns.compactMap { name in
      let sensitivity = known.sensitivity(of: [name])
      if sensitivity.masks.isEmpty, let level = levels[name], level > sensitivity.shows {
        return (name, .level(level, isWaived: false))
      }
      return sensitivity == Sensitivity() ? nil : (name, .carried(sensitivity))
    }
  }
}
