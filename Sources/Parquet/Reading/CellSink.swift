import Tables

/// Cells of one size.
final class CellSink<Value: BitwiseCopyable & Hashable & Sendable>: ColumnSink {
  /// Reads plain values as cells.
  typealias Read =
    (_ page: inout ByteCursor, _ count: Int, _ target: UnsafeMutablePointer<Value>, _ found: inout PartFindings)
    throws(ParquetFailure) -> Void

  private let filler: Value
  private let read: Read
  private let wrap: (Cells<Value>) -> Column
  private let refusal: Refusal<Value>?
  private var words: [Value]
  private var wordsAreRefused = false
  /// What was found in the dictionary.
  private var waiting = PartFindings()
  private var page: PageValues?
  private var cells: [Value] = []

  /// `bits` are the cells for a bit that is not set and for one that is.
  init(
    filler: Value, bits: [Value] = [], refusal: Refusal<Value>? = nil, read: @escaping Read,
    _ wrap: @escaping (Cells<Value>) -> Column
  ) {
    self.filler = filler
    self.read = read
    self.wrap = wrap
    self.refusal = refusal
    words = bits
  }

  func take(dictionary values: ByteCursor, count: Int) throws(ParquetFailure) {
    // A word takes a byte at least: no memory is taken for more than there can be.
    guard count <= values.count else { throw .damaged("its dictionary of \(values.count) bytes has \(count) words") }
    var (values, found) = (values, PartFindings())
    words = [Value](anything: count)
    try words.withUnsafeMutableBufferPointer { (words) throws(ParquetFailure) in
      guard let base = words.baseAddress else { return }
      try read(&values, count, base, &found)
      wordsAreRefused = refusal?.hasAny(base, count) ?? false
    }
    waiting = found
  }

  func turn(to page: PageValues) { self.page = page }

  func begin(_ rows: Int) { cells = [Value](anything: rows) }

  func take(
    _ rows: Range<Int>, valid: Int, _ validity: PartValidity, _ found: inout PartFindings
  ) throws(ParquetFailure) {
    found += waiting
    waiting = PartFindings()
    var mayBeRefused = wordsAreRefused
    if case .plain = page { mayBeRefused = true }
    try cells.withUnsafeMutableBufferPointer { (cells) throws(ParquetFailure) in
      guard let base = cells.baseAddress else { return }
      let target = base + rows.lowerBound
      try fill(target, valid, &found)
      if valid < rows.count { spread(target, rows, valid: valid, validity, filler: filler) }
      if mayBeRefused, let refusal, refusal.hasAny(target, rows.count) {
        found.infinite += refusal.clear(target, rows, validity, filler)
      }
    }
  }

  private func fill(
    _ target: UnsafeMutablePointer<Value>, _ count: Int, _ found: inout PartFindings
  ) throws(ParquetFailure) {
    switch page {
    case .plain(var bytes):
      try read(&bytes, count, target, &found)
      page = .plain(bytes)
    case .coded(var places):
      try words.withUnsafeBufferPointer { (words) throws(ParquetFailure) in
        try places.values(count, of: words, to: target)
      }
      page = .coded(places)
    case nil: break
    case .bits(var places):
      try words.withUnsafeBufferPointer { (words) throws(ParquetFailure) in
        try places.values(count, of: words, to: target)
      }
      page = .bits(places)
    }
  }

  func finish(_ validity: PartValidity) -> Column {
    defer { cells = [] }
    return wrap(Cells(cells, validity: validity.bitmap))
  }
}

/// Values that no cell has.
struct Refusal<Value>: Sendable {
  /// Whether there are some among values: quick, as there seldom are.
  let hasAny: @Sendable (UnsafePointer<Value>, Int) -> Bool
  let isRefused: @Sendable (Value) -> Bool

  /// Makes their cells missing; gives how many there were.
  func clear(
    _ target: UnsafeMutablePointer<Value>, _ rows: Range<Int>, _ validity: PartValidity, _ filler: Value
  ) -> Int {
    var count = 0
    for place in 0..<rows.count where isRefused(target[place]) {
      target[place] = filler
      validity.clear(rows.lowerBound + place)
      count += 1
    }
    return count
  }
}
