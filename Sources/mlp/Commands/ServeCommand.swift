import Diagnostics
import Display
import Interpreter
import Packaging
import Plan
import Serving
import Verbs

/// `mlp serve MODEL.mlpkg --port N --log FILE --strict`: serves a package without a script, until it is interrupted.
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

  func run(_ path: String) -> Int32 {
    let writer = ResultWriter(workplace.invocation)
    do throws(EngineError) {
      let model = try MlpkgFormat.model(try WorkingFolder.current.resolve(path))
      var options = ServiceOptions(host: workplace.invocation.host, port: workplace.invocation.port)
      options.isStrict = workplace.invocation.isStrict
      if let log = workplace.invocation.log { options.log = try WorkingFolder.current.resolve(log) }
      let service = try ModelService(model, name: nil, options)
      var facts = [Fact("service", service.address), Fact("model", service.servedName)]
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
