/// Finds the elements of a list that is not read as a value, by the same marks as `mlp_list_cut`.
enum JSONList {
  /// What an element ends before.
  enum Ending { case comma, bracket, text }

  /// The end of the element at `start`: the place of the first comma, or bracket or brace that was not opened in it, outside strings; the
  /// text's end where there is none. O(element).
  static func elementEnd(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> (place: Int, ending: Ending) {
    var at = start
    var depth = 0
    while at < text.count {
      switch text[at] {
      case UInt8(ascii: "\""): at = closingQuote(text, from: at + 1)
      // It has no place here, but is taken as one that hides a quote, as it is where the list is cut.
      case UInt8(ascii: "\\"): at += 1
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        if depth == 0 { return (at, .bracket) }
        depth -= 1
      case UInt8(ascii: ",") where depth == 0: return (at, .comma)
      default: break
      }
      at += 1
    }
    return (text.count, .text)
  }

  private static func closingQuote(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var at = start
    while at < text.count, text[at] != UInt8(ascii: "\"") { at += text[at] == UInt8(ascii: "\\") ? 2 : 1 }
    return at
  }

  /// The elements that end in a text, which begins behind the list's opening bracket; where the text is not whole the last may be a part
  /// of one and is left out. Whether more are wanted to tell what the first is.
  static func eachElement(
    _ text: UnsafeBufferPointer<UInt8>, isWhole: Bool, _ take: (UnsafeBufferPointer<UInt8>) -> Void
  ) -> Bool {
    var start = 0
    while start < text.count {
      let (end, ending) = elementEnd(text, from: start)
      if ending == .text, !isWhole { return start > 0 }
      let element = UnsafeBufferPointer(rebasing: text[start..<end])
      if !element.allSatisfy({ $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }) { take(element) }
      if ending != .comma { return true }
      start = end + 1
    }
    return start > 0 || isWhole
  }
}
