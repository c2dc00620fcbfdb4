import Notation
import Tables

extension JSONRecords {
  /// Takes a value that is not what most of its column's are: the place behind it, -1 where it is left to the parser.
  @inline(never)
  mutating func other(_ at: Int, _ place: Int, _ key: Int, _ depth: Int) -> Int {
    let p = scan.p
    if p[at] == UInt8(ascii: "{") { return depth < JSONObject.depthLimit ? members(at, key, depth + 1) : -1 }
    if p[at] == UInt8(ascii: "n") {
      return scan.word(at) == JSONScan.null && JSONScan.isEnd(p[at + 4]) ? at + 4 : -1
    }
    guard place >= 0, rows.columns[place].kind != .skip else {
      let end = scan.value(at, levels: JSONObject.depthLimit - depth)
      if end >= 0, place < 0 { passOver(key) }
      return end
    }
    if rows.isFilled(place) { return -1 }
    switch p[at] {
    case UInt8(ascii: "\""): return string(at + 1, place)
    case UInt8(ascii: "t"), UInt8(ascii: "f"): return bool(at, place)
    case UInt8(ascii: "["): return written(at, scan.value(at, levels: JSONObject.depthLimit - depth), .list, place)
    default: return number(at, place)
    }
  }

  private mutating func passOver(_ key: Int) {
    if keys.keys[key].toldIn == block { return }
    keys.keys[key].toldIn = block
    passedOver.append(key)
  }

  /// A value other than a text, in a column of texts.
  private mutating func written(_ start: Int, _ end: Int, _ kind: RecordKinds, _ place: Int) -> Int {
    let kept = rows.columns[place].kind
    guard end >= 0, kept == .text || kept == .dictionary else { return -1 }
    put(start, end, place)
    rows.note(kind, place)
    return end
  }

  private mutating func bool(_ at: Int, _ place: Int) -> Int {
    let end = scan.value(at, levels: 0)
    guard end >= 0, rows.columns[place].kind == .bool else { return written(at, end, .bool, place) }
    rows.fill(place)
    rows.columns[place].truths[rows.row] = scan.p[at] == UInt8(ascii: "t")
    return end
  }

  /// A number that is not short, or not written as the column's are.
  private mutating func number(_ at: Int, _ place: Int) -> Int {
    guard let (end, isWhole) = scan.number(at) else { return -1 }
    let number = NumberReader.shared.read(scan.p, at, end, lenient: true)
    let column = rows.columns + place
    switch (column.pointee.kind, number.kind) {
    case (_, .none), (_, .infinite), (.number, .big), (.int, .big): return -1
    case (.text, _), (.dictionary, _): return written(at, end, kind(number, at, end, isWhole), place)
    case (.number, .int), (.int, .int):
      rows.fill(place)
      column.pointee.setInt(rows.row, Int64(bitPattern: number.bits))
      rows.note(int: Int64(bitPattern: number.bits), place)
    case (.number, .float):
      rows.fill(place)
      column.pointee.setFloat(rows.row, number.double)
      rows.note(.float, place)
    case (.int, .float):
      guard let whole = number.whole else { return -1 }
      rows.fill(place)
      column.pointee.setInt(rows.row, whole)
    case (.float, _):
      if !column.pointee.isStated, isWhole, WholeNumber.losesDigits(number, scan.p, at, end) { return -1 }
      rows.fill(place)
      column.pointee.doubles[rows.row] = number.double
    case (.bool, _), (.date, _), (.datetime, _), (.skip, _), (.nothing, _): return -1
    }
    return end
  }

  private func kind(_ number: WrittenNumber, _ start: Int, _ end: Int, _ isWhole: Bool) -> RecordKinds {
    if !isWhole { return .float }
    let kind: RecordKinds = number.kind == .int ? .int : .big
    return WholeNumber.losesDigits(number, scan.p, start, end) ? kind.union(.lossy) : kind
  }

  /// A text with escapes, beyond ASCII, or for a column of another type.
  private mutating func string(_ start: Int, _ place: Int) -> Int {
    guard let found = scan.string(start) else { return -1 }
    let column = rows.columns + place
    switch column.pointee.kind {
    case .text, .dictionary:
      if found.hasEscapes { putUnescaped(start, found.end, place) } else { put(start, found.end, place) }
      rows.note(.text, place)
    case .date, .datetime, .bool, .int, .float:
      guard !found.hasEscapes, read(start, found.end, place) else { return -1 }
    case .number, .skip, .nothing: return -1
    }
    return found.end + 1
  }

  private mutating func putUnescaped(_ start: Int, _ end: Int, _ place: Int) {
    let room = end - start + 16
    if scratch.count < room { scratch = [UInt8](repeating: 0, count: 2 * room) }
    rows.fill(place)
    scratch.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let count = scan.unescape(start, end, into: base)
      rows.columns[place].setText(rows.row, base, count)
    }
  }

  /// A text in a column whose type was stated; false where it is not of it.
  private mutating func read(_ start: Int, _ end: Int, _ place: Int) -> Bool {
    let (p, column, row) = (scan.p, rows.columns + place, rows.row)
    guard column.pointee.isStated || column.pointee.kind == .date || column.pointee.kind == .datetime else {
      return false
    }
    switch column.pointee.kind {
    case .date:
      guard let days = end - start == 10 ? dates[place].days(p, start) : DateText.days(p, start, end) else {
        return false
      }
      rows.fill(place)
      column.pointee.days[row] = days
    case .datetime: return moment(start, end, place)
    case .bool:
      guard let value = BoolText.read(p, start, end, lenient: true) else { return false }
      rows.fill(place)
      column.pointee.truths[row] = value
    case .int:
      guard let whole = NumberReader.shared.read(p, start, end, lenient: true).whole else { return false }
      rows.fill(place)
      column.pointee.setInt(row, whole)
    case .float:
      let number = NumberReader.shared.read(p, start, end, lenient: true)
      guard number.kind != .none, number.kind != .infinite else { return false }
      rows.fill(place)
      column.pointee.doubles[row] = number.double
    case .number, .text, .dictionary, .skip, .nothing: return false
    }
    return true
  }

  private func moment(_ start: Int, _ end: Int, _ place: Int) -> Bool {
    let (p, column, row) = (scan.p, rows.columns + place, rows.row)
    if let microseconds = dates[place].moment(p, start, end) {
      rows.fill(place)
      column.pointee.ints[row] = microseconds
      column.pointee.setOffset(row, p[end &- 1] | 0x20 == 0x7A)
      return true
    }
    guard let moment = DateText.moment(p, start, end) else { return false }
    rows.fill(place)
    column.pointee.ints[row] = moment.microseconds
    column.pointee.setOffset(row, moment.hasOffset)
    return true
  }
}
