import Dispatch
import Synchronization

/// A value that another thread gives.
final class Answered: Sendable {
  private let value = Mutex<Bool?>(nil)
  private let given = DispatchSemaphore(value: 0)

  func set(_ new: Bool) {
    value.withLock { $0 = new }
    given.signal()
  }

  func wait() -> Bool? {
    guard given.wait(timeout: .now() + 10) == .success else { return nil }
    return value.withLock { $0 }
  }
}
