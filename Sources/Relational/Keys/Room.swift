import Kernels

/// Memory that threads fill, each in a part of its own; what is in it is not set before.
final class Room<Value: BitwiseCopyable>: @unchecked Sendable {
  let base: UnsafeMutablePointer<Value>
  let count: Int

  /// Whoever asks for much has asked `Memory` before.
  init(_ count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    HugePages.advise(UnsafeMutableRawBufferPointer(start: base, count: count * MemoryLayout<Value>.stride))
  }

  /// The same value everywhere.
  convenience init(_ count: Int, repeating value: Value) {
    self.init(count)
    base.initialize(repeating: value, count: count)
  }

  deinit { base.deallocate() }

  var values: UnsafeMutableBufferPointer<Value> { UnsafeMutableBufferPointer(start: base, count: count) }
}
