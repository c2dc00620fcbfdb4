/// A text that is equal to another only where their bytes are.
///
/// Swift's strings are equal where they look the same (é as one scalar or as two); tables, scoring graphs and every exported format
/// tell words apart by bytes.
public struct TextBytes: Sendable, Hashable {
  public let text: String

  public init(_ text: String) { self.text = text }

  public static func == (left: TextBytes, right: TextBytes) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

  public func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    hasher.combine(0xFF as UInt8)
  }
}
