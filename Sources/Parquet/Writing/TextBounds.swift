import Glibc

/// The least and the greatest of texts by their bytes.
struct TextBounds {
  private let longest: Int
  private var least: [UInt8]?
  private var greatest: [UInt8] = []

  init(longest: Int) { self.longest = longest }

  mutating func take(_ text: UnsafeBufferPointer<UInt8>) {
    guard let least else {
      least = Array(text)
      greatest = Array(text)
      return
    }
    if Self.isLess(text, least) { self.least = Array(text) }
    if greatest.withUnsafeBufferPointer({ greatest in Self.order(greatest, text) < 0 }) { greatest = Array(text) }
  }

  private static func isLess(_ text: UnsafeBufferPointer<UInt8>, _ other: [UInt8]) -> Bool {
    other.withUnsafeBufferPointer { order(text, $0) < 0 }
  }

  private static func order(_ a: UnsafeBufferPointer<UInt8>, _ b: UnsafeBufferPointer<UInt8>) -> Int {
    let shared = min(a.count, b.count)
    if shared > 0, let left = a.baseAddress, let right = b.baseAddress {
      let order = memcmp(left, right, shared)
      if order != 0 { return Int(order) }
    }
    return a.count - b.count
  }

  /// Those, unless one is too long to be told.
  var told: (least: [UInt8], greatest: [UInt8])? {
    guard let least, least.count <= longest, greatest.count <= longest else { return nil }
    return (least, greatest)
  }
}
