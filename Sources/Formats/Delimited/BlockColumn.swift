import Tables

/// How a block's parser treats the cells of a column.
enum CellKind: UInt8, Sendable {
  case skip, bool, int, float, text, dictionary, date, datetime
  /// Whole numbers so far: ints, with a mark at those that turn out to have a fraction.
  case number
}

/// The parsed cells of one column of one block, in memory that is used again for the next block.
struct BlockColumn {
  /// More words than this in a block and the column is not worth a dictionary there.
  static let wordLimit = 8192

  var kind: CellKind
  /// The type was stated, so that a wider range of spellings is taken.
  let isStated: Bool
  /// Whole numbers beyond 64 bits are measurements, not ids that lose digits.
  let acceptsBig: Bool
  /// Eight bytes a row: numbers; days in the low half; codes; ends of texts.
  private(set) var values: UnsafeMutablePointer<UInt64>
  /// One bit a row; meaningful only when `hasMissing`.
  private(set) var validity: UnsafeMutablePointer<UInt64>
  private(set) var hasMissing = false
  /// Of a number column, which rows hold a double; meaningful only when `hasFloats`.
  private(set) var floats: UnsafeMutablePointer<UInt64>
  private(set) var hasFloats = false
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  private(set) var byteCount = 0
  private var byteCapacity = 0
  private(set) var words: WordTable?
  private var capacity: Int

  init(_ kind: CellKind, isStated: Bool, acceptsBig: Bool, capacity: Int) {
    self.kind = kind
    self.isStated = isStated
    self.acceptsBig = acceptsBig
    self.capacity = capacity
    let rows = kind == .skip ? 0 : capacity
    values = .allocate(capacity: rows)
    validity = .allocate(capacity: rows / 64 + 1)
    floats = .allocate(capacity: kind == .number ? rows / 64 + 1 : 0)
    bytes = .allocate(capacity: 0)
    words = kind == .dictionary ? WordTable() : nil
  }

  func deallocate() {
    values.deallocate()
    validity.deallocate()
    floats.deallocate()
    bytes.deallocate()
    words?.deallocate()
  }

  mutating func reset(kind: CellKind) {
    self.kind = kind
    hasMissing = false
    hasFloats = false
    byteCount = 0
    words?.removeAll()
  }

  /// Makes room for `capacity` rows, of which `rows` are filled.
  mutating func grow(to wider: Int, rows: Int) {
    defer { capacity = wider }
    if kind == .skip { return }
    values = values.moved(rows, to: wider)
    let (old, new) = (capacity / 64 + 1, wider / 64 + 1)
    if hasMissing {
      validity = validity.moved(old, to: new)
      (validity + old).initialize(repeating: .max, count: new - old)
    } else {
      validity.deallocate()
      validity = .allocate(capacity: new)
    }
    guard kind == .number else { return }
    if hasFloats {
      floats = floats.moved(old, to: new)
      (floats + old).initialize(repeating: 0, count: new - old)
    } else {
      floats.deallocate()
      floats = .allocate(capacity: new)
    }
  }

  @inline(__always)
  mutating func set(_ row: Int, _ bits: UInt64) { values[row] = bits }

  @inline(__always)
  mutating func setInt(_ row: Int, _ bits: UInt64) {
    values[row] = bits
    if hasFloats { floats[row >> 6] &= ~(1 << UInt64(row & 63)) }
  }

  mutating func setFloat(_ row: Int, _ bits: UInt64) {
    if !hasFloats {
      floats.initialize(repeating: 0, count: capacity / 64 + 1)
      hasFloats = true
    }
    floats[row >> 6] |= 1 << UInt64(row & 63)
    values[row] = bits
  }

  mutating func setMissing(_ row: Int) {
    if !hasMissing {
      validity.initialize(repeating: .max, count: capacity / 64 + 1)
      hasMissing = true
    }
    validity[row >> 6] &= ~(1 << UInt64(row & 63))
    switch kind {
    case .text: values[row] = UInt64(byteCount)
    case .number: setInt(row, 0)
    default: values[row] = 0
    }
  }

  /// Undoes what was put at `row`.
  mutating func unset(_ row: Int) {
    if hasMissing { validity[row >> 6] |= 1 << UInt64(row & 63) }
    if kind == .text { byteCount = row == 0 ? 0 : Int(values[row - 1]) }
  }

  @inline(__always)
  mutating func setText(_ row: Int, _ p: UnsafePointer<UInt8>, _ length: Int) {
    if kind == .dictionary {
      let hash = WordTable.hash(p, length)
      if let code = words?.code(p, length, hash: hash, limit: Self.wordLimit), code >= 0 {
        values[row] = UInt64(code)
        return
      }
      abandonDictionary(row)
    }
    reserve(byteCount &+ length)
    (bytes + byteCount).update(from: p, count: length)
    byteCount &+= length
    values[row] = UInt64(byteCount)
  }

  @inline(__always)
  private mutating func reserve(_ needed: Int) {
    if needed > byteCapacity { growBytes(needed) }
  }

  @inline(never)
  private mutating func growBytes(_ needed: Int) {
    byteCapacity = max(needed, byteCapacity * 2, 4096)
    bytes = bytes.moved(byteCount, to: byteCapacity)
  }

  /// Spells out the rows before `rows`, whose words turned out to repeat too little.
  @inline(never)
  private mutating func abandonDictionary(_ rows: Int) {
    kind = .text
    byteCount = 0
    guard let words else { return }
    for row in 0..<rows {
      if !hasMissing || validity[row >> 6] >> UInt64(row & 63) & 1 == 1 {
        let word = words.word(Int(values[row]))
        reserve(byteCount + word.count)
        if let base = word.baseAddress { (bytes + byteCount).update(from: base, count: word.count) }
        byteCount += word.count
      }
      values[row] = UInt64(byteCount)
    }
  }
}
