/// One entry of a zip archive.
struct ZipEntry {
  enum Method: Equatable { case stored, deflated, other(Int) }

  /// How many bytes stand before an entry's name where it is stored.
  static let headSize = 30

  let name: String
  let method: Method
  let isEncrypted: Bool
  /// CRC-32 of the bytes.
  let check: UInt32
  let compressed: Int
  let expanded: Int
  /// Where its own head stands.
  let start: Int

  /// The entry that is listed at a place, and where the next one is; nil for what is none. `headSize` is what stands before the name.
  static func listed(_ fields: LittleEndian, _ at: Int, headSize: Int) -> (entry: ZipEntry, end: Int)? {
    guard let flags = fields.two(at + 8), let method = fields.two(at + 10), let check = fields.four(at + 16),
      let compressed = fields.four(at + 20), let expanded = fields.four(at + 24), let nameSize = fields.two(at + 28),
      let extraSize = fields.two(at + 30), let commentSize = fields.two(at + 32), let start = fields.four(at + 42)
    else { return nil }
    let extra = at + headSize + nameSize
    let end = extra + extraSize + commentSize
    guard end <= fields.bytes.count else { return nil }
    var sizes = (expanded: expanded, compressed: compressed, start: start)
    guard widen(&sizes, LittleEndian(bytes: Array(fields.bytes[extra..<extra + extraSize]))) else { return nil }
    // Some programs part folders as Windows does.
    let name = String(decoding: fields.bytes[at + headSize..<extra], as: UTF8.self).replacing("\\", with: "/")
    let entry = ZipEntry(
      name: name.hasPrefix("/") ? String(name.dropFirst()) : name,
      method: method == 0 ? .stored : method == 8 ? .deflated : .other(method), isEncrypted: flags & 1 == 1,
      check: UInt32(truncatingIfNeeded: check), compressed: sizes.compressed, expanded: sizes.expanded,
      start: sizes.start)
    return (entry, end)
  }

  /// Takes numbers beyond 32 bits from where they stand; false where they are not there.
  private static func widen(_ sizes: inout (expanded: Int, compressed: Int, start: Int), _ extra: LittleEndian) -> Bool
  {
    let wide = 0xFFFF_FFFF
    guard sizes.expanded == wide || sizes.compressed == wide || sizes.start == wide else { return true }
    var at = 0
    while let kind = extra.two(at), let size = extra.two(at + 2) {
      at += 4
      guard kind == 1 else {
        at += size
        continue
      }
      func take(_ number: inout Int) -> Bool {
        if number != wide { return true }
        guard let value = extra.eight(at) else { return false }
        (number, at) = (value, at + 8)
        return true
      }
      return take(&sizes.expanded) && take(&sizes.compressed) && take(&sizes.start)
    }
    return false
  }
}
