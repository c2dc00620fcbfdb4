import Kernels

/// For each of some rows the number of its key among the different ones, which are numbered in the order of first appearance.
struct DenseCodes: Sendable {
  /// One a row.
  let codes: [Int32]
  /// The first row of each key.
  let firstRows: [Int32]

  /// How many different keys there are.
  var count: Int { firstRows.count }

  /// Writes the keys of some rows.
  typealias Filling = @Sendable (_ rows: Range<Int>, _ target: UnsafeMutablePointer<UInt64>) -> Void

  init(codes: [Int32], firstRows: [Int32]) {
    self.codes = codes
    self.firstRows = firstRows
  }

  /// The keys are what `fill` writes: below `bound`, or any where that is nil. O(rows), in parallel: stretches of rows are numbered by
  /// themselves, what is new in each is numbered in the order of the stretches, and the codes of all are put right.
  init(rows: Int, below bound: UInt64?, _ progress: Progress, _ fill: Filling) throws(Cancelled) {
    try progress.require(rows * 4)
    var firstRows: [Int32] = []
    codes = [Int32](unsafeUninitializedCapacity: rows) { buffer, count in
      guard rows > 0, let base = buffer.baseAddress else { return }
      // A cancelled stretch leaves its codes as they are.
      base.initialize(repeating: 0, count: rows)
      firstRows = Self.number(rows, bound, base, progress, fill)
      count = rows
    }
    try progress.checkpoint()
    self.firstRows = firstRows
  }

  /// The different keys of a stretch in the order of first appearance, and the first row of each.
  private struct Found: Sendable {
    var keys: [UInt64] = []
    var rows: [Int32] = []
  }

  private static let stretchRows = 1 << 16
  private static let blockRows = 1 << 11
  /// Keys below this are looked up in a table with a place for each of them.
  private static let mostDirect: UInt64 = 1 << 16

  private static func number(
    _ rows: Int, _ bound: UInt64?, _ base: UnsafeMutablePointer<Int32>, _ progress: Progress, _ fill: Filling
  ) -> [Int32] {
    nonisolated(unsafe) let target = base
    let stretches = (rows + stretchRows - 1) / stretchRows
    let direct = bound.flatMap { $0 <= mostDirect ? Int($0) : nil }
    let found = parallelMap(stretches) { stretch -> Found in
      let range = stretch * stretchRows..<min(rows, (stretch + 1) * stretchRows)
      if progress.isCancelled { return Found() }
      if let direct { return numberDirectly(range, direct, target, fill) }
      return numberByHash(range, target, progress, fill)
    }
    let (maps, firstRows) = merged(found, direct)
    parallelFor(stretches) { stretch in
      guard let map = maps[stretch] else { return }
      map.withUnsafeBufferPointer { map in
        for row in stretch * stretchRows..<min(rows, (stretch + 1) * stretchRows) {
          target[row] = map[Int(target[row])]
        }
      }
    }
    return firstRows
  }

  private static func numberDirectly(
    _ range: Range<Int>, _ bound: Int, _ target: UnsafeMutablePointer<Int32>, _ fill: Filling
  ) -> Found {
    var found = Found()
    // What is 0 is not there yet.
    var numbers = [Int32](repeating: 0, count: max(1, bound))
    numbers.withUnsafeMutableBufferPointer { numbers in
      eachBlock(range, fill) { keys, first in
        for place in 0..<keys.count {
          let key = Int(truncatingIfNeeded: keys[place])
          if numbers[key] == 0 {
            found.keys.append(keys[place])
            found.rows.append(Int32(truncatingIfNeeded: first &+ place))
            numbers[key] = Int32(truncatingIfNeeded: found.keys.count)
          }
          target[first &+ place] = numbers[key] &- 1
        }
      }
    }
    return found
  }

  private static func numberByHash(
    _ range: Range<Int>, _ target: UnsafeMutablePointer<Int32>, _ progress: Progress, _ fill: Filling
  ) -> Found {
    var numbers = KeyNumbers()
    var rows: [Int32] = []
    eachBlock(range, fill) { keys, first in
      if progress.isCancelled { return }
      let before = numbers.keys.count
      numbers.number(keys, into: target + first)
      guard numbers.keys.count > before else { return }
      for place in 0..<keys.count where Int(target[first &+ place]) == rows.count {
        rows.append(Int32(truncatingIfNeeded: first &+ place))
      }
    }
    return Found(keys: numbers.keys, rows: rows)
  }

  @inline(__always)
  private static func eachBlock(
    _ range: Range<Int>, _ fill: Filling, _ body: (_ keys: UnsafeBufferPointer<UInt64>, _ first: Int) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: blockRows) { memory in
      guard let keys = memory.baseAddress else { return }
      for start in stride(from: range.lowerBound, to: range.upperBound, by: blockRows) {
        let block = start..<min(range.upperBound, start + blockRows)
        fill(block, keys)
        body(UnsafeBufferPointer(start: keys, count: block.count), start)
      }
    }
  }

  /// For each stretch the numbers of its keys among all, nil where they are its own; and the first row of each key.
  private static func merged(_ found: [Found], _ direct: Int?) -> (maps: [[Int32]?], firstRows: [Int32]) {
    var firstRows: [Int32] = []
    var known = KeyNumbers()
    var places = [Int32](repeating: -1, count: direct ?? 0)
    let maps = found.map { part -> [Int32]? in
      let map = [Int32](unsafeUninitializedCapacity: part.keys.count) { buffer, count in
        guard let base = buffer.baseAddress else { return }
        if direct == nil {
          part.keys.withUnsafeBufferPointer { known.number($0, into: base) }
        } else {
          var next = Int32(truncatingIfNeeded: firstRows.count)
          for (place, key) in part.keys.enumerated() {
            let key = Int(truncatingIfNeeded: key)
            if places[key] < 0 { (places[key], next) = (next, next &+ 1) }
            base[place] = places[key]
          }
        }
        count = part.keys.count
      }
      for (place, number) in map.enumerated() where Int(number) == firstRows.count {
        firstRows.append(part.rows[place])
      }
      return map.enumerated().allSatisfy { $0.offset == Int($0.element) } ? nil : map
    }
    return (maps, firstRows)
  }
}
