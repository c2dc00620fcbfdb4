/// Bytes that are put one behind the other in memory of their own: where there are many short ones, an array takes several times as long.
struct ByteSink: ~Copyable {
  private var memory: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var count = 0

  init(capacity: Int) {
    self.capacity = max(64, capacity)
    memory = .allocate(capacity: self.capacity)
  }

  deinit { memory.deallocate() }

  var bytes: [UInt8] { Array(UnsafeBufferPointer(start: memory, count: count)) }

  /// Puts what is written at the place that `write` is given, where there is room for `most` bytes; it says how many there are.
  @inline(__always)
  mutating func append(most: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int) {
    if count &+ most > capacity { grow(most) }
    count &+= write(memory + count)
  }

  @inline(__always)
  mutating func append(_ added: UnsafeBufferPointer<UInt8>) {
    append(most: added.count) { target in
      if let base = added.baseAddress { target.update(from: base, count: added.count) }
      return added.count
    }
  }

  @inline(__always)
  mutating func append(_ added: [UInt8]) { added.withUnsafeBufferPointer { append($0) } }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    append(most: 1) { target in
      target[0] = byte
      return 1
    }
  }

  @inline(never)
  private mutating func grow(_ added: Int) {
    capacity = max(count + added, 2 * capacity)
    memory = memory.moved(count, to: capacity)
  }
}
