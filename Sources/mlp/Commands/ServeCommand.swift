import Diagnostics
import Display
import Interpreter
import Kernels
import Packaging
import Plan
import Registry
import Serving
import Verbs

/// `mlp serve MODEL.mlpkg --port N --log FILE --strict`, `mlp serve churn@champion`: serves a package or a published model without a
/// script, until it is interrupted.
struct ServeCommand {
  let workplace: Workplace

  /// Why an address is not listened on in a sandbox.
  static func refusal(of host: String) -> Diagnostic? {
    do throws(EngineError) {
      try WorkingFolder.current.allow(host: host)
      return nil
    } catch {
      return Diagnostic(error, at: nil)
    }
  }

  /// The model that a path or a reference names, with its version where it is published.
  private static func model(_ named: String) throws(EngineError) -> (model: Model, version: String?) {
    guard let reference = try published(named) else {
      return (try MlpkgFormat.model(try WorkingFolder.current.resolve(named)), nil)
    }
    let registry = try RegistryPlace.open(nil, Progress())
    let version = try registry.version(reference)
    return (try registry.model(version, of: reference.model), "\(version.number)")
  }

  /// nil for what is a file by its name, or because one of that name is there.
  private static func published(_ named: String) throws(EngineError) -> ModelReference? {
    if named.hasPrefix(ModelReference.scheme + ":") { return try ModelReference(named) }
    if named.contains("/") || MlpkgFormat.endings.contains(where: { named.hasSuffix("." + $0) }) { return nil }
    if WorkingFolder.real(named) != nil { return nil }
    return try ModelReference(named)
  }

  func run(_ named: String) -> Int32 {
    let writer = ResultWriter(workplace.invocation)
    do throws(EngineError) {
      let (model, version) = try Self.model(named)
      var options = ServiceOptions(host: workplace.invocation.host, port: workplace.invocation.port)
      options.isStrict = workplace.invocation.isStrict
      if let log = workplace.invocation.log { options.log = try WorkingFolder.current.resolve(log) }
      let service = try ModelService(model, name: nil, version: version, options)
      var facts = [Fact("service", service.address), Fact("model", service.servedName)]
      if let version { facts.append(Fact("version", version)) }
      if let log = workplace.invocation.log { facts.append(Fact("log", log)) }
      writer.write(.facts(facts))
      service.runUntilSignal()
      return RunStatus.done.exitStatus
    } catch {
      writer.write(Diagnostic(error, at: nil), in: nil)
      return RunStatus.failed.exitStatus
    }
  }
}
