/// How a column's values follow each other, in parts that merge: how many are more and how many are less than the value before.
public struct ValueOrder: Sendable, Hashable {
  private var first: UInt64?
  private var last: UInt64?
  /// Values that are more than the one before them.
  public private(set) var rises = 0
  /// Values that are less than the one before them.
  public private(set) var falls = 0

  init() {}

  /// Adds keys in the order of their rows. O(keys).
  mutating func add(_ keys: UnsafeBufferPointer<UInt64>) {
    guard let start = keys.first, let end = keys.last else { return }
    count(from: last, to: start)
    var (up, down) = (0, 0)
    for place in 1..<max(1, keys.count) {
      up &+= keys[place] > keys[place &- 1] ? 1 : 0
      down &+= keys[place] < keys[place &- 1] ? 1 : 0
    }
    rises += up
    falls += down
    first = first ?? start
    last = end
  }

  mutating func merge(_ next: ValueOrder) {
    guard let start = next.first else { return }
    count(from: last, to: start)
    rises += next.rises
    falls += next.falls
    first = first ?? start
    last = next.last
  }

  private mutating func count(from before: UInt64?, to next: UInt64) {
    guard let before else { return }
    rises += next > before ? 1 : 0
    falls += next < before ? 1 : 0
  }
}
