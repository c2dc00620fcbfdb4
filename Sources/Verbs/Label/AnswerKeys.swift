import Tables

/// How a question is answered: the number of a class, or the class itself, or a word for what else there is.
struct AnswerKeys {
  enum Answer: Equatable {
    case label(Cell)
    case skip, undo, quit
    /// Nothing of these.
    case unclear
  }

  private let classes: [Cell]
  /// Classes that are numbers are typed as they are.
  private let isNumbered: Bool

  init(_ classes: [Cell]) {
    self.classes = classes
    isNumbered = !classes.contains { Double($0.description.trimmed) != nil }
  }

  /// A class goes before a word that it is called like; its beginning will do where no other class, and no word, begins so.
  func answer(_ line: String) -> Answer {
    let typed = line.trimmed
    if typed.isEmpty { return .unclear }
    if let exact = classes.first(where: { $0.description == typed || $0.description == line }) { return .label(exact) }
    if isNumbered, let number = Int(typed), (1...max(1, classes.count)).contains(number), !classes.isEmpty {
      return .label(classes[number - 1])
    }
    switch typed.lowercased() {
    case "s", "skip": return .skip
    case "u", "undo": return .undo
    case "q", "quit": return .quit
    default: break
    }
    let begun = classes.filter { $0.description.lowercased().hasPrefix(typed.lowercased()) }
    return begun.count == 1 ? .label(begun[0]) : .unclear
  }

  /// What may be typed, on a line.
  var words: String {
    let named = classes.enumerated().map { isNumbered ? "\($0 + 1) \($1.name)" : $1.name }
    return (named + ["s skip", "u undo", "q quit"]).joined(separator: "   ")
  }
}

extension String {
  /// Without the blanks around it.
  fileprivate var trimmed: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
