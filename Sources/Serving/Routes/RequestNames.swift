import Synchronization

/// Names requests: distinct in this process by a counter, and among processes by a random start.
final class RequestNames: Sendable {
  private let prefix = String(UInt64.random(in: 1 << 44..<1 << 48), radix: 16) + "-"
  private let count = Atomic<UInt64>(0)

  var next: String { prefix + String(count.add(1, ordering: .relaxed).newValue, radix: 16) }
}
