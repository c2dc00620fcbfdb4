import Diagnostics
import Language
import Plan

/// Completes what is being typed from the descriptions that checking uses: verbs, options and their values, columns,
/// methods, algorithms, functions, named values and their figures, paths and session commands. The text need not be
/// finished, nor its cursor at the end.
public struct Completer: Sendable {
  /// The entries of a folder, folders ending in `/`; empty for one that cannot be read.
  public typealias FolderLister = @Sendable (String) -> [String]

  let vocabulary: Vocabulary
  let readScript: ScriptReader
  let listFolder: FolderLister
  /// Session commands with their summaries: `:undo`.
  let commands: [(name: String, summary: String)]
  /// The names that `load` knows without quotes.
  let dataSets: [String]

  public init(
    _ vocabulary: Vocabulary, readScript: @escaping ScriptReader, commands: [(name: String, summary: String)] = [],
    dataSets: [String] = [], listFolder: @escaping FolderLister
  ) {
    self.vocabulary = vocabulary
    self.readScript = readScript
    self.commands = commands
    self.dataSets = dataSets
    self.listFolder = listFolder
  }

  /// The completions at `cursor`, a UTF-8 offset into `text`, which follows what made `environment`. The statements of the
  /// text before the cursor are checked, so that columns are those that will be there.
  public func complete(_ text: String, at cursor: Int, in environment: Environment) -> CompletionList {
    if let list = commandOrTopic(text, cursor, environment) { return list }
    let context = CursorContext(text, cursor: cursor)
    if let open = context.openText {
      let items = paths(open.content)
      let name = open.content.utf8.lastIndex(of: UInt8(ascii: "/")).map {
        open.content.utf8.distance(from: open.content.utf8.startIndex, to: $0) + 1
      }
      return CompletionList(range: SourceRange(open.start + (name ?? 0), cursor), items: items)
    }
    let reached = environmentBefore(context, text, environment)
    let all = candidates(context, reached)
    return CompletionList(
      range: SourceRange(context.wordStart, cursor), items: Self.matching(all, context.word))
  }

  /// What the statements and stages before the one at the cursor make.
  private func environmentBefore(_ context: CursorContext, _ text: String, _ environment: Environment) -> Environment {
    let before = String(decoding: Array(text.utf8.prefix(context.stageStart)), as: UTF8.self)
    var script = before
    while let last = script.unicodeScalars.last, " \t\n|>".unicodeScalars.contains(last) {
      script.unicodeScalars.removeLast()
    }
    if script.isEmpty { return environment }
    return Checker(vocabulary, readScript: readScript).check(
      SourceFile(name: "<completion>", text: script), from: environment
    ).environment
  }

  /// Those that begin with the word, case aside; the word itself completed is none.
  private static func matching(_ all: [Completion], _ word: String) -> [Completion] {
    let wanted = word.lowercased()
    var seen: Set<String> = []
    return all.filter { item in
      let text = item.text.hasPrefix("`") ? String(item.text.dropFirst()) : item.text
      return text.lowercased().hasPrefix(wanted) && seen.insert(item.text).inserted
    }
  }

  // MARK: Commands, topics, paths

  /// `:undo` and `?impute` are no part of the language; a prompt has them at the start of a line.
  private func commandOrTopic(_ text: String, _ cursor: Int, _ environment: Environment) -> CompletionList? {
    let bytes = Array(text.utf8.prefix(max(0, cursor)))
    let typed = String(decoding: bytes, as: UTF8.self)
    if typed.hasPrefix(":"), !typed.contains(" ") {
      let items = commands.map { Completion($0.name, .command, $0.summary) }
      return CompletionList(range: SourceRange(0, bytes.count), items: Self.matching(items, typed))
    }
    for opening in ["?", ":help ", "help "] where typed.hasPrefix(opening) {
      let word = String(typed.dropFirst(opening.count))
      return CompletionList(
        range: SourceRange(opening.utf8.count, bytes.count), items: Self.matching(topics(environment), word))
    }
    for opening in [":open ", ":save ", ":save! "] where typed.hasPrefix(opening) {
      let path = String(typed.dropFirst(opening.count))
      let leaf = path.split(separator: "/", omittingEmptySubsequences: false).last.map(\.utf8.count) ?? 0
      return CompletionList(range: SourceRange(bytes.count - leaf, bytes.count), items: paths(path))
    }
    return nil
  }

  private func topics(_ environment: Environment) -> [Completion] {
    let families = vocabulary.help.families
    return vocabulary.help.verbs.map { Completion($0.name, .topic, $0.summary) }
      + environment.definedVerbs.map { Completion($0.name, .topic, $0.usage) }
      + (["functions", "selectors"] + families.map(\.name)).map { Completion($0, .topic, "a list") }
      + families.flatMap { $0.members.map { Completion($0.name, .topic, $0.summary) } }
      + FunctionPages.all.filter { $0.group != .operators }.map { Completion($0.name, .topic, $0.summary) }
  }

  /// The files that a path may go on to; hidden ones only where a dot has been typed.
  private func paths(_ typed: String) -> [Completion] {
    let slash = typed.lastIndex(of: "/")
    let folder = slash.map { String(typed[...$0]) } ?? ""
    let leaf = slash.map { String(typed[typed.index(after: $0)...]) } ?? typed
    return listFolder(folder.isEmpty ? "." : folder)
      .filter { $0.hasPrefix(leaf) && (leaf.hasPrefix(".") || !$0.hasPrefix(".")) }
      .sorted().map { Completion($0, .path, $0.hasSuffix("/") ? "folder" : "file") }
  }
}
