import Descriptions
import Diagnostics
import Interpreter
import Language
import Plan
import Registry

extension VerbCall {
  /// A positional argument as a name in a registry: a bare word, whatever value has that name, or a text. nil if it is not there, or after
  /// reporting.
  func registryName(at place: Int, _ sink: inout DiagnosticSink) -> String? {
    guard positionals.indices.contains(place) else { return nil }
    if case .name(let name) = positionals[place].kind {
      if case .scalar(.cell(.text(let text)))? = scope[name] { return text }
      return name
    }
    return text(at: place, &sink)
  }

  /// The same as a reference; nil after reporting.
  func reference(at place: Int, _ sink: inout DiagnosticSink) -> ModelReference? {
    guard let text = registryName(at: place, &sink) else { return nil }
    do throws(EngineError) { return try ModelReference(text) } catch {
      sink.report(error, at: positionals[place].range)
      return nil
    }
  }

  /// Whether the registry that is meant can be one, as far as that can be told without opening it; reports one that cannot.
  func checkRegistry(_ sink: inout DiagnosticSink) -> Bool {
    do throws(EngineError) {
      try RegistryPlace.check(options[RegistryPlace.option])
      return true
    } catch {
      sink.report(error, at: optionRanges[RegistryPlace.option.name] ?? range)
      return false
    }
  }

  /// Whether an earlier stage of the script publishes the model.
  func promises(_ reference: ModelReference) -> Bool { promises(PublishedModel.promise(reference.model)) }
}

/// What stands for a published model among the files that a script writes, so that a later `load` of it is known to find it.
enum PublishedModel {
  static func promise(_ name: String) -> String { "\(ModelReference.scheme):\(name)" }
}
