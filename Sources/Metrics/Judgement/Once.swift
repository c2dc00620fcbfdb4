import Synchronization

/// A value that is worked out when it is first asked for; others who ask meanwhile wait for it.
final class Once<Value: Sendable>: Sendable {
  private let kept = Mutex<Value?>(nil)

  /// `make` may run in parallel, but must not ask for this value.
  func value(_ make: () -> Value) -> Value {
    kept.withLock { kept in
      if let value = kept { return value }
      let made = make()
      kept = made
      return made
    }
  }
}
