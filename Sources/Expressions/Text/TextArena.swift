import Kernels

/// Memory for texts that a block of rows makes: taken piece by piece, given back all at once, never moved while in use.
package final class TextArena {
  private var blocks: [UnsafeMutableBufferPointer<UInt8>] = []
  private var current = 0
  private var used = 0
  private static let blockSize = 1 << 16
  /// How much is taken before it is asked for again.
  private static let stretch = 4 << 20
  /// What was taken since it was last asked for.
  private var taken = 0
  /// The memory that there was none of. Texts made since are as they should be, and no more of them should be made.
  package private(set) var refusal: OutOfMemory?

  package init() {}

  deinit { for block in blocks { block.deallocate() } }

  /// Forgets all texts; what was larger than a common block is given back.
  package func reset() {
    if blocks.contains(where: { $0.count > Self.blockSize }) {
      for block in blocks where block.count > Self.blockSize { block.deallocate() }
      blocks.removeAll { $0.count > Self.blockSize }
    }
    current = 0
    used = 0
  }

  package func allocate(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    while current < blocks.count {
      if blocks[current].count - used >= count, let base = blocks[current].baseAddress {
        defer { used += count }
        return base + used
      }
      current += 1
      used = 0
    }
    ask(for: max(Self.blockSize, count))
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(Self.blockSize, count))
    blocks.append(UnsafeMutableBufferPointer(start: block, count: max(Self.blockSize, count)))
    current = blocks.count - 1
    used = count
    return block
  }

  private func ask(for bytes: Int) {
    taken += bytes
    guard taken >= Self.stretch, refusal == nil else { return }
    do throws(OutOfMemory) { try Memory.requireWorking(taken) } catch { refusal = error }
    taken = 0
  }

  package func copy(_ string: String) -> TextRef {
    var string = string
    return string.withUTF8 { bytes in
      guard let source = bytes.baseAddress, bytes.count > 0 else { return .empty }
      let place = allocate(bytes.count)
      place.update(from: source, count: bytes.count)
      return TextRef(base: place, count: bytes.count)
    }
  }

  /// The texts one after the other.
  func join(_ first: TextRef, _ second: TextRef) -> TextRef {
    let place = allocate(first.count + second.count)
    place.update(from: first.base, count: first.count)
    (place + first.count).update(from: second.base, count: second.count)
    return TextRef(base: place, count: first.count + second.count)
  }
}

/// A text that grows piece by piece, for functions whose result has no known length.
struct TextBuilder {
  /// Longer results are no value: a script could otherwise ask for all memory there is.
  static let longest = 1 << 22

  private(set) var bytes: [UInt8] = []
  private(set) var isTooLong = false

  mutating func append(_ piece: TextRef) {
    if bytes.count + piece.count > Self.longest {
      isTooLong = true
    } else {
      bytes.append(contentsOf: piece.bytes)
    }
  }

  /// The text in the arena; nil if it was too long.
  func finish(_ arena: TextArena) -> TextRef? {
    guard !isTooLong else { return nil }
    guard !bytes.isEmpty else { return .empty }
    let place = arena.allocate(bytes.count)
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { place.update(from: base, count: $0.count) } }
    return TextRef(base: place, count: bytes.count)
  }
}
