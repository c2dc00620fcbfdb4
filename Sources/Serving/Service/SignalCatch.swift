import Dispatch
import Glibc
import Synchronization

/// Signals delivered as calls on an ordinary thread, for as long as this lives.
final class SignalCatch: Sendable {
  private struct Caught: @unchecked Sendable {
    // A dispatch source may be cancelled from any thread.
    let source: any DispatchSourceSignal
    let before: sigaction
    let signal: Int32
  }

  private let caught: [Caught]
  private let received: Received

  private final class Received: Sendable {
    let signal = Atomic<Int32>(0)
  }

  init(_ signals: [Int32], _ body: @escaping @Sendable () -> Void) {
    let received = Received()
    self.received = received
    let queue = DispatchQueue(label: "signals")
    caught = signals.map { number in
      // A signal that is ignored still reaches the source, and nothing else.
      var ignore = sigaction()
      ignore.__sigaction_handler.sa_handler = SIG_IGN
      var before = sigaction()
      sigaction(number, &ignore, &before)
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        received.signal.store(number, ordering: .relaxed)
        body()
      }
      source.resume()
      return Caught(source: source, before: before, signal: number)
    }
  }

  /// The signal that came last; 0 before the first.
  var last: Int32 { received.signal.load(ordering: .relaxed) }

  /// Puts back what the signals did before.
  func restore() {
    for one in caught {
      one.source.cancel()
      var before = one.before
      sigaction(one.signal, &before, nil)
    }
  }
}
