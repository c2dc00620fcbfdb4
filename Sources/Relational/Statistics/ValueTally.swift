import Kernels
import Tables

/// How often each value of a column occurs in each group: what the most frequent value, the number of different ones, and the first and
/// last of texts by their order come of.
final class ValueTally: GroupState, @unchecked Sendable {
  private struct Slot: BitwiseCopyable {
    var value: UInt64 = 0
    var group: Int32 = -1
    var count: UInt32 = 0
  }

  private let place: Int
  private var groupCount = 0
  /// Hashed openly; at most half are taken.
  private var slots = [Slot](repeating: Slot(), count: 1 << 8)
  private var used = 0
  private var words = WordTable()

  init(_ place: Int) { self.place = place }

  var byteCount: Int { slots.count * MemoryLayout<Slot>.stride + words.count * 32 }
  func grow(to groups: Int, _ progress: Progress) throws(Cancelled) { groupCount = max(groupCount, groups) }

  // MARK: Adding

  func add(_ columns: [Column], _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    switch columns[place] {
    case .int(let cells), .datetime(let cells):
      try add(groups, cells.validity, progress) { UInt64(bitPattern: cells.values[$0]) }
    case .date(let cells): try add(groups, cells.validity, progress) { UInt64(bitPattern: Int64(cells.values[$0])) }
    case .bool(let cells): try add(groups, cells.validity, progress) { cells.values[$0] ? 1 : 0 }
    // Minus zero is zero.
    case .float(let cells): try add(groups, cells.validity, progress) { (cells.values[$0] + 0).bitPattern }
    case .text(let cells): try add(cells, groups, progress)
    case .vector: break
    }
  }

  private func add(_ cells: TextCells, _ groups: [Int32], _ progress: Progress) throws(Cancelled) {
    switch cells.storage {
    case .plain(let offsets, let bytes):
      try bytes.withUnsafeBufferPointer { bytes throws(Cancelled) in
        try add(groups, cells.validity, progress) { row in
          UInt64(words.code(UnsafeBufferPointer(rebasing: bytes[offsets[row]..<offsets[row + 1]])))
        }
      }
    case .dictionary(let codes, let all):
      // A word gets its number when a row has it.
      var numbers = [Int32](repeating: -1, count: all.count)
      try add(groups, cells.validity, progress) { row in
        let code = Int(codes[row])
        if numbers[code] < 0 {
          var word = all[code]
          numbers[code] = Int32(truncatingIfNeeded: word.withUTF8 { words.code($0) })
        }
        return UInt64(truncatingIfNeeded: UInt32(bitPattern: numbers[code]))
      }
    }
  }

  private static let blockRows = 1 << 12

  @inline(__always)
  private func add(
    _ groups: [Int32], _ validity: Bitmap?, _ progress: Progress, _ value: (Int) -> UInt64
  ) throws(Cancelled) {
    for start in stride(from: 0, to: groups.count, by: Self.blockRows) {
      try progress.checkpoint()
      let end = min(groups.count, start + Self.blockRows)
      try makeRoom(for: end - start, progress)
      slots.withUnsafeMutableBufferPointer { slots in
        let mask = slots.count - 1
        for row in start..<end where validity?[row] ?? true {
          let (group, value) = (groups[row], value(row))
          var slot = Self.hash(value, group) & mask
          while slots[slot].group >= 0, slots[slot].value != value || slots[slot].group != group {
            slot = (slot &+ 1) & mask
          }
          if slots[slot].group < 0 {
            slots[slot] = Slot(value: value, group: group)
            used &+= 1
          }
          slots[slot].count &+= 1
        }
      }
    }
  }

  @inline(__always)
  private static func hash(_ value: UInt64, _ group: Int32) -> Int {
    let key = value ^ UInt64(truncatingIfNeeded: UInt32(bitPattern: group)) &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: WordHash.mixed(key) &>> 20)
  }

  private func makeRoom(for more: Int, _ progress: Progress) throws(Cancelled) {
    let wanted = 2 * (used + more)
    guard wanted > slots.count else { return }
    var size = slots.count
    while size < wanted { size *= 4 }
    try progress.require(size * MemoryLayout<Slot>.stride)
    var larger = [Slot](repeating: Slot(), count: size)
    for old in slots where old.group >= 0 {
      var slot = Self.hash(old.value, old.group) & (size - 1)
      while larger[slot].group >= 0 { slot = (slot + 1) & (size - 1) }
      larger[slot] = old
    }
    slots = larger
  }

  // MARK: Results

  /// How many different values each group has.
  func distinct() -> [Int64] {
    var counts = [Int64](repeating: 0, count: groupCount)
    for slot in slots where slot.group >= 0 { counts[Int(slot.group)] += 1 }
    return counts
  }

  /// What is looked for among the values of a group.
  enum Choice { case least, greatest, mostFrequent }

  /// The value of each group that is looked for, of equally frequent ones the least; missing for a group without values.
  func chosen(_ choice: Choice, _ type: ColumnType) -> Column {
    let ranks = type == .text ? wordRanks() : []
    /// Numbers that rise with the values.
    func order(_ value: UInt64) -> Int64 {
      if type == .text { return Int64(ranks[Int(value)]) }
      guard type == .float else { return Int64(bitPattern: value) }
      let bits = Int64(bitPattern: value)
      return bits < 0 ? .min &- bits : bits
    }
    var best = [(order: Int64, count: UInt32, value: UInt64)](repeating: (0, 0, 0), count: groupCount)
    for slot in slots where slot.group >= 0 {
      let (group, rank) = (Int(slot.group), order(slot.value))
      let old = best[group]
      let isBetter =
        switch choice {
        case .least: rank < old.order
        case .greatest: rank > old.order
        case .mostFrequent: slot.count > old.count || slot.count == old.count && rank < old.order
        }
      if old.count == 0 || isBetter { best[group] = (rank, slot.count, slot.value) }
    }
    return column(best.map { $0.count > 0 ? $0.value : nil }, type)
  }

  /// The place of each word among all by its bytes.
  private func wordRanks() -> [Int32] {
    let texts = (0..<words.count).map(words.text)
    let order = texts.indices.sorted { texts[$0].utf8.lexicographicallyPrecedes(texts[$1].utf8) }
    var ranks = [Int32](repeating: 0, count: texts.count)
    for (rank, word) in order.enumerated() { ranks[word] = Int32(truncatingIfNeeded: rank) }
    return ranks
  }

  private func column(_ values: [UInt64?], _ type: ColumnType) -> Column {
    switch type {
    case .int: .int(Cells(values.map { $0.map(Int64.init(bitPattern:)) }, filler: 0))
    case .datetime: .datetime(Cells(values.map { $0.map(Int64.init(bitPattern:)) }, filler: 0))
    case .date: .date(Cells(values.map { $0.map { Int32(truncatingIfNeeded: $0) } }, filler: 0))
    case .bool: .bool(Cells(values.map { $0.map { $0 == 1 } }, filler: false))
    case .float: .float(Cells(values.map { $0.map(Double.init(bitPattern:)) }, filler: 0))
    case .text: .text(TextCells(values.map { $0.map { words.text(Int($0)) } }))
    case .vector: .missing(.vector, count: values.count)
    }
  }
}
