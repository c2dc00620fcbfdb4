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
  /// While it waits the two signals do not end the process; what they did before is put back afterwards.
  @discardableResult
  public func runUntilSignal(orSeconds seconds: Double? = nil, grace: Double = 10) -> ServiceEnd {
    let end = waitForEnd(seconds)
    stop(within: grace)
    return end
  }

  private func waitForEnd(_ seconds: Double?) -> ServiceEnd {
    let caught = SignalCatch([SIGINT, SIGTERM])
    defer { caught.restore() }
    let start = Moment.now
    while true {
      let left = seconds.map { max(0, $0 - Double(start.elapsed) / 1e6) } ?? .infinity
      // A call of `stop` elsewhere is seen within a quarter of a second.
      if let signal = caught.next(milliseconds: Int32(min(left * 1000 + 1, 250))) { return .signal(signal) }
      if !isRunning { return .stopped }
      if left <= 0 { return .elapsed }
    }
  }
}
