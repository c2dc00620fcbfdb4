import Descriptions
import Diagnostics

extension Completer {
  /// `:undo` and `?impute` are no part of the language; a prompt has them at the start of a line.
  func commandOrTopic(_ text: String, _ cursor: Int, _ environment: Environment) -> CompletionList? {
    let bytes = Array(text.utf8.prefix(max(0, cursor)))
    let typed = String(decoding: bytes, as: UTF8.self)
    for opening in ["?", "help "] where typed.hasPrefix(opening) {
      return topics(typed.dropFirst(opening.count), end: bytes.count, environment)
    }
    guard typed.hasPrefix(":") else { return nil }
    guard let space = typed.firstIndex(of: " ") else {
      let items = commands.map { Completion($0.name, .command, $0.summary) }
      return CompletionList(range: SourceRange(0, bytes.count), items: Self.matching(items, typed))
    }
    let rest = typed[typed.index(after: space)...]
    switch commands.first(where: { $0.name == typed[..<space] })?.argument {
    case .topic: return topics(rest, end: bytes.count, environment)
    case .script(let words): return scripts(rest, after: words, end: bytes.count)
    case .nothing, nil: return CompletionList(range: SourceRange(bytes.count, bytes.count), items: [])
    }
  }

  private func scripts(_ typed: Substring, after words: [String], end: Int) -> CompletionList {
    for word in words where typed.hasPrefix(word + " ") {
      return paths(typed.dropFirst(word.count + 1), .script, end: end, closing: "")
    }
    let files = paths(typed, .script, end: end, closing: "")
    let matching = words.filter { $0.hasPrefix(typed) }.map { Completion($0, .word, suffix: " ") }
    return CompletionList(range: files.range, items: matching + files.items)
  }

  private func topics(_ typed: Substring, end: Int, _ environment: Environment) -> CompletionList {
    let families = vocabulary.help.families
    let all =
      vocabulary.help.verbs.map { Completion($0.name, .topic, $0.summary) }
      + environment.definedVerbs.map { Completion($0.name, .topic, $0.usage) }
      + (["functions", "selectors"] + families.map(\.name)).map { Completion($0, .topic, "a list") }
      + families.flatMap { $0.members.map { Completion($0.name, .topic, $0.summary) } }
      + FunctionPages.all.filter { $0.group != .operators }.map { Completion($0.name, .topic, $0.summary) }
    return CompletionList(
      range: SourceRange(end - typed.utf8.count, end), items: Self.matching(all, String(typed)))
  }
}
