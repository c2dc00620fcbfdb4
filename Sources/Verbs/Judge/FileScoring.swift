import Descriptions
import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Packaging
import Plan
import Tables

/// Scoring the rows of files, which are read by the model's inputs.
struct FileScoring {
  let stage: PlannedStage

  /// nil after an error, which is reported: also for columns that cannot be the model's, where its inputs are known already.
  init?(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) {
    guard let named = NamedPlaces(call, &sink) else { return nil }
    let range = call.positionals.first?.range ?? call.range
    let words = call.wordsInFull(PredictVerb.description)
    let rejects = call.written(ReadingOptions.rejects)
    guard let places = named.known else {
      let open = PredictVerb.result(RelationSchema(name: named.name, isOpen: true), taught: subject.taught)
      let reads = ReadFiles(named.promised)
      stage = PlannedStage(result: .table(open), words: words, writes: rejects, reads: reads) {
        _, _ throws(EngineError) in
        throw EngineError(.file(.absent))
      }
      return
    }
    if call.options[LoadVerb.format] == nil,
      let package = places.flatMap(\.paths).first(where: { FormatCatalog.format(of: $0) is any ModelReading.Type })
    {
      sink.report(
        .wrongType, "'\(package)' is a model, not rows", at: range,
        help: ["`load \"\(package)\" |> predict ROWS` scores with it"])
      return nil
    }
    let strict = call.options[PredictVerb.strict]
    let arrived = ArrivedFiles()
    let reads = PlaceReading.reads(places, call, arrived)
    do throws(EngineError) {
      let type = subject.modelType
      let reading = try Self.reading(places, call, arrived)
      guard reading.takeOptions(call, &sink) else { return nil }
      let request = ReadingRequest(call.options, expected: type?.inputs ?? [])
      let (source, declared) = try Self.source(reading, request)
      if let declared, let type, let inputs = type.inputs {
        let names = declared.schema.fields.map(\.name)
        try InputMatch(inputs, label: type.labelName, columns: names, name: source.name).require(strict)
      }
      let schema = declared.map { RelationSchema(name: source.name, raw: $0.schema, openTypes: $0.open) }
      let known = (schema ?? RelationSchema(name: source.name, isOpen: true)).guarded(as: subject)
      let found = named.notes
      stage = PlannedStage(
        result: .table(PredictVerb.result(known, taught: subject.taught)), words: words,
        warnings: AnswerNames.warnings(besides: known, at: range), writes: rejects, reads: reads
      ) {
        value, context throws(EngineError) in
        let model = try PredictVerb.model(of: value)
        return try Self.run(reading, model, call, besides: known, found, context)
      }
    } catch {
      sink.report(error, at: range)
      return nil
    }
  }

  private static func reading(
    _ places: [NamedPlace], _ call: VerbCall, _ arrived: ArrivedFiles
  ) throws(EngineError) -> PlaceReading {
    do throws(SourceError) { return try PlaceReading(places, call, PredictVerb.description, arrived) } catch {
      throw EngineError(error)
    }
  }

  private static func source(
    _ reading: PlaceReading, _ request: ReadingRequest
  ) throws(EngineError) -> (source: any TableSource, declared: DeclaredSchema?) {
    do throws(SourceError) {
      let source = try reading.source(request)
      return (source, try source.declaredSchema())
    } catch {
      throw EngineError(error)
    }
  }

  private static func run(
    _ reading: PlaceReading, _ model: Model, _ call: VerbCall, besides known: RelationSchema, _ found: [String],
    _ context: RunContext
  ) throws(EngineError) -> Outcome {
    let strict = call.options[PredictVerb.strict]
    var request = ReadingRequest(call.options, expected: model.graph.inputs)
    if !call.options.has(PredictVerb.missing) {
      request.options.set(PredictVerb.missing.name, model.inputs.missingWords.raw)
    }
    let (source, declared) = try source(reading, request)
    if let declared {
      try InputMatch(model, columns: declared.schema.fields.map(\.name), name: source.name).require(strict)
    }
    let read = try context.executor.rows(Relation(source: source, declared: declared), context.progress)
    let match = InputMatch(model, columns: read.rows.columns.map(\.field.name), name: source.name)
    try match.require(strict)
    let notes = (match.note.map { [$0] } ?? []) + found + read.notes.compactMap(\.source)
    let size = LoadVerb.size(of: read.rows, source.name)
    let outcome: Outcome
    switch read.rows {
    case .whole(let table):
      var given = GivenRows(file: table, for: model, notes: notes)
      try given.retype(for: model)
      outcome = try PredictVerb.predict(given, besides: known, model, context)
    case .stored:
      let given = GivenChunks(file: read.rows, for: model, notes: notes)
      outcome = try PredictVerb.predict(given, besides: known, model, context)
    }
    return Outcome(outcome.value, [.notes([size])] + outcome.displays)
  }
}

extension StageNote {
  /// What the reader of a file had to say.
  fileprivate var source: String? { if case .source(let words) = remark { words } else { nil } }
}

extension ValueType {
  /// The model that a model or a service is.
  fileprivate var modelType: ModelType? {
    switch self {
    case .model(let model), .service(let model): model
    default: nil
    }
  }
}

extension ReadingRequest {
  /// For rows that are read as the inputs of a model.
  fileprivate init(_ options: Options, expected inputs: [Field]) {
    self.init(
      options, expected: Dictionary(inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first }))
  }
}
