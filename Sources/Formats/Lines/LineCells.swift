import Tables

/// The cells of one column of a block of lines. Those of a row that says nothing of the column are there from the beginning.
final class LineCells {
  let column: LineColumn
  /// The rows of infinite numbers, which are missing.
  private var infinite: [Int] = []
  private var capacity = 0
  private var valid = UnsafeMutablePointer<Bool>.allocate(capacity: 0)
  private var floats = UnsafeMutablePointer<Double>.allocate(capacity: 0)
  /// Whole numbers, days, microseconds, or the places of nominal values.
  private var ints = UnsafeMutablePointer<Int64>.allocate(capacity: 0)
  /// Where texts end, and their bytes.
  private var offsets = [0]
  private var bytes: [UInt8] = []

  init(_ column: LineColumn) { self.column = column }

  deinit {
    valid.deallocate()
    floats.deallocate()
    ints.deallocate()
  }

  /// Bytes that a row takes.
  static let rowSize = 9

  /// Whether a row has to be told of that says nothing of the column.
  var isText: Bool { if case .text = column.kind { true } else { false } }

  private var isFloat: Bool { if case .float = column.kind { true } else { false } }

  /// Room for so many rows.
  func grow(to rows: Int) {
    let known = capacity
    valid = Self.grown(valid, known, rows, column.isZeroWhereAbsent)
    if isFloat {
      floats = Self.grown(floats, known, rows, 0)
    } else if !isText {
      ints = Self.grown(ints, known, rows, 0)
    }
    capacity = rows
  }

  private static func grown<Value: BitwiseCopyable>(
    _ old: UnsafeMutablePointer<Value>, _ known: Int, _ rows: Int, _ filler: Value
  ) -> UnsafeMutablePointer<Value> {
    let new = UnsafeMutablePointer<Value>.allocate(capacity: rows)
    new.initialize(from: old, count: known)
    (new + known).initialize(repeating: filler, count: rows - known)
    old.deallocate()
    return new
  }

  // MARK: The row at hand, for which there is room

  fileprivate func set(_ value: Double, _ row: Int) {
    valid[row] = value.isFinite
    floats[row] = value.isFinite ? value : 0
    if value.isInfinite { infinite.append(row) }
  }

  fileprivate func set(_ value: Int64, _ row: Int) {
    valid[row] = true
    ints[row] = value
  }

  fileprivate func set(_ text: some Collection<UInt8>, _ row: Int) {
    valid[row] = true
    bytes.append(contentsOf: text)
  }

  fileprivate func setMissing(_ row: Int) { clear(row, isValid: false) }

  fileprivate func setZero(_ row: Int) {
    switch column.kind {
    case .date, .datetime: clear(row, isValid: false)
    case .nominal(let words): clear(row, isValid: !words.isEmpty)
    case .float, .int, .text: clear(row, isValid: true)
    }
  }

  private func clear(_ row: Int, isValid: Bool) {
    valid[row] = isValid
    if isFloat { floats[row] = 0 } else if !isText { ints[row] = 0 }
  }

  /// The row stands: where its text ends.
  func keepText() { offsets.append(bytes.count) }

  /// The row does not stand.
  func undo(_ row: Int) {
    if infinite.last == row { infinite.removeLast() }
    clear(row, isValid: column.isZeroWhereAbsent)
    if isText { bytes.removeLast(bytes.count - offsets[offsets.count - 1]) }
  }

  var infiniteCount: Int { infinite.count }

  /// The cells of the rows that stand.
  func finish(rows: Int) -> Column {
    let validity = Bitmap(Array(UnsafeBufferPointer(start: valid, count: rows)))
    let numbers = isFloat || isText ? [] : Array(UnsafeBufferPointer(start: ints, count: rows))
    switch column.kind {
    case .float: return .float(Cells(Array(UnsafeBufferPointer(start: floats, count: rows)), validity: validity))
    case .int: return .int(Cells(numbers, validity: validity))
    case .date: return .date(Cells(numbers.map { Int32(truncatingIfNeeded: $0) }, validity: validity))
    case .datetime: return .datetime(Cells(numbers, validity: validity))
    case .nominal(let words):
      if words.isEmpty { return .missing(.text, count: rows) }
      let codes = numbers.map { Int32(truncatingIfNeeded: $0) }
      return .text(TextCells(.dictionary(codes: codes, words: words), validity: validity))
    case .text: return .text(TextCells(.plain(offsets: offsets, bytes: bytes), validity: validity))
    }
  }
}

/// The row at hand: a cell for each column that is wanted, nil for the others.
struct LineRow {
  private let cells: [LineCells?]
  /// Rows before it.
  var row = 0

  init(_ cells: [LineCells?]) { self.cells = cells }

  subscript(_ column: Int) -> LineCell? { cells[column].map { LineCell(cells: $0, row: row) } }
}

/// A cell of the row at hand.
struct LineCell {
  fileprivate let cells: LineCells
  fileprivate let row: Int

  func set(_ value: Double) { cells.set(value, row) }

  /// A whole number, the days of a date, the microseconds of a moment, or the place of a nominal value.
  func set(_ value: Int64) { cells.set(value, row) }

  func set(_ text: some Collection<UInt8>) { cells.set(text, row) }

  func setMissing() { cells.setMissing(row) }

  /// What a row has that leaves out what is zero: the first of nominal values, an empty text.
  func setZero() { cells.setZero(row) }
}
