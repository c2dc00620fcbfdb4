import Diagnostics
import Display
import Interpreter
import Kernels
import Packaging
import Plan
import Scoring
import Serving
import Verbs

/// `mlp serve MODEL.mlpkg --port N --log FILE`: serves a package without a script, until it is interrupted.
struct ServeCommand {
  let workplace: Workplace

  func run(_ path: String) -> Int32 {
    let writer = ResultWriter(workplace.invocation)
    do throws(EngineError) {
      let model = try Self.model(path)
      var options = ServiceOptions(host: workplace.invocation.host, port: workplace.invocation.port)
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

  /// The model in a package. Throws `cannot-read` or `bad-format` with the byte at which it goes wrong.
  static func model(_ path: String) throws(EngineError) -> Model {
    let place = try WorkingFolder.current.resolve(path)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try DurableFile.read(place, limit: 1 << 30)
    } catch {
      throw EngineError(.source, path, "cannot read '\(path)': \(error.words)")
    }
    let package: PackageFile
    do {
      package = try MlpkgReader.read(bytes)
    } catch {
      throw EngineError(.badFormat, path, "'\(path)' is no package that can be opened: \(error.words)")
    }
    do {
      return try package.model()
    } catch {
      throw EngineError(.badFormat, path, "'\(path)' holds a model that cannot be scored: \(error.words)")
    }
  }
}
