import Tables

/// A tag that opens an element: its name and its attributes.
struct XMLTag {
  /// What stands between the angle brackets.
  private(set) var bytes: [UInt8] = []
  private(set) var name = XMLName()
  private var end = 0
  private(set) var isEmpty = false
  private var attributes: [(name: XMLName, value: Range<Int>)] = []

  /// The name with its prefix.
  var qualified: ArraySlice<UInt8> { bytes[0..<end] }

  /// Reads what stands between the angle brackets of a start.
  mutating func read(
    _ buffer: [UInt8], _ place: Range<Int>, _ bad: (String) -> SourceError
  ) throws(SourceError) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: buffer[place])
    attributes.removeAll(keepingCapacity: true)
    isEmpty = bytes.last == UInt8(ascii: "/")
    let last = bytes.count - (isEmpty ? 1 : 0)
    var at = 0
    name = try readName(&at, last, bad)
    end = at
    while true {
      let gap = skipBlanks(at, last)
      if gap == last { return }
      guard gap > at else { throw bad("no blank before an attribute") }
      at = gap
      let name = try readName(&at, last, bad)
      at = skipBlanks(at, last)
      guard at < last, bytes[at] == UInt8(ascii: "=") else { throw bad("an attribute without a value") }
      at = skipBlanks(at + 1, last)
      guard at < last, bytes[at] == UInt8(ascii: "\"") || bytes[at] == UInt8(ascii: "'"),
        let close = bytes[(at + 1)..<last].firstIndex(of: bytes[at])
      else { throw bad("a value without quotes") }
      attributes.append((name, at + 1..<close))
      at = close + 1
    }
  }

  /// Takes the name of an end, which has no attributes.
  mutating func takeName(_ qualified: ArraySlice<UInt8>) {
    bytes.removeAll(keepingCapacity: true)
    bytes.append(contentsOf: qualified)
    attributes.removeAll(keepingCapacity: true)
    end = bytes.count
    name = XMLName(bytes, 0..<end)
  }

  /// The value of an attribute as it is written.
  func value(_ name: StaticString) -> ArraySlice<UInt8>? {
    attributes.first { $0.name.isEqual(to: name, in: bytes) }.map { bytes[$0.value] }
  }

  private func skipBlanks(_ start: Int, _ last: Int) -> Int {
    var at = start
    while at < last, XMLText.isBlank(bytes[at]) { at += 1 }
    return at
  }

  private func readName(_ at: inout Int, _ last: Int, _ bad: (String) -> SourceError) throws(SourceError) -> XMLName {
    let start = at
    while at < last, !XMLText.isBlank(bytes[at]), bytes[at] != UInt8(ascii: "="), bytes[at] != UInt8(ascii: "/") {
      at += 1
    }
    guard at > start else { throw bad("a tag without a name") }
    return XMLName(bytes, start..<at)
  }
}

/// Where a name stands in some bytes, without its prefix.
struct XMLName {
  private let place: Range<Int>

  init() { place = 0..<0 }

  init(_ bytes: [UInt8], _ qualified: Range<Int>) {
    let colon = bytes[qualified].firstIndex(of: UInt8(ascii: ":"))
    place = (colon.map { $0 + 1 } ?? qualified.lowerBound)..<qualified.upperBound
  }

  @inline(__always)
  func isEqual(to name: StaticString, in bytes: [UInt8]) -> Bool {
    guard place.count == name.utf8CodeUnitCount else { return false }
    for offset in 0..<place.count where bytes[place.lowerBound + offset] != name.utf8Start[offset] { return false }
    return true
  }
}
