import Notation
import Tables

/// Reads objects of JSON into columns straight from their bytes.
///
/// It takes what is usual and can be told from the bytes alone: keys that are known, values that fit their columns, texts with and
/// without escapes. An object with anything else in it is left to `JSONObject`, which gives the same cells for all that this takes.
struct JSONRecords {
  var rows: RecordRows
  let scan: JSONScan
  let keys: RecordKeys
  let dates: UnsafeMutablePointer<DateMemory>
  private let tens = NumberReader.shared.tens
  /// For a text without its escapes.
  var scratch: [UInt8] = []
  /// The number of the object at hand, and of the block that it is in: of no other before.
  private(set) var record: Int
  let block: Int
  /// Keys that are no column and have a value, which have not been told of in this block.
  var passedOver: [Int] = []

  init(
    _ scan: JSONScan, _ keys: RecordKeys, _ rows: RecordRows, _ dates: UnsafeMutablePointer<DateMemory>,
    record: Int, block: Int
  ) {
    self.scan = scan
    self.keys = keys
    self.rows = rows
    self.dates = dates
    self.record = record
    self.block = block
  }

  /// Numbers the next object.
  mutating func nextRecord() -> Int {
    record &+= 1
    return record
  }

  /// Reads the object whose brace is at `start` into the row at hand. The place behind it; -1, and the row is empty, where it is left to
  /// the parser.
  mutating func object(_ start: Int) -> Int {
    record &+= 1
    let end = members(start, RecordKeys.root, 1)
    if end < 0 { rows.undo() }
    return end
  }

  mutating func members(_ brace: Int, _ parent: Int, _ depth: Int) -> Int {
    let (p, names, known) = (scan.p, keys.bytes, keys.keys)
    var at = scan.space(brace &+ 1)
    if p[at] == UInt8(ascii: "}") { return at &+ 1 }
    var (guess, last) = (known[parent].first, RecordKeys.none)
    while true {
      guard p[at] == UInt8(ascii: "\"") else { return -1 }
      at &+= 1
      if guess == RecordKeys.none || !RecordKeys.matches(known + guess, p + at, names) {
        guess = found(at, parent, after: last)
        if guess == RecordKeys.none { return -1 }
      }
      let key = known + guess
      at &+= key.pointee.length
      if p[at] != UInt8(ascii: ":") {
        at = scan.space(at)
        guard p[at] == UInt8(ascii: ":") else { return -1 }
      }
      at = scan.space(at &+ 1)
      guard key.pointee.record != record else { return -1 }
      key.pointee.record = record
      at = value(at, key, guess, depth)
      if at < 0 { return -1 }
      (last, guess) = (guess, key.pointee.next)
      if p[at] != UInt8(ascii: ",") {
        at = scan.space(at)
        if p[at] == UInt8(ascii: "}") { return at &+ 1 }
        guard p[at] == UInt8(ascii: ",") else { return -1 }
      }
      at = scan.space(at &+ 1)
    }
  }

  /// The key whose name begins at `at`, found by its bytes; from then on it is expected behind the key that it came after.
  @inline(never)
  private func found(_ at: Int, _ parent: Int, after last: Int) -> Int {
    var end = scan.plainString(at)
    if scan.p[end] >= 0x80 {
      guard let name = scan.longString(at, from: end), !name.hasEscapes else { return RecordKeys.none }
      end = name.end
    }
    guard scan.p[end] == UInt8(ascii: "\"") else { return RecordKeys.none }
    let key = keys.find(parent, scan.p + at, end - at + 1)
    if key != RecordKeys.none {
      if last == RecordKeys.none { keys.keys[parent].first = key } else { keys.keys[last].next = key }
    }
    return key
  }

  /// Takes the value at `at`: the place behind it, -1 where it is left to the parser.
  @inline(__always)
  private mutating func value(_ at: Int, _ key: UnsafeMutablePointer<RecordKeys.Key>, _ number: Int, _ depth: Int)
    -> Int
  {
    let place = key.pointee.column
    guard place >= 0 else { return other(at, place, number, depth) }
    let end: Int
    switch rows.columns[place].kind {
    case .number, .int: end = whole(at, place)
    case .float: end = decimal(at, place)
    case .text, .dictionary: end = text(at, place)
    case .date, .datetime, .bool, .skip, .nothing: end = -1
    }
    return end >= 0 ? end : other(at, place, number, depth)
  }

  // MARK: The usual values; -1 for others

  @inline(__always)
  private mutating func whole(_ at: Int, _ place: Int) -> Int {
    let p = scan.p
    let isNegative = p[at] == UInt8(ascii: "-")
    let first = isNegative ? at &+ 1 : at
    let end = scan.plainNumber(at)
    let count = end &- first
    guard count > 0, count <= 16, p[first] != UInt8(ascii: "0") || count == 1, JSONScan.isEnd(p[end]),
      let digits = Digits.read(p, end, count), !rows.isFilled(place)
    else { return -1 }
    let value = Int64(truncatingIfNeeded: digits)
    let signed = isNegative ? 0 &- value : value
    rows.fill(place)
    rows.columns[place].setInt(rows.row, signed)
    rows.note(int: signed, place)
    return end
  }

  @inline(__always)
  private mutating func decimal(_ at: Int, _ place: Int) -> Int {
    let p = scan.p
    let end = scan.plainNumber(at)
    // A negative zero is one only where it is written with a point.
    guard end > at, JSONScan.isEnd(p[end]), let value = Digits.decimal(p, at, end, tens),
      value != 0 || p[at] != UInt8(ascii: "-"), !rows.isFilled(place)
    else { return -1 }
    rows.fill(place)
    rows.columns[place].doubles[rows.row] = value
    return end
  }

  @inline(__always)
  private mutating func text(_ at: Int, _ place: Int) -> Int {
    guard scan.p[at] == UInt8(ascii: "\"") else { return -1 }
    let start = at &+ 1
    let end = scan.plainString(start)
    guard scan.p[end] == UInt8(ascii: "\""), !rows.isFilled(place) else { return -1 }
    put(start, end, place)
    rows.note(.text, place)
    return end &+ 1
  }

  /// Takes bytes as the text of a cell.
  @inline(__always)
  mutating func put(_ start: Int, _ end: Int, _ place: Int) {
    rows.fill(place)
    rows.columns[place].setText(rows.row, scan.p + start, end &- start)
  }
}
