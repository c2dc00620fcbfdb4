/// Numbers of several bytes, the lowest first, at places of a list of bytes; nil where the list ends before.
struct LittleEndian {
  let bytes: [UInt8]

  func two(_ at: Int) -> Int? { number(at, 2).map { Int(truncatingIfNeeded: $0) } }
  func four(_ at: Int) -> Int? { number(at, 4).map { Int(truncatingIfNeeded: $0) } }
  /// nil for a number beyond `Int` too.
  func eight(_ at: Int) -> Int? { number(at, 8).flatMap { Int(exactly: $0) } }

  private func number(_ at: Int, _ count: Int) -> UInt64? {
    guard at >= 0, at <= bytes.count - count else { return nil }
    return (0..<count).reversed().reduce(0) { $0 << 8 | UInt64(bytes[at + $1]) }
  }
}
