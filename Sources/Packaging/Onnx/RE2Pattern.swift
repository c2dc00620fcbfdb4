/// Patterns of ONNX's RegexFullMatch, which is RE2, from those of the language, which are PCRE2 with Unicode classes.
///
/// Only what means the same in both is taken over, some of it respelled (`\d` is ASCII in RE2); all else is refused rather than
/// exported with another meaning.
struct RE2Pattern {
  struct Refusal: Error, Equatable {
    let reason: String
  }

  private let scalars: [Unicode.Scalar]
  private var place = 0
  private var result = ""
  /// Whether what was read last may be repeated.
  private var isAtom = false
  private var depth = 0

  private init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  /// A pattern that matches all of a text in which `pattern` is found somewhere.
  static func search(_ pattern: String) throws(Refusal) -> String {
    var parser = RE2Pattern(pattern)
    return "(?s:.*)(?:\(try parser.translated()))(?s:.*)"
  }

  /// A pattern that matches this text and no other.
  static func quoted(_ text: String) -> String {
    var quoted = ""
    for scalar in text.unicodeScalars { quoted += literal(scalar) }
    return quoted
  }

  private static func literal(_ scalar: Unicode.Scalar) -> String {
    let isWord = scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == " "
    if !scalar.isASCII || isWord { return String(Character(scalar)) }
    return "\\x{\(String(scalar.value, radix: 16))}"
  }

  private var next: Unicode.Scalar? { place < scalars.count ? scalars[place] : nil }

  private mutating func translated() throws(Refusal) -> String {
    if starts(with: "(?i)") {
      place += 4
      result = "(?i)"
    }
    while let scalar = next {
      place += 1
      try translate(scalar)
    }
    guard depth == 0 else { throw Refusal(reason: "a group is not closed") }
    return result
  }

  private func starts(with text: String) -> Bool { scalars[place...].starts(with: text.unicodeScalars) }

  private mutating func translate(_ scalar: Unicode.Scalar) throws(Refusal) {
    switch scalar {
    case "\\": try escape()
    case "[": try characterClass()
    case "(": try open()
    case ")":
      depth -= 1
      append(")", isAtom: true)
    case "|": append("|", isAtom: false)
    case "^": append("\\A", isAtom: false)
    case "$": try end()
    case ".": append(".", isAtom: true)
    case "*", "+", "?": try repeated(String(Character(scalar)))
    case "{": try counted()
    // any other character stands for itself
    default: append(Self.literal(scalar), isAtom: true)
    }
  }

  private mutating func append(_ text: String, isAtom: Bool) {
    result += text
    self.isAtom = isAtom
  }

  private mutating func open() throws(Refusal) {
    depth += 1
    guard depth <= 100 else { throw Refusal(reason: "groups are nested too deeply") }
    if starts(with: "?:") {
      place += 2
    } else if next == "?" || next == "*" {
      throw Refusal(reason: "RE2 has no such group, or another meaning for it")
    }
    append("(?:", isAtom: false)
  }

  /// PCRE2's `$` also holds before a line end that ends the text; RE2 has no way to look ahead, so the line end is taken, which is
  /// the same where nothing follows.
  private mutating func end() throws(Refusal) {
    guard next == nil || (next == "|" && depth == 0) else { throw Refusal(reason: "`$` may only stand at the end") }
    append("\\n?\\z", isAtom: false)
  }

  private mutating func repeated(_ mark: String) throws(Refusal) {
    guard isAtom else { throw Refusal(reason: "there is nothing to repeat before `\(mark)`") }
    if next == "+" { throw Refusal(reason: "RE2 has no possessive repetition") }
    var text = mark
    // How much a lazy repetition takes does not change whether there is a match.
    if next == "?" {
      place += 1
      text += "?"
    }
    append(text, isAtom: false)
  }

  private mutating func counted() throws(Refusal) {
    var digits = ""
    while let scalar = next, scalar != "}", digits.count < 12 {
      digits.unicodeScalars.append(scalar)
      place += 1
    }
    let bounds = digits.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)
    let numbers = bounds.map { Int($0) }
    guard next == "}", let low = numbers.first.flatMap({ $0 }), low >= 0,
      numbers.count == 1 || bounds[1].isEmpty || numbers[1].map({ $0 >= low && $0 <= 1000 }) == true, low <= 1000,
      digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ",") })
    else { throw Refusal(reason: "`{` has to be written as `\\{`, or with one or two counts up to 1000") }
    place += 1
    try repeated("{\(digits)}")
  }

  // MARK: Escapes and classes

  private static let space = "\\t\\n\\v\\f\\r\\x{85}\\x{180e}\\p{Z}"
  private static let word = "\\p{L}\\p{N}_"

  private mutating func escape() throws(Refusal) {
    guard let scalar = next else { throw Refusal(reason: "it ends in a backslash") }
    place += 1
    switch scalar {
    case "d": append("\\p{Nd}", isAtom: true)
    case "D": append("\\P{Nd}", isAtom: true)
    case "w": append("[\(Self.word)]", isAtom: true)
    case "W": append("[^\(Self.word)]", isAtom: true)
    case "s": append("[\(Self.space)]", isAtom: true)
    case "S": append("[^\(Self.space)]", isAtom: true)
    case "A": append("\\A", isAtom: false)
    case "z": append("\\z", isAtom: false)
    // any other escape is of one character, or refused
    default: append(Self.literal(try Self.escaped(scalar)), isAtom: true)
    }
  }

  /// The character that a backslash and this one stand for.
  private static func escaped(_ scalar: Unicode.Scalar) throws(Refusal) -> Unicode.Scalar {
    switch scalar {
    case "n": return "\n"
    case "t": return "\t"
    case "r": return "\r"
    case "f": return "\u{0C}"
    // any other character
    default:
      let isWord = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
      guard scalar.isASCII, !isWord else {
        throw Refusal(reason: "`\\\(Character(scalar))` has no counterpart in RE2, or another meaning there")
      }
      return scalar
    }
  }

  private mutating func characterClass() throws(Refusal) {
    var text = "["
    if next == "^" {
      text += "^"
      place += 1
    }
    var isFirst = true
    while let scalar = next, scalar != "]" || isFirst {
      guard scalar != "]" else { throw Refusal(reason: "`]` at the start of a class has to be written as `\\]`") }
      text += try classMember(scalar)
      isFirst = false
    }
    guard next == "]", !isFirst else { throw Refusal(reason: "a class is not closed") }
    place += 1
    append(text + "]", isAtom: true)
  }

  private mutating func classMember(_ scalar: Unicode.Scalar) throws(Refusal) -> String {
    place += 1
    if scalar == "[", next == ":" || next == "." || next == "=" {
      throw Refusal(reason: "a named class within a class has another meaning in RE2")
    }
    if scalar == "-" { return try dash() }
    guard scalar == "\\" else { return Self.literal(scalar) }
    guard let escaped = next else { throw Refusal(reason: "it ends in a backslash") }
    place += 1
    switch escaped {
    case "d": return "\\p{Nd}"
    case "D": return "\\P{Nd}"
    case "w": return Self.word
    case "s": return Self.space
    // any other escape is of one character, or refused
    default: return Self.literal(try Self.escaped(escaped))
    }
  }

  /// A dash between two characters is a range; at an end it is itself. Beside `\d` and its like the two engines differ.
  private func dash() throws(Refusal) -> String {
    let before = place >= 2 ? scalars[place - 2] : "["
    let isEscapedBefore = place >= 3 && scalars[place - 3] == "\\"
    if before == "[" && !isEscapedBefore || next == "]" || before == "^" && place >= 3 && scalars[place - 3] == "[" {
      return "\\x{2d}"
    }
    let isClassBefore = isEscapedBefore && "dDwsWS".unicodeScalars.contains(before)
    let isClassAfter = next == "\\" && place + 1 < scalars.count && "dDwsWS".unicodeScalars.contains(scalars[place + 1])
    if isClassBefore || isClassAfter { throw Refusal(reason: "a range cannot end in a class") }
    return "-"
  }
}
