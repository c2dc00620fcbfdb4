import Synchronization

/// Arrays that tallies of one column after the other use again while a profile is made: the system would clear each page of new ones.
///
/// What is in an array that is lent is nothing of worth, and what is given back while no profile is made is freed.
enum KeyScratch {
  private struct Shelf {
    var users = 0
    var keys: [[UInt64]] = []
    var entries: [[KeyTally.Entry]] = []
  }

  private static let shelf = Mutex(Shelf())
  /// Smaller ones are had again without a page of the system's.
  private static let leastCount = 1 << 15
  /// Arrays of a kind that are kept: a tally uses two of each.
  private static let most = 4

  /// Keeps what is given back until `body` ends.
  static func during<Value, Failure: Error>(_ body: () throws(Failure) -> Value) throws(Failure) -> Value {
    shelf.withLock { $0.users += 1 }
    defer {
      shelf.withLock { shelf in
        shelf.users -= 1
        if shelf.users == 0 { (shelf.keys, shelf.entries) = ([], []) }
      }
    }
    return try body()
  }

  /// An empty array, with the room that one given back had.
  static func keys() -> [UInt64] { shelf.withLock { $0.keys.popLast() } ?? [] }

  static func entries() -> [KeyTally.Entry] { shelf.withLock { $0.entries.popLast() } ?? [] }

  /// Takes an array, of which nothing is left.
  static func give(_ array: inout [UInt64]) {
    var given: [UInt64] = []
    swap(&given, &array)
    guard given.capacity >= leastCount else { return }
    given.removeAll(keepingCapacity: true)
    shelf.withLock { shelf in
      if shelf.users > 0, shelf.keys.count < most { shelf.keys.append(given) }
    }
  }

  static func give(_ array: inout [KeyTally.Entry]) {
    var given: [KeyTally.Entry] = []
    swap(&given, &array)
    guard given.capacity >= leastCount else { return }
    given.removeAll(keepingCapacity: true)
    shelf.withLock { shelf in
      if shelf.users > 0, shelf.entries.count < most { shelf.entries.append(given) }
    }
  }
}
