import Dispatch
import NIOCore
import Synchronization

/// The connections that are open: how many there may be, and how they are brought to an end.
final class ConnectionRegistry: Sendable {
  private struct State {
    var open: [ObjectIdentifier: NIOLoopBound<Connection>] = [:]
    var admitted = 0
    var isDraining = false
  }

  private let limit: Int
  private let state = Mutex(State())
  private let changed = DispatchSemaphore(value: 0)

  init(limit: Int) { self.limit = limit }

  /// Takes a place for a connection; false when there is none.
  func admit() -> Bool {
    state.withLock { state in
      guard state.admitted < limit, !state.isDraining else { return false }
      state.admitted += 1
      return true
    }
  }

  func add(_ connection: Connection, on eventLoop: any EventLoop) {
    let bound = NIOLoopBound(connection, eventLoop: eventLoop)
    state.withLock { $0.open[ObjectIdentifier(connection)] = bound }
  }

  func remove(_ connection: Connection) {
    _ = state.withLock { $0.open.removeValue(forKey: ObjectIdentifier(connection)) }
  }

  /// Gives the place of a closed connection back.
  func release() {
    let isLast = state.withLock { state in
      state.admitted -= 1
      return state.isDraining && state.admitted == 0
    }
    if isLast { changed.signal() }
  }

  /// Asks every connection to end once its request is answered, and waits until all have.
  ///
  /// False when some were still open after `seconds`; those are closed as they are.
  func drain(within seconds: Double) -> Bool {
    let open = state.withLock { state in
      state.isDraining = true
      return state.open
    }
    for (_, connection) in open { connection.execute { $0.finish() } }
    let limit = DispatchTime.now() + max(0, seconds)
    while state.withLock({ $0.admitted > 0 }) {
      if changed.wait(timeout: limit) == .timedOut { break }
    }
    let left = state.withLock { $0.open }
    for (_, connection) in left { connection.execute { $0.abort() } }
    return left.isEmpty
  }
}

extension NIOLoopBound {
  /// Runs `body` with the value where it lives.
  func execute(_ body: @escaping @Sendable (Value) -> Void) {
    eventLoop.execute { body(self.value) }
  }
}
