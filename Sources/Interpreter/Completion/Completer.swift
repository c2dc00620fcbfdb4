import Descriptions
import Diagnostics
import Language
import Notation
import Plan

/// Completes what is being typed from the descriptions that checking uses: verbs, options and their values, columns and
/// theirs, methods, algorithms, functions, named values and their figures, paths and session commands. The text need not be
/// finished, nor its cursor at the end.
public struct Completer: Sendable {
  /// The entries of a folder, folders ending in `/`; empty for one that cannot be read.
  public typealias FolderLister = @Sendable (String) -> [String]
  /// Whether a file of that name is one for that use.
  public typealias FileJudge = @Sendable (String, FileUse) -> Bool
  /// The endings of the files that a kind of value can be written to, likeliest first.
  public typealias FileEndings = @Sendable (SubjectKind) -> [String]

  let vocabulary: Vocabulary
  let readScript: ScriptReader
  let listFolder: FolderLister
  let suits: FileJudge
  let endings: FileEndings
  let commands: [SessionCommand]
  /// The names that `load` knows without quotes.
  let dataSets: [String]
  let sample: ColumnSample

  public init(
    _ vocabulary: Vocabulary, readScript: @escaping ScriptReader, commands: [SessionCommand] = [],
    dataSets: [String] = [], sample: ColumnSample = ColumnSample(), listFolder: @escaping FolderLister,
    suits: @escaping FileJudge, endings: @escaping FileEndings = { _ in [] }
  ) {
    self.vocabulary = vocabulary
    self.readScript = readScript
    self.commands = commands
    self.dataSets = dataSets
    self.sample = sample
    self.listFolder = listFolder
    self.suits = suits
    self.endings = endings
  }

  /// The completions at `cursor`, a UTF-8 offset into `text`, which follows what made `environment`. The statements of the
  /// text before the cursor are checked, so that columns are those that will be there.
  public func complete(_ text: String, at cursor: Int, in environment: Environment) -> CompletionList {
    if let list = commandOrTopic(text, cursor, environment) { return list }
    let context = CursorContext(text, cursor: cursor)
    let reached = environmentBefore(context, text, environment)
    // A quote that stands behind the cursor is not written again.
    let isClosed = text.utf8.dropFirst(max(0, cursor)).first == context.quote?.sign
    let items: [Completion]
    switch context.quote {
    case nil: items = candidates(context, reached)
    case .text:
      guard let values = values(context, reached) else {
        let use = fileUse(context, reached)
        return paths(context.unquotedWord, use, end: cursor, closing: isClosed ? "" : "\"", reached.last)
      }
      items = isClosed ? values.map(\.unclosed) : values
    case .name:
      let columns = candidates(context, reached).compactMap(\.inBackQuotes)
      items = isClosed ? columns.map(\.unclosed) : columns
    case .other: items = []
    }
    return CompletionList(
      range: SourceRange(context.wordStart, cursor), items: Self.matching(items, String(context.unquotedWord)))
  }

  /// What the statements and stages before the one at the cursor make.
  private func environmentBefore(_ context: CursorContext, _ text: String, _ environment: Environment) -> Environment {
    let before = String(decoding: Array(text.utf8.prefix(context.stageStart)), as: UTF8.self)
    var script = before
    while let last = script.unicodeScalars.last, " \t\n|>".unicodeScalars.contains(last) {
      script.unicodeScalars.removeLast()
    }
    if script.isEmpty { return environment }
    return Checker(vocabulary, readScript: readScript).environment(
      after: SourceFile(name: "<completion>", text: script), from: environment)
  }

  /// Those that begin with the word, case aside; the word itself completed is none.
  static func matching(_ all: [Completion], _ word: String) -> [Completion] {
    let wanted = word.lowercased()
    var seen: Set<String> = []
    return all.filter { $0.key.lowercased().hasPrefix(wanted) && seen.insert($0.text).inserted }
  }
}

extension Completion {
  /// A column as it stands where a back quote has been typed; nil for all else.
  fileprivate var inBackQuotes: Completion? {
    guard kind == .column else { return nil }
    return text.hasPrefix("`") ? self : Completion(ScriptText.quoted(text), kind, summary, suffix: suffix)
  }

  /// The same without the quote at its end.
  fileprivate var unclosed: Completion {
    key.count < text.count ? Completion(String(text.dropLast()), kind, summary, suffix: suffix) : self
  }
}
