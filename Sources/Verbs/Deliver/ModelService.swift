import Interpreter
import Kernels
import Plan
import Scoring
import Serving

/// A served model as the language sees it.
public final class ModelService: RunningService {
  public let model: Model
  public let logPath: String?
  /// The name in the routes.
  public let servedName: String
  /// How long a batch run waits for it after its last line; nil until it is interrupted.
  public let seconds: Double?
  private let service: Service

  /// Starts to listen; the model's version is the program's unless it has its own. Throws `addressInUse` or `serviceFailed`.
  public init(
    _ model: Model, name: String?, version: String? = nil, _ options: ServiceOptions, seconds: Double? = nil
  ) throws(EngineError) {
    self.model = model
    self.seconds = seconds
    logPath = options.log
    servedName = name ?? model.name
    let served: GraphModel
    do {
      served = try GraphModel(
        name: servedName, version: version ?? Version.current, label: model.label?.name, graph: model.graph,
        hidesOthers: model.inputs.areGuarded)
    } catch {
      throw EngineError(.service(.notServed(error)))
    }
    do {
      service = try Service.start(served, options)
    } catch {
      throw EngineError(.service(error))
    }
  }

  public var address: String { service.address }
  public var isRunning: Bool { service.isRunning }

  public func stop() { _ = service.stop() }

  public func wait(seconds: Double?, _ progress: Progress) {
    let limit = seconds ?? self.seconds
    var waited = 0.0
    while service.isRunning, !progress.isCancelled, limit.map({ waited < $0 }) ?? true {
      let step = min(0.1, limit.map { $0 - waited } ?? 0.1)
      if service.waitUntilStopped(seconds: step) { return }
      waited += step
    }
    stop()
  }

  /// Serves until SIGINT or SIGTERM arrives, or for some seconds, and drains.
  public func runUntilSignal(orSeconds limit: Double? = nil) { service.runUntilSignal(orSeconds: limit ?? seconds) }
}
