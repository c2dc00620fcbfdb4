import Notation
import Tables

/// The columns that a block's records are read into, cell by cell: what a record has not is missing in it.
///
/// A column is filled up to its last cell only, so that a record costs no more than the keys that it has.
struct RecordRows {
  let columns: UnsafeMutablePointer<BlockColumn>
  let width: Int
  /// Columns that are wanted: the others take no memory.
  private let wantedCount: Int
  /// The row of each column that is filled next.
  private let next: UnsafeMutablePointer<Int>
  /// What has stood in each column, in rows that were kept and in the row at hand.
  private let kinds: UnsafeMutablePointer<RecordKinds>
  private let rowKinds: UnsafeMutablePointer<RecordKinds>
  private var hasNewKinds = false
  /// The number of the row at hand, which is that of the rows before it.
  private(set) var row = 0
  private(set) var capacity: Int

  init(_ fields: [RecordField], capacity: Int) {
    width = fields.count
    wantedCount = fields.count { $0.isWanted }
    self.capacity = capacity
    columns = .allocate(capacity: width)
    next = .allocate(capacity: width)
    kinds = .allocate(capacity: width)
    rowKinds = .allocate(capacity: width)
    next.initialize(repeating: 0, count: width)
    kinds.initialize(repeating: [], count: width)
    rowKinds.initialize(repeating: [], count: width)
    for (place, field) in fields.enumerated() {
      (columns + place).initialize(
        to: BlockColumn(
          field.kind, isStated: field.isStated, dateOrder: nil, zone: field.zone, capacity: capacity))
    }
  }

  func deallocate() {
    for place in 0..<width { columns[place].deallocate() }
    columns.deinitialize(count: width)
    columns.deallocate()
    next.deallocate()
    kinds.deallocate()
    rowKinds.deallocate()
  }

  /// Gives all rows up.
  mutating func reset(_ columnKinds: [CellKind]) {
    for place in 0..<width {
      columns[place].reset(kind: columnKinds[place])
      next[place] = 0
      kinds[place] = []
      rowKinds[place] = []
    }
    hasNewKinds = false
    row = 0
  }

  /// Bytes that room for twice as many rows takes, and those of the rows' cells.
  var bytesOfGrowth: Int { 16 * capacity * wantedCount }
  var bytesOfRows: Int { 8 * row * wantedCount }

  mutating func grow() {
    for place in 0..<width { columns[place].grow(to: 2 * capacity, rows: row) }
    capacity *= 2
  }

  // MARK: The row at hand

  /// Whether the column has its cell of this row.
  @inline(__always)
  func isFilled(_ place: Int) -> Bool { next[place] > row }

  /// Turns to the cell of a column, which is to be set then.
  @inline(__always)
  func fill(_ place: Int) {
    if next[place] != row { catchUp(place) }
    next[place] = row &+ 1
  }

  @inline(never)
  private func catchUp(_ place: Int) {
    var at = next[place]
    while at < row {
      columns[place].setMissing(at)
      at &+= 1
    }
  }

  /// What stands in a column is of this kind too.
  @inline(__always)
  mutating func note(_ kind: RecordKinds, _ place: Int) {
    if kinds[place].isSuperset(of: kind) { return }
    rowKinds[place].formUnion(kind)
    hasNewKinds = true
  }

  /// The same of a whole number.
  @inline(__always)
  mutating func note(int value: Int64, _ place: Int) {
    note(.int, place)
    if WholeNumber.isWide(value), !kinds[place].contains(.lossy), WholeNumber.losesDigits(value) { note(.lossy, place) }
  }

  /// Puts the cells of a record into the row.
  mutating func put(_ record: RecordCells) {
    for place in 0..<width where record.kinds[place] != [] && columns[place].kind != .skip {
      fill(place)
      note(record.kinds[place], place)
      columns[place].put(record.cells[place], at: row)
    }
  }

  /// The row stands.
  @inline(__always)
  mutating func keep() {
    if hasNewKinds { takeKinds(true) }
    row &+= 1
  }

  /// Empties the row.
  @inline(never)
  mutating func undo() {
    for place in 0..<width where next[place] > row {
      columns[place].unset(row)
      next[place] = row
    }
    if hasNewKinds { takeKinds(false) }
  }

  @inline(never)
  private mutating func takeKinds(_ areKept: Bool) {
    for place in 0..<width {
      if areKept { kinds[place].formUnion(rowKinds[place]) }
      rowKinds[place] = []
    }
    hasNewKinds = false
  }

  // MARK: What was read

  /// The cells of the rows, and what they were.
  func finish() -> (cells: [BlockCells], kinds: [RecordKinds]) {
    let cells = (0..<width).map { place -> BlockCells in
      if columns[place].kind != .skip { catchUp(place) }
      return columns[place].finish(rows: row, isOpen: false, NumberReader.shared)
    }
    return (cells, Array(UnsafeBufferPointer(start: kinds, count: width)))
  }
}

extension BlockColumn {
  /// Puts a cell that the column's field has taken.
  mutating func put(_ cell: RecordCell, at row: Int) {
    switch (kind, cell) {
    case (.bool, .bool(let value)): truths[row] = value
    case (.number, .int(let value)): setInt(row, value)
    case (.number, .float(let value)): setFloat(row, value)
    case (.int, .int(let value)): ints[row] = value
    case (.float, .float(let value)): doubles[row] = value
    case (.date, .int(let value)): days[row] = Int32(truncatingIfNeeded: value)
    case (.datetime, .moment(let moment)):
      ints[row] = moment.microseconds
      setOffset(row, moment.hasOffset)
    case (.text, .text(let text)), (.dictionary, .text(let text)): put(text, at: row)
    case (_, _): setMissing(row)
    }
  }

  private mutating func put(_ text: String, at row: Int) {
    var bytes = Array(text.utf8)
    let count = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: 16))
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { setText(row, base, count) } }
  }
}
