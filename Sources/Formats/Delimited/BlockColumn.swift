import Notation
import Tables

/// How a block's parser treats the cells of a column.
enum CellKind: UInt8, Sendable {
  case skip, bool, int, float, text, dictionary, date, datetime
  /// What stands behind a delimiter at the end of a line: nothing may.
  case nothing
  /// Whole numbers so far: ints, with a mark at those that turn out to have a fraction.
  case number

  /// What a cell has to be.
  var type: ColumnType {
    switch self {
    case .bool: .bool
    case .int, .number: .int
    case .float: .float
    case .date: .date
    case .datetime: .datetime
    case .skip, .text, .dictionary, .nothing: .text
    }
  }
}

/// The parsed cells of one column of one block, in memory that is used again for the next block.
struct BlockColumn {
  /// More words than this in a block and the column is not worth a dictionary there.
  static let wordLimit = 8192

  var kind: CellKind
  /// The type was stated, so that a wider range of spellings is taken.
  let isStated: Bool
  /// The order in which dates of numbers are written; nil where there are none.
  let dateOrder: DateOrder?
  /// The offset of moments that are written without one; nil takes them as UTC.
  let zone: ZoneOffset?
  /// The column's values as they are in tables: doubles, 64-bit ints, days, truth values, codes; of a text where it ends, after a zero.
  private(set) var memory: UnsafeMutableRawPointer
  /// One bit a row; meaningful only when `hasMissing`.
  private var validity: UnsafeMutablePointer<UInt64>
  private(set) var hasMissing = false
  /// Of a number column, which rows hold a double; of moments, which have an offset; meaningful only when `hasMarks`.
  private var marks: UnsafeMutablePointer<UInt64>
  private(set) var hasMarks = false
  /// Whether a number column met whole numbers that a double may not hold.
  var hasWide = false
  /// The rows of infinite numbers, which are missing.
  private var infinite: [Int] = []
  private var bytes: UnsafeMutablePointer<UInt8>
  var byteCount = 0
  private var byteCapacity = 0
  var words: WordTable?
  private var capacity: Int
  /// What the rows before have settled, where a block is parsed strictly in order.
  private(set) var order = NumberOrder()

  init(_ kind: CellKind, isStated: Bool, dateOrder: DateOrder?, zone: ZoneOffset?, capacity: Int) {
    self.kind = kind
    self.isStated = isStated
    self.dateOrder = dateOrder
    self.zone = zone
    self.capacity = capacity
    let rows = kind == .skip || kind == .nothing ? 0 : capacity
    memory = .allocate(byteCount: 8 * (rows + 1), alignment: 16)
    validity = .allocate(capacity: rows / 64 + 1)
    marks = .allocate(capacity: kind == .number || kind == .datetime ? rows / 64 + 1 : 0)
    bytes = .allocate(capacity: 0)
  }

  func deallocate() {
    memory.deallocate()
    validity.deallocate()
    marks.deallocate()
    bytes.deallocate()
    words?.deallocate()
  }

  mutating func reset(kind: CellKind) {
    self.kind = kind
    hasMissing = false
    hasMarks = false
    hasWide = false
    infinite.removeAll(keepingCapacity: true)
    byteCount = 0
    order = NumberOrder()
    if kind == .dictionary { if words == nil { words = WordTable() } else { words?.removeAll() } }
    if kind == .text { ends[0] = 0 }
  }

  /// Makes room for `capacity` rows, of which `rows` are filled.
  mutating func grow(to wider: Int, rows: Int) {
    defer { capacity = wider }
    if kind == .skip || kind == .nothing { return }
    let target = UnsafeMutableRawPointer.allocate(byteCount: 8 * (wider + 1), alignment: 16)
    target.copyMemory(from: memory, byteCount: 8 * (rows + 1))
    memory.deallocate()
    memory = target
    let (old, new) = (capacity / 64 + 1, wider / 64 + 1)
    if hasMissing {
      validity = validity.moved(old, to: new)
      (validity + old).initialize(repeating: .max, count: new - old)
    } else {
      validity.deallocate()
      validity = .allocate(capacity: new)
    }
    guard kind == .number || kind == .datetime else { return }
    if hasMarks {
      marks = marks.moved(old, to: new)
      (marks + old).initialize(repeating: 0, count: new - old)
    } else {
      marks.deallocate()
      marks = .allocate(capacity: new)
    }
  }

  // MARK: values

  var ints: UnsafeMutablePointer<Int64> { memory.assumingMemoryBound(to: Int64.self) }
  var doubles: UnsafeMutablePointer<Double> { memory.assumingMemoryBound(to: Double.self) }
  var days: UnsafeMutablePointer<Int32> { memory.assumingMemoryBound(to: Int32.self) }
  var codes: UnsafeMutablePointer<Int32> { memory.assumingMemoryBound(to: Int32.self) }
  var truths: UnsafeMutablePointer<Bool> { memory.assumingMemoryBound(to: Bool.self) }
  /// Where the text of row i starts, at i, and ends, at i + 1.
  var ends: UnsafeMutablePointer<Int> { memory.assumingMemoryBound(to: Int.self) }

  @inline(__always)
  func isValid(_ row: Int) -> Bool { !hasMissing || validity[row >> 6] >> UInt64(row & 63) & 1 == 1 }

  @inline(__always)
  func isMarked(_ row: Int) -> Bool { hasMarks && marks[row >> 6] >> UInt64(row & 63) & 1 == 1 }

  @inline(__always)
  mutating func setInt(_ row: Int, _ value: Int64) {
    ints[row] = value
    if hasMarks { marks[row >> 6] &= ~(1 << UInt64(row & 63)) }
  }

  /// A double in a number column.
  mutating func setFloat(_ row: Int, _ value: Double) {
    mark(row)
    doubles[row] = value
    order.isFloat = true
  }

  @inline(__always)
  private mutating func mark(_ row: Int) {
    if !hasMarks {
      marks.initialize(repeating: 0, count: capacity / 64 + 1)
      hasMarks = true
    }
    marks[row >> 6] |= 1 << UInt64(row & 63)
  }

  /// Whether the moment at a row has an offset.
  @inline(__always)
  mutating func setOffset(_ row: Int, _ hasOffset: Bool) {
    if hasOffset { mark(row) } else if hasMarks { marks[row >> 6] &= ~(1 << UInt64(row & 63)) }
  }

  /// A whole number in a number column, which a double may not hold.
  mutating func noteLoss() { order.isLossy = true }

  @inline(never)
  mutating func setMissing(_ row: Int) {
    if !hasMissing {
      validity.initialize(repeating: .max, count: capacity / 64 + 1)
      hasMissing = true
    }
    validity[row >> 6] &= ~(1 << UInt64(row & 63))
    switch kind {
    case .text: ends[row + 1] = byteCount
    case .number: setInt(row, 0)
    case .bool: truths[row] = false
    case .date, .dictionary: days[row] = 0
    case .int, .float, .skip: ints[row] = 0
    case .nothing: break
    case .datetime:
      ints[row] = 0
      setOffset(row, false)
    }
  }

  mutating func setInfinite(_ row: Int) {
    setMissing(row)
    infinite.append(row)
  }

  /// Undoes what was put at `row`.
  mutating func unset(_ row: Int) {
    if hasMissing { validity[row >> 6] |= 1 << UInt64(row & 63) }
    if kind == .text { byteCount = ends[row] }
    while let last = infinite.last, last >= row { infinite.removeLast() }
    order.undo()
  }

  /// Undoes what was put at rows from `row` on.
  mutating func unset(from row: Int, count: Int) {
    if hasMissing { for place in row..<row + count { validity[place >> 6] |= 1 << UInt64(place & 63) } }
    if count > 0 { unset(row) }
  }

  /// The row at hand stands.
  mutating func keepRow() { order.keep() }

  // MARK: text

  @inline(__always)
  mutating func setText(_ row: Int, _ p: UnsafePointer<UInt8>, _ length: Int) {
    if kind == .dictionary {
      let hash = WordTable.hash(p, length)
      if let code = words?.code(p, length, hash: hash, limit: Self.wordLimit), code >= 0 {
        codes[row] = code
        return
      }
      abandonDictionary(row)
    }
    reserve(length)
    (bytes + byteCount).update(from: p, count: length)
    byteCount &+= length
    ends[row + 1] = byteCount
  }

  /// Makes room for so many bytes of text and 16 more, and gives the place of the first.
  @inline(__always)
  mutating func reserve(_ added: Int) {
    if byteCount &+ added &+ 16 > byteCapacity { growBytes(byteCount + added + 16) }
  }

  var text: UnsafeMutablePointer<UInt8> { bytes }

  @inline(never)
  private mutating func growBytes(_ needed: Int) {
    byteCapacity = max(needed, byteCapacity * 2, 4096)
    bytes = bytes.moved(byteCount, to: byteCapacity)
  }

  /// Spells out the rows before `rows`, whose words turned out to repeat too little.
  @inline(never)
  mutating func abandonDictionary(_ rows: Int) {
    guard let words else { return }
    let codes = Array(UnsafeBufferPointer(start: codes, count: rows))
    kind = .text
    byteCount = 0
    ends[0] = 0
    for (row, code) in codes.enumerated() {
      if isValid(row) {
        let word = words.word(Int(code))
        reserve(word.count)
        if let base = word.baseAddress { (bytes + byteCount).update(from: base, count: word.count) }
        byteCount += word.count
      }
      ends[row + 1] = byteCount
    }
  }
}

/// What the whole numbers and fractions of a number column have settled, row by row.
struct NumberOrder {
  /// A row that stands has a fraction; one has a whole number that a double does not hold.
  private(set) var sawFloat = false
  private(set) var sawLoss = false
  /// The same of the row at hand.
  var isFloat = false
  var isLossy = false

  mutating func keep() {
    sawFloat = sawFloat || isFloat
    sawLoss = sawLoss || isLossy
    undo()
  }

  mutating func undo() {
    isFloat = false
    isLossy = false
  }
}

// MARK: - the block's column

extension BlockColumn {
  /// The first rows as a column of their own.
  func finish(rows: Int, isOpen: Bool, _ reader: NumberReader) -> BlockCells {
    var cells = BlockCells(kind: kind, hasWide: hasWide)
    cells.infiniteCount = infinite.reduce(0) { $0 + ($1 < rows ? 1 : 0) }
    let validity =
      hasMissing
      ? Bitmap(words: Array(UnsafeBufferPointer(start: validity, count: (rows + 63) / 64)), count: rows) : nil
    switch kind {
    case .skip, .nothing: break
    case .bool: cells.column = .bool(Cells(taken(truths, rows), validity: validity))
    case .int: cells.column = .int(Cells(taken(ints, rows), validity: validity))
    case .float: cells.column = .float(Cells(taken(doubles, rows), validity: validity))
    case .date: cells.column = .date(Cells(taken(days, rows), validity: validity))
    case .datetime:
      cells.column = .datetime(Cells(settledMoments(rows), validity: validity))
      cells.moments = moments(rows, validity)
    case .number:
      cells.hasFloats = hasMarks && (0..<rows).contains(where: isMarked)
      cells.column =
        cells.hasFloats
        ? .float(Cells(widened(rows), validity: validity)) : .int(Cells(taken(ints, rows), validity: validity))
    case .dictionary:
      cells.codes = taken(codes, rows)
      cells.validity = validity
      cells.words = words.map(BlockWords.init)
    case .text:
      let bytes = [UInt8](UnsafeBufferPointer(start: bytes, count: rows == 0 ? 0 : ends[rows]))
      if isOpen { look(rows, &cells, reader) }
      cells.column = .text(TextCells(.plain(offsets: taken(ends, rows + 1), bytes: bytes), validity: validity))
    }
    return cells
  }

  private func taken<Value>(_ start: UnsafeMutablePointer<Value>, _ count: Int) -> [Value] {
    Array(UnsafeBufferPointer(start: start, count: count))
  }

  private func moments(_ rows: Int, _ validity: Bitmap?) -> MomentCounts {
    var counts = MomentCounts(all: validity?.onesCount ?? rows)
    guard zone == nil else { return MomentCounts() }
    guard hasMarks else { return counts }
    for row in 0..<rows where isMarked(row) { counts.withOffset += 1 }
    return counts
  }

  /// The moments as UTC.
  private func settledMoments(_ rows: Int) -> [Int64] {
    guard let zone, zone.minutes != 0 else { return taken(ints, rows) }
    return (0..<rows).map { isMarked($0) || !isValid($0) ? ints[$0] : ints[$0] - zone.microseconds }
  }

  private func widened(_ rows: Int) -> [Double] {
    (0..<rows).map { isMarked($0) ? doubles[$0] : Double(ints[$0]) }
  }

  /// The forms of the cells of a column that no cell has settled so far.
  private func look(_ rows: Int, _ cells: inout BlockCells, _ reader: NumberReader) {
    for row in 0..<rows where isValid(row) && ends[row] < ends[row + 1] {
      let shape = CellShape.of(UnsafePointer(bytes), ends[row], ends[row + 1], reader, dateOrder)
      cells.shapes.formUnion(shape)
      if shape.contains(.infinite) { cells.infiniteCount += 1 }
      if shape.contains(.text) { return }
      if zone == nil, shape.contains(.datetime) {
        // An order's dates have no offset.
        let moment = DateText.moment(UnsafePointer(bytes), ends[row], ends[row + 1])
        cells.moments.count(moment ?? DateText.Moment(microseconds: 0, hasOffset: false))
      }
    }
  }
}

/// A column of a parsed block.
struct BlockCells: Sendable {
  /// How the cells were taken.
  let kind: CellKind
  /// Whether a number column has whole numbers that a double may not hold, and whether it has fractions.
  let hasWide: Bool
  var hasFloats = false
  /// How many cells are missing because they are infinite.
  var infiniteCount = 0
  var moments = MomentCounts()
  /// Of a column that no cell has settled, the forms of its cells.
  var shapes: CellShape = []
  /// nil for a column that is not wanted and for one of codes.
  var column: Column?
  /// Codes into the block's own words, and which are valid.
  var codes: [Int32] = []
  var validity: Bitmap?
  var words: BlockWords?

  init(kind: CellKind, hasWide: Bool) {
    self.kind = kind
    self.hasWide = hasWide
  }
}

/// The words of a block's dictionary column.
struct BlockWords: Sendable {
  let bytes: [UInt8]
  let ends: [Int]
  let hashes: [UInt64]

  init(_ table: WordTable) {
    var bytes: [UInt8] = []
    var ends: [Int] = []
    for code in 0..<table.count {
      bytes.append(contentsOf: table.word(code))
      ends.append(bytes.count)
    }
    // Words are compared eight bytes at a time.
    bytes.append(contentsOf: [UInt8](repeating: 0, count: 8))
    self.bytes = bytes
    self.ends = ends
    hashes = (0..<table.count).map(table.hash)
  }

  func place(_ code: Int) -> Range<Int> { (code == 0 ? 0 : ends[code - 1])..<ends[code] }
}
