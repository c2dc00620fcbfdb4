import Dispatch
import Glibc

/// Why a service that was waited for came to its end.
public enum ServiceEnd: Sendable, Equatable {
  /// SIGTERM, or SIGINT from a keyboard.
  case signal(Int32)
  /// The time that was given is over.
  case elapsed
  /// `stop` was called elsewhere.
  case stopped
}

extension Service {
  /// Serves until SIGINT or SIGTERM arrives, or for some seconds, then stops within `grace` seconds.
  ///
  /// While it waits the two signals do not end the process; what they did before is put back afterwards. A second signal
  /// while requests are still being answered ends the wait for them.
  @discardableResult
  public func runUntilSignal(orSeconds seconds: Double? = nil, grace: Double = 10) -> ServiceEnd {
    let wake = DispatchSemaphore(value: 0)
    let caught = SignalCatch([SIGINT, SIGTERM]) { wake.signal() }
    defer { caught.restore() }
    let limit = seconds.map { DispatchTime.now() + max(0, $0) } ?? .distantFuture
    var end: ServiceEnd?
    while end == nil {
      // A call of `stop` elsewhere is seen within a quarter of a second.
      let isSignalled = wake.wait(timeout: min(limit, .now() + 0.25)) == .success
      if isSignalled {
        end = .signal(caught.last)
      } else if !isRunning {
        end = .stopped
      } else if DispatchTime.now() >= limit {
        end = .elapsed
      }
    }
    stop(within: grace)
    return end ?? .stopped
  }
}
