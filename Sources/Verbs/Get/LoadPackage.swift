import Diagnostics
import Display
import Formats
import Interpreter
import Language
import Packaging
import Plan

extension LoadVerb {
  /// An argument that names a model's package, with the reader of its format.
  struct NamedPackage {
    let place: Int
    let reader: any ModelReading.Type
  }

  /// nil where no argument names a model's package.
  static func package(_ call: VerbCall) -> NamedPackage? {
    let stated = call.options[format].flatMap(FormatCatalog.named)
    for place in call.positionals.indices {
      if case .name(let name) = call.positionals[place].kind, call.scope[name] == nil { continue }
      var unread = DiagnosticSink()
      guard let path = call.text(at: place, &unread), Scheme.of(path).map(AddressCatalog.schemes.contains) != true
      else { continue }
      if let reader = (stated ?? FormatCatalog.format(of: path)) as? any ModelReading.Type {
        return NamedPackage(place: place, reader: reader)
      }
    }
    return nil
  }

  /// The stage that loads the model of a package.
  static func plan(_ package: NamedPackage, _ call: VerbCall, _ sink: inout DiagnosticSink) -> PlannedStage? {
    let (place, reader) = (package.place, package.reader)
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
      let reads = ReadFiles([path])
      let unwritten = ModelType(name: FileName.stem(text), labelName: nil, task: nil, inputs: nil, split: nil)
      let type = call.promises(text) ? unwritten : ModelType(try reader.manifest(path))
      return PlannedStage(result: .model(type), words: call.wordsInFull(description), reads: reads) {
        _, _ throws(EngineError) in
        let model = try reader.model(path)
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

extension ModelType {
  fileprivate init(_ manifest: PackageManifest) {
    self.init(
      name: manifest.name, labelName: manifest.labelName, task: manifest.task, inputs: manifest.inputs?.fields,
      split: nil, algorithms: [manifest.algorithm])
  }
}
