import Tables

/// The cells of one column of a block of lines, and the cell of the row at hand.
final class LineCells {
  let column: LineColumn
  /// Infinite numbers, which are missing.
  private(set) var infiniteCount = 0

  // Of the row at hand:

  private(set) var isSet = false
  private var isValid = false
  private var float = 0.0
  private var int: Int64 = 0
  private var isInfinite = false

  // Of the rows before it:

  private var valid: [Bool] = []
  private var floats: [Double] = []
  private var ints: [Int64] = []
  private var offsets = [0]
  private var bytes: [UInt8] = []

  init(_ column: LineColumn) { self.column = column }

  /// Begins a row that says nothing of the column yet.
  func begin() {
    (isSet, isValid, isInfinite) = (false, column.isZeroWhereAbsent, false)
    (float, int) = (0, 0)
    if bytes.count > offsets[offsets.count - 1] { bytes.removeLast(bytes.count - offsets[offsets.count - 1]) }
  }

  func set(_ value: Double) {
    (isSet, isInfinite) = (true, value.isInfinite)
    isValid = value.isFinite
    float = isValid ? value : 0
  }

  /// A whole number, the days of a date, the microseconds of a moment, or the place of a nominal value.
  func set(_ value: Int64) { (isSet, isValid, int) = (true, true, value) }

  func set(_ text: some Collection<UInt8>) {
    (isSet, isValid) = (true, true)
    bytes.append(contentsOf: text)
  }

  func setMissing() { (isSet, isValid, float, int) = (true, false, 0, 0) }

  /// What a row has that leaves out what is zero: the first of nominal values, an empty text.
  func setZero() {
    switch column.kind {
    case .date, .datetime: setMissing()
    case .nominal(let words): (isSet, isValid, int) = (true, !words.isEmpty, 0)
    case .float, .int, .text: (isSet, isValid, float, int) = (true, true, 0, 0)
    }
  }

  /// The row stands.
  func keep() {
    valid.append(isValid)
    if isInfinite { infiniteCount += 1 }
    switch column.kind {
    case .float: floats.append(float)
    case .int, .nominal, .date, .datetime: ints.append(isValid ? int : 0)
    case .text: offsets.append(bytes.count)
    }
  }

  /// The cells of the rows that stand.
  func finish() -> Column {
    let validity = Bitmap(valid)
    switch column.kind {
    case .float: return .float(Cells(floats, validity: validity))
    case .int: return .int(Cells(ints, validity: validity))
    case .date: return .date(Cells(ints.map { Int32(truncatingIfNeeded: $0) }, validity: validity))
    case .datetime: return .datetime(Cells(ints, validity: validity))
    case .nominal(let words):
      if words.isEmpty { return .missing(.text, count: valid.count) }
      let codes = ints.map { Int32(truncatingIfNeeded: $0) }
      return .text(TextCells(.dictionary(codes: codes, words: words), validity: validity))
    case .text:
      bytes.removeLast(bytes.count - offsets[offsets.count - 1])
      return .text(TextCells(.plain(offsets: offsets, bytes: bytes), validity: validity))
    }
  }
}

/// The row at hand: a cell for each column that is wanted, nil for the others.
struct LineRow {
  let cells: [LineCells?]

  subscript(_ column: Int) -> LineCells? { cells[column] }
}
