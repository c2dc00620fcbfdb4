import Kernels
import Tables

/// The groups of rows that come chunk by chunk, numbered in the order of first appearance whatever the chunks.
///
/// The rows of a chunk are grouped among themselves; of each of its groups one row is looked up among those of all chunks before.
struct GroupIndex {
  private let names: [String]
  /// For each key column the words that were met, where it is a text.
  private var words: [WordTable]
  /// The keys of all groups: a word a column, and words that have a bit for each column that is missing.
  private var keys: [UInt64] = []
  private let width: Int
  /// Numbers of groups by their hashes, -1 where none is; at most half are taken.
  private var slots = [Int32](repeating: -1, count: 1 << 8)
  private(set) var count = 0
  /// The key cells of each group.
  private var cells = TableBuilder()

  init(_ names: [String]) {
    self.names = names
    words = names.map { _ in WordTable() }
    width = names.count + (names.count + 63) / 64
  }

  /// About how many bytes it holds.
  var byteCount: Int {
    keys.count * 8 + slots.count * 4 + count * names.count * 12 + words.reduce(0) { $0 + $1.count * 32 }
  }

  /// The group of each row of a chunk, which has the key columns.
  mutating func groups(_ chunk: Table, _ progress: Progress) throws(Cancelled) -> [Int32] {
    let columns = names.compactMap { chunk[$0] }
    let own = try DenseCodes(columns, rows: chunk.rowCount, progress)
    let before = count
    let map = number(tuples(columns, own.firstRows), own.count)
    var new: [Int32] = []
    for (place, group) in map.enumerated() where Int(group) == before + new.count { new.append(own.firstRows[place]) }
    if !new.isEmpty || cells.rowCount == 0 { cells.append(chunk.select(names).take(RowList(ids: new))) }
    return own.codes.map { map[Int($0)] }
  }

  /// The key columns, a row for each group in the order of their numbers.
  mutating func table(_ schema: Schema) -> Table {
    if names.isEmpty { return Table([], rowCount: count) }
    return cells.finish(ScanReport(schema: schema, rowCount: count))
  }

  /// The groups of tuples that follow each other; new ones get the next numbers.
  private mutating func number(_ tuples: [UInt64], _ tupleCount: Int) -> [Int32] {
    makeRoom(for: tupleCount)
    let (width, mask) = (width, slots.count - 1)
    return [Int32](unsafeUninitializedCapacity: tupleCount) { map, mapped in
      tuples.withUnsafeBufferPointer { tuples in
        for place in 0..<tupleCount {
          let tuple = UnsafeBufferPointer(rebasing: tuples[(place &* width)..<((place &+ 1) &* width)])
          var slot = Int(truncatingIfNeeded: WordHash.mixed(tuple)) & mask
          while slots[slot] >= 0, !isGroup(Int(slots[slot]), tuple) { slot = (slot &+ 1) & mask }
          if slots[slot] < 0 {
            slots[slot] = Int32(truncatingIfNeeded: count)
            keys.append(contentsOf: tuple)
            count &+= 1
          }
          map.initializeElement(at: place, to: slots[slot])
        }
      }
      mapped = tupleCount
    }
  }

  private func isGroup(_ group: Int, _ tuple: UnsafeBufferPointer<UInt64>) -> Bool {
    keys.withUnsafeBufferPointer { keys in
      for place in 0..<width where keys[group &* width &+ place] != tuple[place] { return false }
      return true
    }
  }

  private mutating func makeRoom(for more: Int) {
    let wanted = 2 * (count + more)
    guard wanted > slots.count else { return }
    var size = slots.count
    while size < wanted { size *= 4 }
    slots = [Int32](repeating: -1, count: size)
    let (mask, width) = (size - 1, width)
    keys.withUnsafeBufferPointer { keys in
      for group in 0..<count {
        let tuple = UnsafeBufferPointer(rebasing: keys[(group * width)..<((group + 1) * width)])
        var slot = Int(truncatingIfNeeded: WordHash.mixed(tuple)) & mask
        while slots[slot] >= 0 { slot = (slot + 1) & mask }
        slots[slot] = Int32(truncatingIfNeeded: group)
      }
    }
  }

  // MARK: Keys as words

  private mutating func tuples(_ columns: [Column], _ rows: [Int32]) -> [UInt64] {
    var tuples = [UInt64](repeating: 0, count: rows.count * width)
    for (place, column) in columns.enumerated() {
      let (mask, bit) = (names.count + place / 64, UInt64(1) << UInt64(place % 64))
      var reader = KeyReader(column)
      for (group, row) in rows.enumerated() {
        if let word = reader.word(Int(row), &words[place]) {
          tuples[group * width + place] = word
        } else {
          tuples[group * width + mask] |= bit
        }
      }
    }
    return tuples
  }
}

/// Reads the cells of a column as 64-bit words that are equal where the cells are.
private struct KeyReader {
  private let column: Column
  /// The codes of a dictionary's words among all that were met, -1 where one was not asked for yet.
  private var codes: [Int32] = []

  init(_ column: Column) {
    self.column = column
    if case .text(let cells) = column, case .dictionary(_, let words) = cells.storage {
      codes = [Int32](repeating: -1, count: words.count)
    }
  }

  /// nil for a missing cell.
  mutating func word(_ row: Int, _ words: inout WordTable) -> UInt64? {
    guard column.isValid(row) else { return nil }
    switch column {
    case .bool(let cells): return cells.values[row] ? 1 : 0
    case .int(let cells), .datetime(let cells): return UInt64(bitPattern: cells.values[row])
    case .date(let cells): return UInt64(bitPattern: Int64(cells.values[row]))
    // Minus zero is zero.
    case .float(let cells): return (cells.values[row] + 0).bitPattern
    case .text(let cells): return UInt64(truncatingIfNeeded: code(cells, row, &words))
    case .vector: return 0
    }
  }

  private mutating func code(_ cells: TextCells, _ row: Int, _ words: inout WordTable) -> Int {
    switch cells.storage {
    case .plain(let offsets, let bytes):
      return bytes.withUnsafeBufferPointer {
        words.code(UnsafeBufferPointer(rebasing: $0[offsets[row]..<offsets[row + 1]]))
      }
    case .dictionary(let stored, let all):
      let place = Int(stored[row])
      if codes[place] < 0 {
        var word = all[place]
        codes[place] = Int32(truncatingIfNeeded: word.withUTF8 { words.code($0) })
      }
      return Int(codes[place])
    }
  }
}
