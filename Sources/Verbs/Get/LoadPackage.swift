import Diagnostics
import Display
import Formats
import Interpreter
import Language
import Plan

extension LoadVerb {
  /// The place of the argument that names a model's package; nil where there is none.
  static func placeOfPackage(_ call: VerbCall) -> Int? {
    let stated = call.options[format]
    if let stated, stated != MlpkgFormat.description.name { return nil }
    return call.positionals.indices.first { place in
      if case .name(let name) = call.positionals[place].kind, call.scope[name] == nil { return false }
      var unread = DiagnosticSink()
      return call.text(at: place, &unread).map { stated != nil || ModelPackage.isOne($0) } ?? false
    }
  }

  /// The stage that loads the model of the package at `place` of the arguments.
  static func package(at place: Int, _ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let range = call.positionals[place].range
    guard let text = call.text(at: place, &sink) else { return nil }
    if call.positionals.count > 1 {
      sink.report(.unexpectedArgument, "a model's package is loaded alone", at: range)
      return nil
    }
    if let option = call.options.values.keys.sorted().first(where: { $0 != format.name }) {
      sink.report(
        .badOption, "'\(option)' says how a table is read, and this is a model's package", at: call.optionRanges[option]
      )
      return nil
    }
    do throws(EngineError) {
      let path = try WorkingFolder.current.resolve(text)
      let unwritten = ModelType(name: stem(text), labelName: nil, task: nil, inputs: nil, split: nil)
      let type = call.promisedFiles.contains(text) ? unwritten : try ModelPackage.type(path)
      return PlannedStage(result: .model(type), words: call.wordsInFull(description)) { _, _ throws(EngineError) in
        let model = try ModelPackage.model(path)
        let inputs = counted(model.graph.inputs.count, "input")
        let words = "\(model.name): \(model.purposeInFull), \(inputs)"
        return Outcome(.model(model), [.note(words)])
      }
    } catch {
      sink.report(error, at: range)
      return nil
    }
  }
}
