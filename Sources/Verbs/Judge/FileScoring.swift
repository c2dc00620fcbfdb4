import Diagnostics
import Display
import Formats
import Interpreter
import Kernels
import Plan
import Tables

/// Scoring the rows of files, which are read by the model's inputs.
struct FileScoring {
  let stage: PlannedStage

  /// nil after an error, which is reported: also for columns that cannot be the model's, where its inputs are known already.
  init?(_ call: VerbCall, _ subject: ValueType, _ sink: inout DiagnosticSink) {
    guard let options = DelimitedOptions(scoring: call, &sink), let files = LoadVerb.files(call, &sink) else {
      return nil
    }
    let range = call.positionals.first?.range ?? call.range
    let words = call.wordsInFull(PredictVerb.description)
    guard let paths = files.known else {
      let open = PredictVerb.result(RelationSchema(name: files.name, isOpen: true))
      stage = PlannedStage(result: .table(open), words: words) { _, _ throws(EngineError) in
        throw EngineError(.file(.absent))
      }
      return
    }
    if let package = paths.first(where: ModelPackage.isOne) {
      sink.report(
        .wrongType, "'\(package)' is a model, not rows", at: range,
        help: ["`load \"\(package)\" |> predict ROWS` scores with it"])
      return nil
    }
    let strict = call.options[PredictVerb.strict]
    let rejects = call.options[CSVFormat.rejects].map { [$0] } ?? []
    do throws(EngineError) {
      let type = subject.modelType
      let (source, declared) = try Self.source(paths, options.expecting(type?.inputs ?? []), call)
      if let declared, let type, let inputs = type.inputs {
        let names = declared.schema.fields.map(\.name)
        try InputMatch(inputs, label: type.labelName, columns: names, name: source.name).require(strict)
      }
      let schema = declared.map { RelationSchema(name: source.name, raw: $0.schema, openTypes: $0.open) }
      let known = schema ?? RelationSchema(name: source.name, isOpen: true)
      stage = PlannedStage(result: .table(PredictVerb.result(known)), words: words, writes: rejects) {
        value, context throws(EngineError) in
        let model = try PredictVerb.model(of: value)
        return try Self.run(paths, options, model, strict, call, context)
      }
    } catch {
      sink.report(error, at: range)
      return nil
    }
  }

  private static func source(
    _ paths: [String], _ options: DelimitedOptions, _ call: VerbCall
  ) throws(EngineError) -> (source: any TableSource, declared: DeclaredSchema?) {
    do throws(SourceError) {
      let source = try LoadVerb.source(paths, options, call)
      return (source, try source.declaredSchema())
    } catch {
      throw EngineError(error)
    }
  }

  private static func run(
    _ paths: [String], _ options: DelimitedOptions, _ model: Model, _ strict: Bool?, _ call: VerbCall,
    _ context: RunContext
  ) throws(EngineError) -> Outcome {
    var options = options.expecting(model.graph.inputs)
    if !call.options.has(PredictVerb.missing) { options.missing = model.inputs.missingWords }
    let (source, declared) = try source(paths, options, call)
    if let declared {
      try InputMatch(model, columns: declared.schema.fields.map(\.name), name: source.name).require(strict)
    }
    let rows: SourceRows
    do throws(SourceError) {
      rows = try source.read(columns: nil, context.progress)
    } catch {
      throw EngineError(error)
    }
    let match = InputMatch(model, columns: rows.table.names, name: source.name)
    try match.require(strict)
    var given = GivenRows(file: rows.table, for: model, notes: (match.note.map { [$0] } ?? []) + rows.notes)
    try given.retype(for: model)
    let outcome = try PredictVerb.predict(given, name: source.name, model, context)
    return Outcome(outcome.value, [.notes([LoadVerb.size(of: rows.table, source.name)])] + outcome.displays)
  }

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

extension DelimitedOptions {
  /// The options of a call of `predict`; nil after an error, which is reported.
  fileprivate init?(scoring call: VerbCall, _ sink: inout DiagnosticSink) {
    self.init(call, &sink)
    if let words = call.options[PredictVerb.missing] { missing = words }
  }

  /// The same for rows that are read as the inputs of a model.
  fileprivate func expecting(_ inputs: [Field]) -> DelimitedOptions {
    var options = self
    options.expected = Dictionary(inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
    return options
  }
}
