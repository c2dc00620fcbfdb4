import CVector
import Glibc

/// Where the fields of a batch of rows end.
struct FieldEnds {
  /// The place before the first row, then the ends of all fields.
  private(set) var places: UnsafeMutablePointer<UInt32>
  private var capacity: Int
  /// How many fields have ended that are not taken yet.
  private(set) var count = 0

  init() {
    capacity = 1 << 12
    places = .allocate(capacity: capacity)
  }

  func deallocate() { places.deallocate() }

  /// Starts at a row.
  mutating func begin(at start: Int) {
    count = 0
    places[0] = UInt32(truncatingIfNeeded: start &- 1)
  }

  /// Finds the ends in `p[from ..< to]`.
  mutating func index(
    _ p: UnsafePointer<UInt8>, from: Int, to: Int, _ dialect: Dialect, _ state: inout mlp_field_state
  ) {
    let needed = count + 1 + to - from + 64
    if needed > capacity {
      capacity = max(needed, capacity * 2)
      places = places.moved(count + 1, to: capacity)
    }
    count += mlp_field_ends(p, from, to, dialect.delimiter, dialect.terminator, &state, places + count + 1)
  }

  /// Takes the first fields away.
  mutating func drop(_ taken: Int) {
    memmove(places, places + taken, (count - taken + 1) * MemoryLayout<UInt32>.stride)
    count -= taken
  }
}

extension BlockParser {
  /// Bytes that are looked at before their rows are parsed: they stay in the first cache while column after column is.
  private var windowSize: Int { min(max(1 << 15, Int(survey.rowSize) * 16), 1 << 19) / 64 * 64 }

  /// Takes the rows of a block: those with a field for each column, all of which fit, column by column, others one after the other.
  func parseBatches(_ block: TextBlock, isFinal: Bool) {
    let (p, count, window) = (block.bytes, block.count, windowSize)
    var state = mlp_field_state()
    state.after_mark = 1
    var (indexed, position) = (0, 0)
    ends.begin(at: 0)
    var ended: Int64 = 0
    while rows < rowLimit, indexed < count {
      let to = min(count, indexed + window)
      ends.index(p, from: indexed, to: to, survey.dialect, &state)
      indexed = to
      isPlainText = state.has_other == 0
      if state.is_irregular != 0 { break }
      let complete = Int(state.rows - ended)
      if complete == 0 { continue }
      ended = state.rows
      let taken = complete * width
      if isRegular(p, complete), parseBatch(block, from: position, rows: min(complete, rowLimit - rows)) {
        ends.drop(taken)
      } else {
        let last = lastRow(p)
        parseRows(p, from: position, to: Int(ends.places[last]) + 1, isFinal: false)
        ends.drop(last)
      }
      position = Int(ends.places[0] &+ 1)
    }
    if state.is_irregular != 0 { isPlainText = mlp_is_plain_ascii(p, count) != 0 }
    if rows < rowLimit, position < count { parseRows(p, from: position, to: count, isFinal: isFinal) }
  }

  /// Whether each of the rows has as many fields as there are columns: there are no more line breaks than those at their ends.
  private func isRegular(_ p: UnsafePointer<UInt8>, _ complete: Int) -> Bool {
    guard ends.count >= complete * width else { return false }
    // Comments are blank lines.
    if width == 1, survey.dialect.skipsBlankLines { return false }
    for row in 1...complete where p[Int(ends.places[row * width])] != survey.dialect.terminator { return false }
    // A line with nothing in it is no row of a table of many columns, and one of a table of a single.
    return true
  }

  /// The place among the ends of the last line break.
  private func lastRow(_ p: UnsafePointer<UInt8>) -> Int {
    var last = ends.count
    while last > 1, p[Int(ends.places[last])] != survey.dialect.terminator { last -= 1 }
    return last
  }

  /// Takes regular rows column by column; false, and nothing is taken, when a cell does not fit.
  private func parseBatch(_ block: TextBlock, from start: Int, rows added: Int) -> Bool {
    reserve(rows + added)
    let p = block.bytes
    let end = Int(ends.places[added * width]) + 1
    var batch = FieldBatch(
      p: p, ends: UnsafePointer(ends.places), width: width, rows: added, first: rows,
      trimsReturns: survey.dialect.terminator == 0x0A, byteCount: end - start)
    for place in 0..<width {
      batch.begin(place)
      if parse(batch, place) { continue }
      for undone in 0...place where columns[undone].kind != .skip { columns[undone].unset(from: rows, count: added) }
      return false
    }
    rows += added
    records += added
    lines += block.hasQuotes ? Int(mlp_count_byte(p + start, end - start, survey.dialect.terminator)) : added
    return true
  }

  private func parse(_ batch: FieldBatch, _ place: Int) -> Bool {
    switch columns[place].kind {
    case .skip: true
    case .nothing: parseNothing(batch, place)
    case .int, .number: parseInts(batch, place)
    case .float: parseFloats(batch, place)
    case .date: parseDates(batch, place)
    case .datetime: parseMoments(batch, place)
    case .bool: parseBools(batch, place)
    case .dictionary: parseWords(batch, place)
    case .text: parseTexts(batch, place, from: 0)
    }
  }

  /// Behind the delimiter at the end of each line.
  private func parseNothing(_ batch: FieldBatch, _ place: Int) -> Bool {
    (0..<batch.rows).allSatisfy { row in
      let (start, end) = batch.field(row)
      return start == end
    }
  }

  /// One cell of a batch by the way that takes all spellings.
  @inline(never)
  func parseOther(_ batch: FieldBatch, _ place: Int, _ row: Int, _ start: Int, _ end: Int) -> Bool {
    store(batch.scanned(start, end), place, batch.p, batch.first + row)
  }
}

/// Rows of a text whose fields' ends are known.
struct FieldBatch {
  let p: UnsafePointer<UInt8>
  /// The place before the first row, then the ends of all fields.
  let ends: UnsafePointer<UInt32>
  let width: Int
  let rows: Int
  /// The number of the first row in its block.
  let first: Int
  /// Whether rows may end in CR LF.
  let trimsReturns: Bool
  let byteCount: Int
  private var place = 0
  private var trims = false

  init(
    p: UnsafePointer<UInt8>, ends: UnsafePointer<UInt32>, width: Int, rows: Int, first: Int, trimsReturns: Bool,
    byteCount: Int
  ) {
    self.p = p
    self.ends = ends
    self.width = width
    self.rows = rows
    self.first = first
    self.trimsReturns = trimsReturns
    self.byteCount = byteCount
  }

  /// Turns to a column.
  mutating func begin(_ place: Int) {
    self.place = place
    trims = trimsReturns && place == width - 1
  }

  /// Where the field of a row starts and ends.
  @inline(__always)
  func field(_ row: Int) -> (Int, Int) {
    let at = row &* width &+ place
    let start = Int(ends[at] &+ 1)
    var end = Int(ends[at &+ 1])
    if trims, end > start, p[end &- 1] == 0x0D { end &-= 1 }
    return (start, end)
  }

  /// A field that may be in quotes.
  func scanned(_ start: Int, _ end: Int) -> ScannedField {
    var field = ScannedField(start: start, end: end, ending: .delimiter)
    guard start < end, p[start] == FieldScanner.quote else { return field }
    field.start = start + 1
    field.end = max(start + 1, end - 1)
    field.isQuoted = true
    field.hasDoubledQuotes = memchr(p + field.start, Int32(FieldScanner.quote), field.end - field.start) != nil
    return field
  }
}
