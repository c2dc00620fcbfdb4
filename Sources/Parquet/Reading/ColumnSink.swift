import Tables

/// Makes cells of the values of a column, a part after the other.
protocol ColumnSink: AnyObject {
  /// Takes the words of a dictionary, as plain pages have them.
  func take(dictionary values: ByteCursor, count: Int) throws(ParquetFailure)
  /// Values come from this page from now on.
  func turn(to page: PageValues)
  /// Begins a part of so many rows; the page that its first rows are of is there.
  func begin(_ rows: Int)
  /// Takes the next rows of the part, of which `valid` have values: those that `validity` says.
  func take(_ rows: Range<Int>, valid: Int, _ validity: PartValidity, _ found: inout PartFindings)
    throws(ParquetFailure)
  /// The part, all of whose rows were taken.
  func finish(_ validity: PartValidity) -> Column
}

/// What was found in a part of a column besides its cells.
struct PartFindings: Sendable {
  /// Numbers that are infinite or none, which are missing.
  var infinite = 0
  /// Whether a moment was cut to the microsecond.
  var isCut = false
  /// Bytes of the file that were read.
  var byteCount = 0

  static func += (left: inout PartFindings, right: PartFindings) {
    left.infinite += right.infinite
    left.isCut = left.isCut || right.isCut
    left.byteCount += right.byteCount
  }
}

extension ByteCursor {
  /// The next values of so many bytes each. Throws where there are not so many.
  mutating func values(_ count: Int, width: Int) throws(ParquetFailure) -> UnsafeRawPointer {
    let (size, overflow) = count.multipliedReportingOverflow(by: width)
    guard !overflow, size <= self.count else { throw Self.tooFew }
    defer { skip(size) }
    return UnsafeRawPointer(at)
  }

  /// The bytes of the next value, before which their number stands.
  @inline(__always)
  mutating func value() throws(ParquetFailure) -> UnsafeBufferPointer<UInt8> {
    guard count >= 4 else { throw Self.tooFew }
    let length = Int(UnsafeRawPointer(at).loadUnaligned(as: UInt32.self))
    guard length <= count &- 4 else { throw Self.tooFew }
    let start = at + 4
    skip(length &+ 4)
    return UnsafeBufferPointer(start: start, count: length)
  }

  private static var tooFew: ParquetFailure { .damaged("a page holds fewer values than it says") }
}

extension Array where Element: BitwiseCopyable {
  /// An array of elements that are anything until they are set: its memory is not touched.
  init(anything count: Int) {
    self.init(unsafeUninitializedCapacity: count) { _, filled in filled = count }
  }
}

/// Puts values that stand one after the other at the rows that have one, `filler` at the others.
@inline(__always)
func spread<Value>(
  _ target: UnsafeMutablePointer<Value>, _ rows: Range<Int>, valid: Int, _ validity: PartValidity, filler: Value
) {
  var from = valid
  var place = rows.count
  // From the end on, so that no value is written over before it is moved. Where as many are left as rows, all is in place.
  while place > from {
    place &-= 1
    let bit = validity.bit(rows.lowerBound &+ place)
    from &-= bit
    let value = target[from]
    target[place] = bit == 1 ? value : filler
  }
}
