/// Sorts keys and brings them together with what was counted of others.
enum KeySort {
  typealias Entry = KeyTally.Entry

  private static let (small, mostBits) = (512, 11)

  /// By a radix sort from the last digit on, whose digits are those that the keys differ in. O(keys).
  static func sort(_ keys: inout [UInt64]) {
    var spare: [UInt64] = []
    sort(&keys, &spare)
  }

  /// The same with memory that is used again; what it holds afterwards is nothing of worth.
  static func sort(_ keys: inout [UInt64], _ spare: inout [UInt64]) {
    if keys.count < small { return keys.sort() }
    var (low, high) = (UInt64.max, UInt64.min)
    for key in keys {
      low = min(low, key)
      high = max(high, key)
    }
    if low == high { return }
    let bits = 64 - (high - low).leadingZeroBitCount
    let digits = (bits + mostBits - 1) / mostBits
    let width = UInt64((bits + digits - 1) / digits)
    let count = keys.count
    fill(&spare, most: count) { _ in count }
    for digit in 0..<UInt64(digits) {
      keys.withUnsafeBufferPointer { keys in
        spare.withUnsafeMutableBufferPointer { scatter(keys, to: $0, low, shift: digit &* width, width) }
      }
      swap(&keys, &spare)
    }
  }

  private static func scatter(
    _ keys: UnsafeBufferPointer<UInt64>, to other: UnsafeMutableBufferPointer<UInt64>, _ low: UInt64, shift: UInt64,
    _ width: UInt64
  ) {
    let size = 1 << Int(width)
    let mask = UInt64(size) &- 1
    withUnsafeTemporaryAllocation(of: Int.self, capacity: size) { places in
      places.initialize(repeating: 0)
      for key in keys { places[Int(truncatingIfNeeded: (key &- low) &>> shift & mask)] &+= 1 }
      var before = 0
      for digit in 0..<size { (places[digit], before) = (before, before &+ places[digit]) }
      for key in keys {
        let digit = Int(truncatingIfNeeded: (key &- low) &>> shift & mask)
        other[places[digit]] = key
        places[digit] &+= 1
      }
    }
  }

  /// Puts in the place of what an array holds the elements that `body` writes, of which it gives the number. The memory of the array is used
  /// again where there is enough of it: the system would clear each page of other memory first.
  private static func fill<Value: BitwiseCopyable>(
    _ array: inout [Value], most: Int, _ body: (UnsafeMutableBufferPointer<Value>) -> Int
  ) {
    array.removeAll(keepingCapacity: true)
    array.append(addingCapacity: most) { span in
      span.withUnsafeMutableBufferPointer { buffer, count in count = body(buffer) }
    }
  }

  /// What was counted, with sorted keys added, in the memory of `result`.
  static func merge(_ entries: [Entry], _ keys: [UInt64], into result: inout [Entry]) {
    fill(&result, most: entries.count + keys.count) { result in
      var (made, next, place) = (0, 0, 0)
      entries.withUnsafeBufferPointer { entries in
        keys.withUnsafeBufferPointer { keys in
          while place < keys.count {
            let key = keys[place]
            var end = place &+ 1
            while end < keys.count, keys[end] == key { end &+= 1 }
            while next < entries.count, entries[next].key < key {
              result[made] = entries[next]
              (made, next) = (made &+ 1, next &+ 1)
            }
            var entry = Entry(key, count: end &- place)
            if next < entries.count, entries[next].key == key {
              entry.add(entries[next])
              next &+= 1
            }
            result[made] = entry
            (made, place) = (made &+ 1, end)
          }
          while next < entries.count {
            result[made] = entries[next]
            (made, next) = (made &+ 1, next &+ 1)
          }
        }
      }
      return made
    }
  }

  /// What was counted of one and the next rows.
  static func merged(_ left: [Entry], _ right: ArraySlice<Entry>) -> [Entry] {
    var result: [Entry] = []
    result.reserveCapacity(left.count + right.count)
    var next = left.startIndex
    for entry in right {
      while next < left.endIndex, left[next].key < entry.key {
        result.append(left[next])
        next += 1
      }
      var entry = entry
      if next < left.endIndex, left[next].key == entry.key {
        entry.add(left[next])
        next += 1
      }
      result.append(entry)
    }
    return result + left[next...]
  }
}
