/// The different values of a column in their order, and for each row the place of its value among them: what classes, strata,
/// groups and categories are.
public struct CategoryCodes: Sendable {
  /// A place of `values` for each row; -1 for a missing cell.
  public let codes: [Int32]
  /// Each different value once, in order: numbers and times rising, false before true, text by its bytes.
  public let values: Column
  /// How many rows have each value.
  public let counts: [Int]

  public var count: Int { counts.count }

  /// O(rows + values log values). A vector column counts as one value.
  public init(_ column: Column) {
    switch column {
    case .bool(let cells): self.init(cells.values.map { $0 ? 1 : 0 }, column, first: [0, 1])
    case .text(let cells):
      let (codes, words) = cells.encoded()
      let order = words.indices.sorted { words[$0].utf8.lexicographicallyPrecedes(words[$1].utf8) }
      self.init(codes: codes, order: order) { .text(TextCells($0.map { words[$0] })) }
    case .int(let cells): self.init(ordered: column) { OrderedKey.of(cells.values[$0]) }
    case .datetime(let cells): self.init(ordered: column) { OrderedKey.of(cells.values[$0]) }
    case .date(let cells): self.init(ordered: column) { OrderedKey.of(Int64(cells.values[$0])) }
    case .float(let cells): self.init(ordered: column) { OrderedKey.of(cells.values[$0]) }
    case .vector(let cells): self.init([Int32](repeating: 0, count: cells.count), column, first: [0])
    }
  }

  /// Codes as they are found, of which those in `first` may occur.
  private init(_ found: [Int32], _ column: Column, first: [Int32]) {
    var codes = found
    if let validity = column.validity { for row in codes.indices where !validity[row] { codes[row] = -1 } }
    var rows = [Int?](repeating: nil, count: first.count)
    for (row, code) in codes.enumerated() where code >= 0 && rows[Int(code)] == nil { rows[Int(code)] = row }
    let order = first.indices.filter { rows[$0] != nil }
    self.init(codes: codes, order: order) { places in column.take(places.compactMap { rows[$0] }) }
  }

  private init(ordered column: Column, _ key: (Int) -> UInt64) {
    var known = KeyPlaces()
    var rows: [Int] = []
    let validity = column.validity
    var codes = [Int32](repeating: -1, count: column.count)
    for row in codes.indices where validity?[row] ?? true {
      let code = known.place(of: key(row))
      if code == rows.count { rows.append(row) }
      codes[row] = Int32(truncatingIfNeeded: code)
    }
    let order = rows.indices.sorted { known.keys[$0] < known.keys[$1] }
    self.init(codes: codes, order: order) { places in column.take(places.map { rows[$0] }) }
  }

  /// From codes in any order, renumbered by the order of their values.
  private init(codes: [Int32], order: [Int], _ values: ([Int]) -> Column) {
    var renumbered = [Int32](repeating: -1, count: (order.max() ?? -1) + 1)
    for (place, code) in order.enumerated() { renumbered[code] = Int32(place) }
    var counts = [Int](repeating: 0, count: order.count)
    var final = codes
    for row in final.indices where final[row] >= 0 {
      final[row] = renumbered[Int(final[row])]
      counts[Int(final[row])] += 1
    }
    self.codes = final
    self.counts = counts
    self.values = values(order)
  }
}

/// The places of 64-bit keys in the order in which they were first seen, hashed openly.
struct KeyPlaces {
  private var slots = [Int32](repeating: -1, count: 1 << 8)
  private(set) var keys: [UInt64] = []

  /// The place of a key, which is new where it is the number of keys before.
  mutating func place(of key: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: KeyTally.hash(key)) & (slots.count - 1)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if keys[place] == key { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    if keys.count * 2 > slots.count { grow() }
    return keys.count - 1
  }

  private mutating func grow() {
    slots = [Int32](repeating: -1, count: slots.count * 4)
    for (place, key) in keys.enumerated() {
      var slot = Int(truncatingIfNeeded: KeyTally.hash(key)) & (slots.count - 1)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }
}
