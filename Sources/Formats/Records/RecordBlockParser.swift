import Glibc
import Kernels
import Synchronization
import Tables

/// Reads the records of one block after the other into columns. One thread works on it at a time, and it keeps its memory for the next
/// block.
///
/// `JSONRecords` reads what is usual; a record that it leaves is read once more by `JSONObject`.
final class RecordBlockParser {
  private let keys: RecordKeys
  /// How many keys the survey knows; those after them are given up from time to time.
  private let knownKeys: Int
  private let keepsRaw: Bool
  private let progress: Progress
  private var rows: RecordRows
  private let dates: UnsafeMutablePointer<DateMemory>
  private let names: UnsafeMutablePointer<UInt64>
  private var odd: RecordCells
  /// The numbers of the last record and of the block at hand: none comes twice.
  private var record = 0
  private var block = 0

  // Of the block at hand:
  private var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private var parsed = ParsedRecords()
  private var passedOver: [(key: Int, place: Int)] = []
  private var problemPlaces: TextPositions
  private var rowLimit = Int.max

  /// Held by the parser that asks for room and takes it: of many columns that is a while, in which others must not be promised the same.
  private static let room = Mutex<Void>(())
  /// Rows of fewer bytes are put together without it.
  private static let smallBytes = 1 << 24

  private static let mostNewKeys = 1 << 12
  /// Room is made for so many cells without asking whether there is memory for them.
  private static let mostCells = 1 << 22

  /// `blockSize` is how many bytes a block mostly has.
  init(_ survey: RecordSurvey, _ fields: [RecordField], blockSize: Int, keepsRaw: Bool, _ progress: Progress) {
    self.keepsRaw = keepsRaw
    self.progress = progress
    keys = RecordKeys(survey.keys)
    knownKeys = keys.count
    let likely = min(Double(blockSize) / survey.recordSize * 1.3, Double(blockSize) / 3)
    let few = Double(Self.mostCells / max(1, fields.count { $0.isWanted }))
    rows = RecordRows(fields, capacity: Int(min(likely, few)) + 64)
    dates = .allocate(capacity: fields.count)
    dates.initialize(repeating: DateMemory(), count: fields.count)
    names = JSONScan.roomForNames(depth: JSONObject.depthLimit)
    odd = RecordCells(keys, fields)
    problemPlaces = TextPositions(text)
  }

  deinit {
    rows.deallocate()
    dates.deallocate()
    names.deallocate()
  }

  /// Takes the records of a block until so many rows are taken. Where memory is refused, which cancels the work, it ends early.
  func parse(_ block: TextBlock, _ layout: RecordLayout, kinds: [CellKind], rowLimit: Int = .max) -> ParsedRecords {
    begin(block, kinds, rowLimit)
    let scan = JSONScan(block.bytes, breaksAreSpace: layout == .list, names: names)
    // A copy, so that what is asked for once a value needs no look at who else may change it.
    var reader = JSONRecords(scan, keys, rows, dates, record: record, block: self.block)
    switch layout {
    case .lines: readLines(scan.p, &reader)
    case .list: readElements(scan, &reader)
    }
    (record, rows) = (reader.record, reader.rows)
    return finish()
  }

  private func begin(_ block: TextBlock, _ kinds: [CellKind], _ rowLimit: Int) {
    if keys.count > knownKeys + Self.mostNewKeys { keys.drop(from: knownKeys) }
    self.block += 1
    self.rowLimit = rowLimit
    text = block.buffer
    rows.reset(kinds)
    parsed = ParsedRecords()
    passedOver = []
    problemPlaces = TextPositions(text)
  }

  private func finish() -> ParsedRecords {
    guard rows.bytesOfRows < Self.smallBytes ? putTogether() : Self.room.withLock({ _ in putTogether() }) else {
      return ParsedRecords()
    }
    parsed.rows = rows.row
    parsed.end = TextPosition(text)
    var positions = TextPositions(text)
    parsed.passedOver = passedOver.map { (keys.shownPath($0.key), positions.position($0.place)) }
    return parsed
  }

  /// Makes the columns of the rows; false where memory is refused.
  private func putTogether() -> Bool {
    do throws(Cancelled) { try progress.require(rows.bytesOfRows) } catch { return false }
    (parsed.cells, parsed.kinds) = rows.finish()
    return true
  }

  /// Whether there is room for another row.
  @inline(__always)
  private func hasRoom(_ reader: inout JSONRecords) -> Bool {
    reader.rows.row < reader.rows.capacity || makeRoom(&reader)
  }

  @inline(never)
  private func makeRoom(_ reader: inout JSONRecords) -> Bool {
    Self.room.withLock { _ in
      do throws(Cancelled) { try progress.require(reader.rows.bytesOfGrowth) } catch { return false }
      reader.rows.grow()
      return true
    }
  }

  // MARK: Lines

  private func readLines(_ p: UnsafePointer<UInt8>, _ reader: inout JSONRecords) {
    var at = 0
    while reader.rows.row < rowLimit, hasRoom(&reader) {
      let start = at
      while p[at] == 0x20 || p[at] == 0x09 || p[at] == 0x0D { at &+= 1 }
      if at >= text.count { return }
      var end = at
      if p[at] != 0x0A {
        end = p[at] == UInt8(ascii: "{") ? line(p, at, &reader) : -1
        if end >= 0 { keep(at, &reader) } else { end = readOddLine(start, &reader) }
      }
      at = end &+ 1
      if at >= text.count { return }
    }
  }

  /// Reads the line whose object begins at `start`: where it ends; -1, and nothing was taken, where it is left to the parser.
  @inline(__always)
  private func line(_ p: UnsafePointer<UInt8>, _ start: Int, _ reader: inout JSONRecords) -> Int {
    var end = reader.object(start)
    if end < 0 { return -1 }
    while p[end] == 0x20 || p[end] == 0x09 || p[end] == 0x0D { end &+= 1 }
    if end == text.count || (end < text.count && p[end] == 0x0A) { return end }
    reader.rows.undo()
    return -1
  }

  /// A byte order mark before a line is no part of it.
  private func readOddLine(_ start: Int, _ reader: inout JSONRecords) -> Int {
    let rest = UnsafeBufferPointer(rebasing: text[start...])
    let end = start + (rest.baseAddress.flatMap { Self.lineLength($0, rest.count) } ?? rest.count)
    let isMarked = rest.starts(with: JSONDocument.mark)
    readOdd(isMarked ? start + JSONDocument.mark.count : start, end, &reader)
    return end
  }

  private static func lineLength(_ base: UnsafePointer<UInt8>, _ count: Int) -> Int? {
    memchr(base, 0x0A, count).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  // MARK: Elements of a list

  private func readElements(_ scan: JSONScan, _ reader: inout JSONRecords) {
    var at = scan.space(0)
    if at >= text.count { return }
    if scan.p[at] == UInt8(ascii: ",") { at += 1 }
    while reader.rows.row < rowLimit, hasRoom(&reader) {
      at = min(scan.space(at), text.count)
      var end = scan.p[at] == UInt8(ascii: "{") ? element(scan, at, &reader) : -1
      if end >= 0 {
        keep(at, &reader)
      } else {
        end = JSONList.elementEnd(text, from: at).place
        readOdd(at, end, &reader)
      }
      if end >= text.count { return }
      at = end + 1
    }
  }

  /// Reads the element whose object begins at `start`: the place of the comma behind it, or of the text's end; -1, and nothing was taken,
  /// where it is left to the parser.
  private func element(_ scan: JSONScan, _ start: Int, _ reader: inout JSONRecords) -> Int {
    let end = reader.object(start)
    if end < 0 { return -1 }
    let mark = scan.space(end)
    if mark == text.count || (mark < text.count && scan.p[mark] == UInt8(ascii: ",")) { return mark }
    reader.rows.undo()
    return -1
  }

  // MARK: Records

  @inline(__always)
  private func keep(_ start: Int, _ reader: inout JSONRecords) {
    if !reader.passedOver.isEmpty { takePassedOver(start, &reader) }
    reader.rows.keep()
    parsed.records &+= 1
  }

  private func takePassedOver(_ start: Int, _ reader: inout JSONRecords) {
    passedOver += reader.passedOver.map { ($0, start) }
    reader.passedOver = []
  }

  private func readOdd(_ start: Int, _ end: Int, _ reader: inout JSONRecords) {
    takePassedOver(start, &reader)
    odd.begin(record: reader.nextRecord(), block: block)
    let record = UnsafeBufferPointer(rebasing: text[min(start, end)..<end])
    let fault = JSONObject.read(record, &odd)
    passedOver += odd.passedOver.map { ($0, start) }
    if let place = fault?.place ?? odd.misfit?.place {
      refuse(record, fault, start + place)
    } else {
      reader.rows.put(odd)
      reader.rows.keep()
    }
    parsed.records += 1
  }

  /// What is wrong with the object goes before a value that its column does not take.
  private func refuse(_ record: UnsafeBufferPointer<UInt8>, _ fault: JSONObject.Fault?, _ place: Int) {
    parsed.problemCount += 1
    if !keepsRaw, !parsed.problems.isEmpty { return }
    parsed.problems.append(
      RecordProblem(
        record: parsed.records, place: problemPlaces.position(place), fault: fault,
        misfit: fault == nil ? odd.misfit : nil, raw: keepsRaw ? Array(record) : []))
  }
}
