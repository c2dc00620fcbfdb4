import CVector

/// One field as it stands in the file.
struct ScannedField {
  enum Ending: UInt8 { case delimiter, terminator, end }

  /// The content without its quotes; doubled quotes are still doubled.
  var start: Int
  var end: Int
  var ending: Ending
  var isQuoted = false
  var hasDoubledQuotes = false
  /// Something other than a delimiter or line break follows the closing quote.
  var isMalformed = false
  /// The closing quote never came.
  var isUnterminated = false
}

/// Walks over the fields of RFC 4180 text, 64 bytes of structure at a time.
///
/// A quote opens a quoted field only where a field starts; elsewhere it is an ordinary character. The bytes must be
/// readable for 64 bytes past `count`.
struct FieldScanner {
  static let quote: UInt8 = 0x22
  static let padding = 64

  let bytes: UnsafePointer<UInt8>
  let count: Int
  let delimiter: UInt8
  let terminator: UInt8
  /// Where the next field starts.
  private(set) var position: Int
  /// Line breaks seen inside quoted fields.
  private(set) var quotedBreaks = 0
  private var block: Int
  private var mask: UInt64

  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, from start: Int, to count: Int, delimiter: UInt8, terminator: UInt8) {
    self.bytes = bytes
    self.count = count
    self.delimiter = delimiter
    self.terminator = terminator
    position = start
    block = start
    mask = start < count ? mlp_structure64(bytes + start, delimiter, terminator, Self.quote) : 0
  }

  /// The next place of a delimiter, line break or quote; `count` when there is none.
  @inline(__always)
  private mutating func nextMark() -> Int {
    while mask == 0 {
      block &+= 64
      if block >= count { return count }
      mask = mlp_structure64(bytes + block, delimiter, terminator, Self.quote)
    }
    let place = block &+ mask.trailingZeroBitCount
    mask &= mask &- 1
    return min(place, count)
  }

  @inline(__always)
  mutating func next() -> ScannedField {
    let start = position
    if start < count, bytes[start] == Self.quote { return quoted() }
    while true {
      let place = nextMark()
      if place >= count {
        position = count
        return ScannedField(start: start, end: count, ending: .end)
      }
      let byte = bytes[place]
      if byte == Self.quote { continue }
      position = place &+ 1
      if byte == delimiter { return ScannedField(start: start, end: place, ending: .delimiter) }
      return ScannedField(start: start, end: withoutReturn(start, place), ending: .terminator)
    }
  }

  /// The end of a row's last field: before the carriage return of a CR LF.
  @inline(__always)
  private func withoutReturn(_ start: Int, _ end: Int) -> Int {
    end > start && bytes[end &- 1] == 0x0D && terminator == 0x0A ? end &- 1 : end
  }

  @inline(never)
  private mutating func quoted() -> ScannedField {
    var field = ScannedField(start: position + 1, end: count, ending: .end, isQuoted: true)
    _ = nextMark()
    while true {
      let place = nextMark()
      if place >= count {
        position = count
        field.isUnterminated = true
        return field
      }
      if bytes[place] == terminator { quotedBreaks += 1 }
      if bytes[place] != Self.quote { continue }
      if place + 1 < count, bytes[place + 1] == Self.quote {
        _ = nextMark()
        field.hasDoubledQuotes = true
        continue
      }
      field.end = place
      close(&field)
      return field
    }
  }

  /// After a closing quote: a delimiter, a line break or the end must come.
  private mutating func close(_ field: inout ScannedField) {
    var expected = field.end + 1
    while true {
      let place = nextMark()
      if place < count, bytes[place] == Self.quote { continue }
      if place > expected, bytes[expected] == 0x0D, terminator == 0x0A, place >= count || bytes[place] == terminator {
        expected += 1
      }
      field.isMalformed = place != expected
      field.ending = place >= count ? .end : bytes[place] == delimiter ? .delimiter : .terminator
      position = place >= count ? count : place + 1
      return
    }
  }
}

extension ScannedField {
  /// The content with doubled quotes made single.
  func unescaped(_ bytes: UnsafePointer<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(end - start)
    var at = start
    while at < end {
      result.append(bytes[at])
      at += hasDoubledQuotes && bytes[at] == FieldScanner.quote ? 2 : 1
    }
    return result
  }

  func text(_ bytes: UnsafePointer<UInt8>) -> String { String(decoding: unescaped(bytes), as: UTF8.self) }
}
