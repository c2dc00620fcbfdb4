import CVector
import Kernels

/// The different codes of a table's rows, hashed openly.
///
/// The table is cut into parts by the leading bits of the hash, which are filled side by side: each has its own stretch of places and
/// probes within it, so that what is found depends on no number of threads.
struct HashedKeys: Sendable {
  /// A code with the first row that has it and the number of its group; both are -1 where the place is free.
  struct Slot: BitwiseCopyable {
    var code: UInt64
    var row: Int32
    var group: Int32
  }

  /// Rows that a part is for: its places stay in a core's own cache while they are filled.
  private static let rowsInPart = 1 << 14
  private static let chunkSize = 1 << 17
  /// A count for each part is kept of every chunk of rows.
  private static let mostBits = 12

  private let bits: Int
  /// The first place of each part, and the end of the last.
  private let starts: Room<Int>
  private let slots: Room<Slot>
  /// nil where every code stands once.
  let groups: RowGroups?

  /// About how many bytes it takes at most.
  static func byteCount(rows: Int) -> Int { rows * (MemoryLayout<Slot>.stride * 2 + 16) + 1 << 16 }

  /// Of rows with their codes, where they have one. `areEqual` tells whether two rows of one code have one key. O(rows), in parallel;
  /// anything when cancelled.
  init(
    _ codes: Room<UInt64>, _ isThere: Room<Bool>?, areEqual: (@Sendable (Int, Int) -> Bool)?, _ progress: Progress
  ) {
    let count = codes.count
    let bits = min(Self.mostBits, max(1, Int.bitWidth - (count / Self.rowsInPart).leadingZeroBitCount))
    let order = PartedRows(codes, isThere, bits: bits, chunkSize: Self.chunkSize, progress)
    let starts = Room<Int>(order.count + 1, repeating: 0)
    for part in 0..<order.count {
      starts.base[part + 1] = starts.base[part] + max(4, order.rows(of: part).count * 2 + 1)
    }
    let slots = Room<Slot>(starts.base[order.count])
    let groupOf = Room<Int32>(order.rowCount)
    let found = parallelMap(order.count) { part -> (groups: Int, repeats: Bool) in
      guard !progress.isCancelled else { return (0, false) }
      let rows = order.rows(of: part)
      var filling = PartFilling(slots.base, starts.base[part]..<starts.base[part + 1])
      for (place, row) in rows.enumerated() {
        groupOf.base[order.start(of: part) &+ place] = filling.group(of: Int(row), codes.base, areEqual)
      }
      return (filling.groups, filling.groups < rows.count)
    }
    self.bits = bits
    self.starts = starts
    self.slots = slots
    guard found.contains(where: \.repeats), !progress.isCancelled else {
      groups = nil
      return
    }
    groups = Self.groups(order, groupOf, found.map(\.groups), slots, starts)
  }

  /// The rows of each group, the groups numbered part by part.
  private static func groups(
    _ order: PartedRows, _ groupOf: Room<Int32>, _ counts: [Int], _ slots: Room<Slot>, _ places: Room<Int>
  ) -> RowGroups {
    var bases = [0]
    for count in counts { bases.append(bases[bases.count - 1] + count) }
    let firsts = bases
    let starts = Room<Int32>(bases[counts.count] + 1)
    let rows = Room<Int32>(order.rowCount)
    starts.base[bases[counts.count]] = Int32(truncatingIfNeeded: order.rowCount)
    parallelFor(order.count) { part in
      for place in places.base[part]..<places.base[part + 1] where slots.base[place].row >= 0 {
        slots.base[place].group &+= Int32(truncatingIfNeeded: firsts[part])
      }
      let first = order.start(of: part)
      let own = RowGroups(
        groupOf.base + first, rowCount: order.rows(of: part).count, groupCount: counts[part])
      let ids = order.rows(of: part)
      for group in 0..<counts[part] {
        starts.base[firsts[part] &+ group] = Int32(truncatingIfNeeded: first) &+ own.starts.base[group]
      }
      for place in 0..<own.rows.count { rows.base[first &+ place] = ids[Int(own.rows.base[place])] }
    }
    return RowGroups(starts: starts, rows: rows)
  }

  // MARK: Looking up

  @inline(__always)
  private func firstPlace(_ code: UInt64) -> (place: Int, part: Int) {
    let hash = KeyHash.mix(code)
    let part = Int(truncatingIfNeeded: hash &>> UInt64(64 &- bits))
    let (start, end) = (starts.base[part], starts.base[part &+ 1])
    return (start &+ Self.place(hash, among: end &- start), part)
  }

  @inline(__always)
  fileprivate static func place(_ hash: UInt64, among count: Int) -> Int {
    Int(truncatingIfNeeded: ((hash & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: count)) &>> 32)
  }

  /// Writes what is found by each code of a block (the row, or the group where there are groups) and its place; -1 for a code that is not
  /// there. `places` and `parts` have room for as many.
  @inline(__always)
  func find(
    _ codes: UnsafePointer<UInt64>, _ count: Int, _ isThere: UnsafePointer<Bool>?,
    _ found: UnsafeMutablePointer<Int32>, _ places: UnsafeMutablePointer<Int>, _ parts: UnsafeMutablePointer<Int>
  ) {
    for at in 0..<count {
      (places[at], parts[at]) = firstPlace(codes[at])
      mlp_prefetch(slots.base + places[at])
    }
    let takesRows = groups == nil
    for at in 0..<count {
      let code = codes[at]
      var place = places[at]
      var slot = slots.base[place]
      // Whether a code is there cannot be foretold, so nothing branches on it; that the first place settles it mostly can.
      while (slot.code ^ code) & ~UInt64(bitPattern: Int64(slot.row) &>> 63) != 0 {
        place &+= 1
        if place == starts.base[parts[at] &+ 1] { place = starts.base[parts[at]] }
        slot = slots.base[place]
      }
      places[at] = place | Int(slot.row) &>> 63
      found[at] = takesRows ? slot.row : slot.group
    }
    guard let isThere else { return }
    for at in 0..<count where !isThere[at] { (places[at], found[at]) = (-1, -1) }
  }

  /// The place of a code of which `isMeant` is true for the first row; -1 where there is none.
  func find(_ code: UInt64, _ isMeant: (Int) -> Bool) -> Int {
    var (place, part) = firstPlace(code)
    while slots.base[place].row >= 0 {
      if slots.base[place].code == code, isMeant(Int(slots.base[place].row)) { return place }
      place += 1
      if place == starts.base[part + 1] { place = starts.base[part] }
    }
    return -1
  }

  @inline(__always)
  func row(at place: Int) -> Int { Int(slots.base[place].row) }

  /// What is told of the rows at a place: the only row, or the group.
  @inline(__always)
  func found(at place: Int) -> Int32 { groups == nil ? slots.base[place].row : slots.base[place].group }
}

/// One part of the table while it is filled.
private struct PartFilling {
  private let slots: UnsafeMutablePointer<HashedKeys.Slot>
  private let range: Range<Int>
  private(set) var groups = 0

  init(_ slots: UnsafeMutablePointer<HashedKeys.Slot>, _ range: Range<Int>) {
    self.slots = slots
    self.range = range
    for place in range { slots[place] = HashedKeys.Slot(code: 0, row: -1, group: -1) }
  }

  /// The group of a row within the part, a new one where it is the first of its key.
  @inline(__always)
  mutating func group(
    of row: Int, _ codes: UnsafePointer<UInt64>, _ areEqual: ((Int, Int) -> Bool)?
  ) -> Int32 {
    let code = codes[row]
    var place = range.lowerBound &+ HashedKeys.place(KeyHash.mix(code), among: range.count)
    while slots[place].row >= 0 {
      if slots[place].code == code, areEqual?(Int(slots[place].row), row) ?? true { return slots[place].group }
      place &+= 1
      if place == range.upperBound { place = range.lowerBound }
    }
    let group = Int32(truncatingIfNeeded: groups)
    slots[place] = HashedKeys.Slot(code: code, row: Int32(truncatingIfNeeded: row), group: group)
    groups &+= 1
    return group
  }
}

/// Rows brought together by the leading bits of their hashes, each part in the order of the rows.
private struct PartedRows {
  private let ids: Room<Int32>
  private let starts: [Int]

  var count: Int { starts.count - 1 }
  var rowCount: Int { ids.count }

  func start(of part: Int) -> Int { starts[part] }

  func rows(of part: Int) -> UnsafeBufferPointer<Int32> {
    UnsafeBufferPointer(start: ids.base + starts[part], count: starts[part + 1] - starts[part])
  }

  init(_ codes: Room<UInt64>, _ isThere: Room<Bool>?, bits: Int, chunkSize: Int, _ progress: Progress) {
    let (rows, parts) = (codes.count, 1 << bits)
    let shift = UInt64(64 - bits)
    @Sendable func part(_ row: Int) -> Int { Int(truncatingIfNeeded: KeyHash.mix(codes.base[row]) &>> shift) }
    let chunks = (rows + chunkSize - 1) / chunkSize
    var next = parallelMap(chunks) { chunk in
      var counts = [Int](repeating: 0, count: parts)
      if progress.isCancelled { return counts }
      for row in chunk * chunkSize..<min(rows, (chunk + 1) * chunkSize) where isThere?.base[row] ?? true {
        counts[part(row)] += 1
      }
      return counts
    }
    var (starts, start) = ([Int](), 0)
    for part in 0..<parts {
      starts.append(start)
      for chunk in next.indices {
        let count = next[chunk][part]
        next[chunk][part] = start
        start += count
      }
    }
    starts.append(start)
    let ids = Room<Int32>(start)
    let firsts = next
    parallelFor(chunks) { chunk in
      if progress.isCancelled { return }
      var next = firsts[chunk]
      for row in chunk * chunkSize..<min(rows, (chunk + 1) * chunkSize) where isThere?.base[row] ?? true {
        let part = part(row)
        ids.base[next[part]] = Int32(truncatingIfNeeded: row)
        next[part] += 1
      }
    }
    self.ids = ids
    self.starts = starts
  }
}
