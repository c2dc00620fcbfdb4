import Plan

/// What models and aliases may be called: letters, digits, `_`, `-` and `.`, a letter or `_` first, at most 100 of them. Such a name is a
/// folder's, a route's and a word of an address as it is.
public enum RegistryName {
  private static let longest = 100

  /// Throws `badName`.
  public static func check(_ name: String, _ kind: RegistryNameKind) throws(EngineError) {
    guard let first = name.utf8.first, isLetter(first), name.utf8.count <= longest, name.utf8.allSatisfy(isPart) else {
      throw EngineError(.registry(.badName(name, kind)))
    }
  }

  private static func isLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"): true
    default: false
    }
  }

  private static func isPart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."): true
    default: isLetter(byte)
    }
  }
}
