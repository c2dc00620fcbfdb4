import Dispatch
import Plan
import Synchronization

/// A model that is being served over HTTP, with every request logged before it is answered.
///
/// The server runs on threads of its own; all of this may be called from any other thread, and nothing here needs
/// `await`.
///
/// ```swift
/// let service = try Service.start(model, ServiceOptions(port: 0, log: "requests.db"))
/// print("http://127.0.0.1:\(service.port)/")
/// service.runUntilSignal()
/// ```
public final class Service: Sendable {
  private enum Stage { case running, stopping, stopped(isClean: Bool) }

  public let options: ServiceOptions
  /// The port that is listened on, also where any free one was asked for.
  public let port: Int
  private let responder: Responder
  private let listener: Listener
  private let registry: ConnectionRegistry
  private let log: RequestLog?
  private let stage = Mutex(Stage.running)
  private let stopped = DispatchGroup()

  private init(_ shared: ConnectionContext, _ listener: Listener) {
    options = shared.options
    port = listener.port
    responder = shared.responder
    registry = shared.registry
    log = shared.log
    self.listener = listener
    stopped.enter()
  }

  /// Opens the log, binds the port, and serves until `stop`.
  public static func start(_ model: any ServedModel, _ options: ServiceOptions) throws(ServiceProblem) -> Service {
    let log = try open(model, options)
    let responder = Responder(
      model, bounds: options.bounds, seconds: options.answerSeconds, strict: options.isStrict)
    let shared = ConnectionContext(
      responder: responder, log: log, registry: ConnectionRegistry(limit: max(1, options.connections)),
      options: options)
    do throws(ServiceProblem) {
      return Service(shared, try Listener(shared))
    } catch {
      log?.close()
      throw error
    }
  }

  private static func open(_ model: any ServedModel, _ options: ServiceOptions) throws(ServiceProblem) -> RequestLog? {
    guard let path = options.log else { return nil }
    do throws(LogProblem) {
      let log = try RequestLog(path: path, durability: options.durability, busy: options.logSeconds)
      try log.remember(model)
      return log
    } catch {
      throw ServiceProblem.log(error)
    }
  }

  /// Where the service is reached from this machine.
  public var address: String {
    let isAny = options.host == "0.0.0.0" || options.host == "::"
    let host = isAny ? "localhost" : options.host.contains(":") ? "[\(options.host)]" : options.host
    return "http://\(host):\(port)"
  }

  /// The model that answers.
  public var model: any ServedModel { responder.model }

  /// Serves another model from the next request on; those under way are answered by the one before.
  public func replace(_ model: any ServedModel) throws(ServiceProblem) {
    do throws(LogProblem) { try log?.remember(model) } catch { throw ServiceProblem.log(error) }
    responder.replace(model)
  }

  /// Stops: accepts no more, answers what was asked, and closes the log.
  ///
  /// False when some connections were not done after `seconds`; those are cut off. A second call waits for the first.
  @discardableResult
  public func stop(within seconds: Double = 10) -> Bool {
    let isFirst = stage.withLock { stage in
      guard case .running = stage else { return false }
      stage = .stopping
      return true
    }
    guard isFirst else {
      stopped.wait()
      return wasClean
    }
    responder.retire()
    listener.stopAccepting()
    let isClean = registry.drain(within: seconds)
    log?.close()
    listener.shutDown()
    stage.withLock { $0 = .stopped(isClean: isClean) }
    stopped.leave()
    return isClean
  }

  private var wasClean: Bool { stage.withLock { if case .stopped(let isClean) = $0 { isClean } else { false } } }

  public var isRunning: Bool { stage.withLock { if case .running = $0 { true } else { false } } }

  /// Waits until the service has stopped, at most `seconds`; false when it still runs then.
  public func waitUntilStopped(seconds: Double? = nil) -> Bool {
    guard let seconds else {
      stopped.wait()
      return true
    }
    return stopped.wait(timeout: .now() + max(0, seconds)) == .success
  }
}
