/// What a number format makes of a number: ECMA-376 part 1, 18.8.30 and 18.8.31.
enum NumberFormat: Sendable {
  case number
  case date
  case time
  case moment
  /// Hours, minutes or seconds beyond a day: `[h]:mm`.
  case duration

  /// The format that has this number of those that every program knows.
  init(builtIn id: Int) {
    switch id {
    // 27 to 36 and 50 to 58 are dates and times of East Asian languages.
    case 14...17, 27...31, 36, 50...54, 57, 58: self = .date
    case 18...21, 32...35, 45, 47, 55, 56: self = .time
    case 22: self = .moment
    case 46: self = .duration
    default: self = .number
    }
  }

  /// What a code such as `yyyy\-mm\-dd;@` says, by its part for positive numbers.
  init(code: String) {
    var letters = Letters()
    var rest = Array(code.unicodeScalars)[...]
    while let scalar = rest.popFirst(), scalar != ";" {
      switch scalar {
      case "\"": rest = rest.drop { $0 != "\"" }.dropFirst()
      case "\\", "_", "*": rest = rest.dropFirst()
      case "[":
        let inner = rest.prefix { $0 != "]" }
        rest = rest.dropFirst(inner.count + 1)
        letters.takeBracket(inner.map { String($0).lowercased() }.joined())
      default: letters.take(String(scalar).lowercased())
      }
    }
    self = letters.format
  }

  /// The letters of a code outside quotes.
  private struct Letters {
    private var text = ""
    private var isElapsed = false

    mutating func take(_ letter: String) { text += letter }

    mutating func takeBracket(_ inner: String) {
      isElapsed = isElapsed || (!inner.isEmpty && inner.allSatisfy { "hms".contains($0) && $0 == inner.first })
    }

    var format: NumberFormat {
      if isElapsed { return .duration }
      let code = text.replacing("general", with: "").replacing("am/pm", with: "h").replacing("a/p", with: "h")
      let hasClock = code.contains("h") || code.contains("s")
      // A month is m too, unless hours or seconds stand beside it; mmm is always one.
      let hasDay = code.contains("y") || code.contains("d") || code.contains("mmm") || (code.contains("m") && !hasClock)
      return hasDay ? (hasClock ? .moment : .date) : hasClock ? .time : .number
    }
  }
}
