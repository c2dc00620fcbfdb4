/// Reads numbers of at most 32 bits in runs: one number again and again, or numbers packed by their bits (RLE, the hybrid encoding).
/// It may stop within a run and go on later.
struct HybridDecoder {
  /// Numbers that are unpacked before they are looked up.
  private static let batch = 1024

  private let width: Int
  private var source: ByteCursor
  // Of the run at hand: how often its number comes again, or how many packed numbers are left.
  private var repeats = 0
  private var number: UInt32 = 0
  private var packed = 0
  private var packedBytes: UnsafePointer<UInt8>
  private var packedPlace = 0

  /// Behind the bytes of `source` a margin must be readable. Throws for a width that no number of 32 bits has.
  init(_ source: ByteCursor, width: Int) throws(ParquetFailure) {
    guard (0...32).contains(width) else { throw .damaged("its numbers are said to have \(width) bits each") }
    self.width = width
    self.source = source
    packedBytes = source.at
  }

  /// Bits one after the other without any runs, as booleans are written in plain.
  init(bits source: ByteCursor) {
    width = 1
    self.source = ByteCursor(source.at, 0)
    packedBytes = source.at
    packed = source.count * 8
  }

  /// Turns to the next run that has numbers.
  private mutating func nextRun() throws(ParquetFailure) {
    while repeats == 0, packed == 0 {
      let head = try source.varint("its runs")
      let length = Int(clamping: head >> 1)
      if head & 1 == 0 {
        let bytes = try source.take((width + 7) / 8, "its runs")
        let word = UnsafeRawPointer(bytes.at).loadUnaligned(as: UInt32.self)
        number = bytes.count < 4 ? word & (1 << UInt32(8 * bytes.count) - 1) : word
        repeats = length
      } else if width == 0 {
        (number, repeats) = (0, length > Int.max / 8 ? .max : length * 8)
      } else {
        // Some writers cut the padding of the last run.
        let (wanted, overflow) = length.multipliedReportingOverflow(by: width)
        let bytes = overflow ? source.count : min(wanted, source.count)
        (packedBytes, packedPlace, packed) = (source.at, 0, bytes * 8 / width)
        source.skip(bytes)
      }
    }
  }

  /// Puts the next numbers at `target`.
  mutating func numbers(_ count: Int, to target: UnsafeMutablePointer<Int32>) throws(ParquetFailure) {
    var done = 0
    while done < count {
      try nextRun()
      if repeats > 0 {
        let next = min(repeats, count - done)
        (target + done).update(repeating: Int32(bitPattern: number), count: next)
        repeats -= next
        done += next
      } else {
        done += unpack(count - done, to: target + done)
      }
    }
  }

  /// Puts packed numbers, at most `most`, at `target`.
  @inline(__always)
  private mutating func unpack(_ most: Int, to target: UnsafeMutablePointer<Int32>) -> Int {
    let next = min(packed, most)
    BitUnpacking.unpack(packedBytes, from: packedPlace, count: next, width: width, to: target)
    packedPlace += next
    packed -= next
    return next
  }

  /// Puts the next values at `target`, the numbers being places among `words`. Throws for a place that is not there.
  mutating func values<Value: BitwiseCopyable>(
    _ count: Int, of words: UnsafeBufferPointer<Value>, to target: UnsafeMutablePointer<Value>
  ) throws(ParquetFailure) {
    let places = UnsafeMutablePointer<Int32>.allocate(capacity: Self.batch)
    defer { places.deallocate() }
    var done = 0
    while done < count {
      try nextRun()
      if repeats > 0 {
        guard number < UInt32(clamping: words.count) else { throw Self.noWord(words.count) }
        let next = min(repeats, count - done)
        (target + done).update(repeating: words[Int(number)], count: next)
        repeats -= next
        done += next
        continue
      }
      let next = unpack(min(count - done, Self.batch), to: places)
      try Self.check(places, next, below: words.count)
      guard let base = words.baseAddress else { throw Self.noWord(0) }
      let batch = target + done
      for place in 0..<next { batch[place] = base[Int(places[place])] }
      done += next
    }
  }

  /// Throws unless all places are of a dictionary of so many words.
  static func check(
    _ places: UnsafePointer<Int32>, _ count: Int, below words: Int
  ) throws(ParquetFailure) {
    var highest: UInt32 = 0
    for place in 0..<count { highest = max(highest, UInt32(bitPattern: places[place])) }
    guard count == 0 || Int(highest) < words else { throw noWord(words) }
  }

  private static func noWord(_ words: Int) -> ParquetFailure {
    .damaged("a page names a word that its dictionary of \(words) has not")
  }

  /// Says which of the rows have a value: those whose level is the deepest.
  mutating func levels(_ rows: Range<Int>, deepest: Int, to validity: PartValidity) throws(ParquetFailure) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      try nextRun()
      let left = rows.upperBound - row
      if repeats > 0 {
        let next = min(repeats, left)
        guard number <= UInt32(clamping: deepest) else { throw Self.noLevel(number) }
        if number == UInt32(clamping: deepest) { validity.set(row..<row + next) }
        repeats -= next
        row += next
      } else if width == 1 {
        let next = min(packed, left)
        validity.set(row..<row + next, from: packedBytes, at: packedPlace)
        packedPlace += next
        packed -= next
        row += next
      } else {
        row += try deepLevels(row, left, deepest, validity)
      }
    }
  }

  private mutating func deepLevels(
    _ first: Int, _ most: Int, _ deepest: Int, _ validity: PartValidity
  ) throws(ParquetFailure) -> Int {
    let levels = UnsafeMutablePointer<Int32>.allocate(capacity: Self.batch)
    defer { levels.deallocate() }
    let next = unpack(min(most, Self.batch), to: levels)
    for place in 0..<next {
      guard levels[place] <= deepest else { throw Self.noLevel(UInt32(bitPattern: levels[place])) }
      if levels[place] == deepest { validity.set(first + place..<first + place + 1) }
    }
    return next
  }

  private static func noLevel(_ level: UInt32) -> ParquetFailure {
    .damaged("a page says at level \(level) whether a cell is missing, and there is none so deep")
  }
}
