import Notation
import Tables

extension Registers {
  func convert(_ conversion: Conversion, _ a: Register, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    switch conversion {
    case .intToFloat:
      each(blocks[a].ints, blocks[out].floats, rows) { Double($0) }
      countRounded(a, rows)
    case .intHeldByFloat:
      attempt(blocks[a].ints, blocks[out].floats, out, rows) { WholeNumber.losesDigits($0) ? nil : Double($0) }
    case .boolToInt: each(blocks[a].bools, blocks[out].ints, rows) { Int64($0) }
    case .boolToFloat: each(blocks[a].bools, blocks[out].floats, rows) { Double($0) }
    case .intToBool: each(blocks[a].ints, blocks[out].bools, rows) { $0 != 0 ? 1 : 0 }
    case .floatToBool: each(blocks[a].floats, blocks[out].bools, rows) { $0 != 0 ? 1 : 0 }
    case .datetimeToDate: each(blocks[a].ints, blocks[out].ints, rows) { Moment.dayOf($0) }
    case .intToDate: attempt(blocks[a].ints, blocks[out].ints, out, rows) { Int32(exactly: $0).map(Int64.init) }
    case .floatToInt:
      attempt(blocks[a].floats, blocks[out].ints, out, rows) { Int64(exactly: $0.rounded(.towardZero)) }
    case .dateToDatetime: attempt(blocks[a].ints, blocks[out].ints, out, rows) { Moment.ofDay($0) }
    case .secondsToDatetime:
      attempt(blocks[a].floats, blocks[out].ints, out, rows) { Moment.adding(seconds: $0, to: 0) }
    case .textToFloat: attempt(blocks[a].texts, blocks[out].floats, out, rows) { $0.number() }
    case .textToInt: attempt(blocks[a].texts, blocks[out].ints, out, rows) { $0.int() }
    case .textToBool: attempt(blocks[a].texts, blocks[out].bools, out, rows) { truth($0) }
    case .textToDate: attempt(blocks[a].texts, blocks[out].ints, out, rows) { $0.date() }
    case .textToDatetime:
      attempt(blocks[a].texts, blocks[out].ints, out, rows) {
        guard let moment = $0.moment() else { return nil }
        counts.moments.count(moment)
        return moment.microseconds
      }
    case .boolToText: write(blocks[a].bools, out, rows) { .bool($0 != 0) }
    case .intToText: write(blocks[a].ints, out, rows) { .int($0) }
    case .floatToText: write(blocks[a].floats, out, rows) { .float($0) }
    case .dateToText: write(blocks[a].ints, out, rows) { .date(Int32(clamping: $0)) }
    case .datetimeToText: write(blocks[a].ints, out, rows) { .datetime($0) }
    }
  }

  /// Counts the ints that their floats do not hold.
  private func countRounded(_ a: Register, _ rows: Int) {
    let x = blocks[a].ints
    guard WholeNumber.anyWide(UnsafeBufferPointer(start: x, count: rows)) else { return }
    for i in 0..<rows where isValid(a, i) && WholeNumber.isRounded(x[i]) { counts.rounded += 1 }
  }

  func readNumber(_ a: Register, _ reader: Int, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    let reader = program.numberReaders[reader]
    attempt(blocks[a].texts, blocks[out].floats, out, rows) { $0.number(reader) }
  }

  func readAmount(_ a: Register, _ reader: AmountReader, _ out: Register, _ rows: Int) {
    follow(a, out, rows)
    attempt(blocks[a].texts, blocks[out].floats, out, rows) { reader.value($0.base, 0, $0.count) }
  }

  @inline(__always)
  private func each<From, To>(
    _ x: UnsafeMutablePointer<From>, _ z: UnsafeMutablePointer<To>, _ rows: Int, _ apply: (From) -> To
  ) {
    for i in 0..<rows { z[i] = apply(x[i]) }
  }

  @inline(__always)
  private func attempt<From, To: ExpressibleByIntegerLiteral>(
    _ x: UnsafeMutablePointer<From>, _ z: UnsafeMutablePointer<To>, _ out: Register, _ rows: Int,
    _ apply: (From) -> To?
  ) {
    for i in 0..<rows {
      z[i] = 0
      guard isValid(out, i) else { continue }
      if let value = apply(x[i]) { z[i] = value } else { fail(out, i, rows) }
    }
  }

  @inline(__always)
  private func write<From>(
    _ x: UnsafeMutablePointer<From>, _ out: Register, _ rows: Int, _ cell: (From) -> Cell
  ) {
    let z = blocks[out].texts
    for i in 0..<rows { z[i] = isValid(out, i) ? arena.copy(cell(x[i]).description) : .empty }
  }

  private func truth(_ text: TextRef) -> UInt8? {
    let word = arena.apply(.lower, text.trimmed())
    for accepted in ["true", "yes", "y", "t", "1"] where word.bytes.elementsEqual(accepted.utf8) { return 1 }
    for accepted in ["false", "no", "n", "f", "0"] where word.bytes.elementsEqual(accepted.utf8) { return 0 }
    return nil
  }
}
