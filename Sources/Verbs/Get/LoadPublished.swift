import Diagnostics
import Display
import Interpreter
import Kernels
import Language
import Plan
import Registry

extension LoadVerb {
  /// The place of an argument that names a published model: `"model:churn@champion"`; nil where none does.
  static func publishedPlace(_ call: VerbCall) -> Int? {
    call.positionals.indices.first { place in
      if case .name(let name) = call.positionals[place].kind, call.scope[name] == nil { return false }
      var unread = DiagnosticSink()
      return call.text(at: place, &unread)?.hasPrefix(ModelReference.scheme + ":") ?? false
    }
  }

  /// The stage that loads a published model.
  static func planPublished(at place: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let range = call.positionals[place].range
    if call.positionals.count > 1 {
      sink.report(.unexpectedArgument, "a published model is loaded alone", at: range)
      return nil
    }
    if let option = call.options.values.keys.sorted().first(where: { $0 != RegistryPlace.option.name }) {
      sink.report(
        .badOption, "'\(option)' says how a table is read, and this is a published model",
        at: call.optionRanges[option])
      return nil
    }
    guard let reference = call.reference(at: place, &sink), call.checkRegistry(&sink) else { return nil }
    let named = call.options[RegistryPlace.option]
    do throws(EngineError) {
      let type = try publishedType(reference, named, call)
      return PlannedStage(result: .model(type), words: call.wordsInFull(description), repetition: .never) {
        _, context throws(EngineError) in
        let registry = try RegistryPlace.open(named, context.progress)
        let version = try registry.version(reference)
        let model = try registry.model(version, of: reference.model)
        let inputs = counted(model.graph.inputs.count, "input")
        let words = "\(model.name), version \(version.number): \(model.purposeInFull), \(inputs)"
        return Outcome(.model(model), [.note(words)])
      }
    } catch {
      sink.report(error, at: range)
      return nil
    }
  }

  /// What is known of it before the script runs: nothing of one that the script publishes, or that is on a server.
  private static func publishedType(
    _ reference: ModelReference, _ named: String?, _ call: VerbCall
  ) throws(EngineError) -> ModelType {
    let open = ModelType(name: reference.model, labelName: nil, task: nil, inputs: nil, split: nil)
    if call.promises(reference) { return open }
    if case .server = try RegistryPlace.address(named) { return open }
    let facts = try RegistryPlace.open(named, Progress()).version(reference).facts
    return ModelType(
      name: reference.model, labelName: facts.label, task: facts.task, inputs: facts.inputs, split: nil,
      algorithms: [facts.algorithm])
  }
}
