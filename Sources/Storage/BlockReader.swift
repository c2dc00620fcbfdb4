import Tables

/// Bytes that are no block of a chunk file.
struct BlockDamage: Error {}

/// Reads what `BlockWriter` wrote. No length or code in the bytes is trusted: damage is an error, never a trap.
struct BlockReader {
  private let bytes: UnsafeRawBufferPointer
  private var place = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// The column. O(bytes).
  mutating func column() throws(BlockDamage) -> Column {
    let head = try word()
    guard let kind = BlockKind(rawValue: UInt8(truncatingIfNeeded: head)), head >> 9 == 0 else { throw BlockDamage() }
    let count = try size()
    var validity: Bitmap?
    if head & 0x100 != 0 { validity = Bitmap(words: try array((count + 63) / 64, of: UInt64.self), count: count) }
    switch kind {
    case .bool:
      return .bool(Cells(try array(count, of: UInt8.self).map { $0 != 0 }, validity: validity))
    case .int: return .int(Cells(try array(count, of: Int64.self), validity: validity))
    case .float: return .float(Cells(try array(count, of: Double.self), validity: validity))
    case .date: return .date(Cells(try array(count, of: Int32.self), validity: validity))
    case .datetime: return .datetime(Cells(try array(count, of: Int64.self), validity: validity))
    case .plainText: return .text(try plainText(count, validity))
    case .codedText: return .text(try codedText(count, validity))
    case .denseVector: return .vector(try denseVector(count))
    case .codedVector: return .vector(try codedVector(count))
    }
  }

  private mutating func plainText(_ count: Int, _ validity: Bitmap?) throws(BlockDamage) -> TextCells {
    let total = try size()
    let offsets = try array(count + 1, of: Int.self)
    let text = try array(total, of: UInt8.self)
    guard offsets.first == 0, offsets.last == total, Self.isRising(offsets) else { throw BlockDamage() }
    return TextCells(.plain(offsets: offsets, bytes: text), validity: validity)
  }

  private static func isRising(_ offsets: [Int]) -> Bool {
    offsets.withUnsafeBufferPointer { offsets in
      var isRising = true
      for place in 1..<max(1, offsets.count) { isRising = isRising && offsets[place &- 1] <= offsets[place] }
      return isRising
    }
  }

  private mutating func codedText(_ count: Int, _ validity: Bitmap?) throws(BlockDamage) -> TextCells {
    let codes = try array(count, of: Int32.self)
    let words = try self.words()
    for (row, code) in codes.enumerated() where !(0..<words.count).contains(Int(code)) {
      if validity?[row] ?? true { throw BlockDamage() }
    }
    return TextCells(.dictionary(codes: codes, words: words), validity: validity)
  }

  private mutating func denseVector(_ count: Int) throws(BlockDamage) -> VectorCells {
    let names = try words()
    let (total, isTooMany) = names.count.multipliedReportingOverflow(by: count)
    if isTooMany { throw BlockDamage() }
    return VectorCells(names: names, values: try array(total, of: Double.self), count: count)
  }

  private mutating func codedVector(_ count: Int) throws(BlockDamage) -> VectorCells {
    let names = try words()
    let codes = try array(count, of: Int32.self)
    for code in codes where code < -1 || Int(code) >= names.count { throw BlockDamage() }
    return VectorCells(names: names, codes: codes)
  }

  mutating func words() throws(BlockDamage) -> [String] {
    let count = try size()
    let ends = try array(count, of: UInt64.self)
    let text = try array(try length(ends.last ?? 0), of: UInt8.self)
    var words: [String] = []
    words.reserveCapacity(count)
    var start = 0
    for end in ends {
      let end = try length(end)
      guard end >= start, end <= text.count else { throw BlockDamage() }
      words.append(String(decoding: text[start..<end], as: UTF8.self))
      start = end
    }
    return words
  }

  mutating func word() throws(BlockDamage) -> UInt64 {
    guard bytes.count - place >= 8 else { throw BlockDamage() }
    defer { place += 8 }
    return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
  }

  /// A count, of which each needs a bit at least: no more than there are bits left.
  mutating func size() throws(BlockDamage) -> Int { try length(try word()) }

  private func length(_ word: UInt64) throws(BlockDamage) -> Int {
    guard word <= UInt64(bytes.count) * 8 else { throw BlockDamage() }
    return Int(word)
  }

  private mutating func array<Value>(_ count: Int, of: Value.Type) throws(BlockDamage) -> [Value] {
    let (size, isTooMany) = count.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
    guard !isTooMany, size <= bytes.count - place else { throw BlockDamage() }
    let source = UnsafeRawBufferPointer(rebasing: bytes[place..<place + size])
    place = min(bytes.count, place + (size + 7) / 8 * 8)
    return [Value](unsafeUninitializedCapacity: count) { target, made in
      UnsafeMutableRawBufferPointer(target).copyMemory(from: source)
      made = count
    }
  }
}
