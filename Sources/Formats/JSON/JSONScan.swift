import CVector
import Notation

/// Moves over JSON (RFC 8259) as bytes, without making values of it.
///
/// What it moves over is right; what it does not may be right all the same, and `JSONParser` says what it is. The text is followed by 64
/// bytes that may be read, and ends where a line does or before a zero: neither stands in a token, so that nothing moves past it.
struct JSONScan {
  let p: UnsafePointer<UInt8>
  /// Whether line breaks are white space.
  let breaksAreSpace: Bool
  /// Where the names of the members so far stand: room for `mostMembers` of each object that is open.
  private let names: UnsafeMutablePointer<UInt64>

  /// Objects of more members, and names with escapes or beyond ASCII, are left to the parser.
  private static let mostMembers = 16
  /// Longer numbers may be too large for a double.
  private static let mostDigits = 300

  static func roomForNames(depth: Int) -> UnsafeMutablePointer<UInt64> {
    .allocate(capacity: (depth + 1) * mostMembers)
  }

  /// `names` is of `roomForNames`, and given back by whoever asked for it.
  init(_ p: UnsafePointer<UInt8>, breaksAreSpace: Bool, names: UnsafeMutablePointer<UInt64>) {
    self.p = p
    self.breaksAreSpace = breaksAreSpace
    self.names = names
  }

  /// The place behind the white space at `at`.
  @inline(__always)
  func space(_ at: Int) -> Int {
    if p[at] > 0x20 { return at }
    // One blank is what most writers put behind a colon or a comma.
    if p[at] == 0x20, p[at &+ 1] > 0x20 { return at &+ 1 }
    return anySpace(at)
  }

  @inline(never)
  private func anySpace(_ start: Int) -> Int {
    var at = start
    while p[at] == 0x20 || p[at] == 0x09 || p[at] == 0x0D || (p[at] == 0x0A && breaksAreSpace) { at &+= 1 }
    return at
  }

  /// Whether a number or a word may end before this byte.
  @inline(__always)
  static func isEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || byte <= 0x20
  }

  // MARK: Words and numbers

  /// The four bytes from `at` on as a word to compare with these.
  @inline(__always)
  func word(_ at: Int) -> UInt32 { UnsafeRawPointer(p + at).loadUnaligned(as: UInt32.self) }

  static let null: UInt32 = 0x6C6C_756E
  static let yes: UInt32 = 0x6575_7274
  /// `fals`
  static let no: UInt32 = 0x736C_6166

  /// The place behind the digits, minus signs and points from `start` on, at most 32 of them.
  @inline(__always)
  func plainNumber(_ start: Int) -> Int {
    let ends = mlp_number_ends16(p + start)
    if ends != 0 { return start &+ ends.trailingZeroBitCount }
    return start &+ 16 &+ (mlp_number_ends16(p + (start &+ 16)) | 1 << 16).trailingZeroBitCount
  }

  /// The place behind the number at `start`, and whether it is written by digits alone; nil where none is.
  func number(_ start: Int) -> (end: Int, isWhole: Bool)? {
    var at = p[start] == UInt8(ascii: "-") ? start + 1 : start
    if p[at] == UInt8(ascii: "0") { at += 1 } else if !digits(&at) { return nil }
    var isWhole = true
    if p[at] == UInt8(ascii: ".") {
      isWhole = false
      at += 1
      if !digits(&at) { return nil }
    }
    if p[at] | 0x20 == UInt8(ascii: "e") {
      isWhole = false
      at += 1
      if p[at] == UInt8(ascii: "+") || p[at] == UInt8(ascii: "-") { at += 1 }
      if !digits(&at) { return nil }
    }
    return Self.isEnd(p[at]) ? (at, isWhole) : nil
  }

  private func digits(_ at: inout Int) -> Bool {
    let start = at
    while p[at] &- 0x30 <= 9 { at &+= 1 }
    return at > start
  }

  // MARK: Values

  /// The place behind the value at `start`; -1 where it is left to the parser. So many objects and lists may be open in it.
  func value(_ start: Int, levels: Int) -> Int {
    switch p[start] {
    case UInt8(ascii: "\""): return string(start &+ 1).map { $0.end + 1 } ?? -1
    case UInt8(ascii: "["): return levels > 0 ? list(start, levels) : -1
    case UInt8(ascii: "{"): return levels > 0 ? object(start, levels) : -1
    case UInt8(ascii: "t"): return word(start) == Self.yes && Self.isEnd(p[start + 4]) ? start + 4 : -1
    case UInt8(ascii: "n"): return word(start) == Self.null && Self.isEnd(p[start + 4]) ? start + 4 : -1
    case UInt8(ascii: "f"):
      return word(start) == Self.no && p[start + 4] == UInt8(ascii: "e") && Self.isEnd(p[start + 5]) ? start + 5 : -1
    default: return finite(start)
    }
  }

  /// The place behind a number that a double holds.
  private func finite(_ start: Int) -> Int {
    guard let (end, isWhole) = number(start) else { return -1 }
    if isWhole, end - start < Self.mostDigits { return end }
    return NumberReader.shared.read(p, start, end, lenient: true).kind == .infinite ? -1 : end
  }

  private func list(_ start: Int, _ levels: Int) -> Int {
    var at = space(start + 1)
    if p[at] == UInt8(ascii: "]") { return at + 1 }
    while true {
      at = value(at, levels: levels - 1)
      if at < 0 { return -1 }
      at = space(at)
      if p[at] == UInt8(ascii: "]") { return at + 1 }
      guard p[at] == UInt8(ascii: ",") else { return -1 }
      at = space(at + 1)
    }
  }

  private func object(_ start: Int, _ levels: Int) -> Int {
    var at = space(start + 1)
    if p[at] == UInt8(ascii: "}") { return at + 1 }
    let seen = names + (levels - 1) * Self.mostMembers
    var count = 0
    while true {
      guard let behind = name(at, seen, &count) else { return -1 }
      at = value(behind, levels: levels - 1)
      if at < 0 { return -1 }
      at = space(at)
      if p[at] == UInt8(ascii: "}") { return at + 1 }
      guard p[at] == UInt8(ascii: ",") else { return -1 }
      at = space(at + 1)
    }
  }

  /// The place of the value that a name stands before; nil where the name stood before in the object, or may have.
  private func name(_ at: Int, _ seen: UnsafeMutablePointer<UInt64>, _ count: inout Int) -> Int? {
    guard p[at] == UInt8(ascii: "\""), count < Self.mostMembers else { return nil }
    let start = at + 1
    let end = plainString(start)
    guard p[end] == UInt8(ascii: "\"") else { return nil }
    for place in 0..<count where isSame(seen[place], start, end - start) { return nil }
    seen[count] = UInt64(truncatingIfNeeded: start) << 32 | UInt64(truncatingIfNeeded: end - start) & 0xFFFF_FFFF
    count += 1
    let colon = space(end + 1)
    return p[colon] == UInt8(ascii: ":") ? space(colon + 1) : nil
  }

  private func isSame(_ seen: UInt64, _ start: Int, _ length: Int) -> Bool {
    guard Int(seen & 0xFFFF_FFFF) == length else { return false }
    let other = Int(seen >> 32)
    for place in 0..<length where p[other + place] != p[start + place] { return false }
    return true
  }
}
