import Descriptions
import Diagnostics
import Language

extension Completer {
  /// The folders and files that a path may go on to, from its last slash on; `closing` ends that of a file. Nothing where no
  /// file is asked for.
  func paths(_ typed: Substring, _ use: FileUse?, end: Int, closing: String, _ value: ValueType = .nothing)
    -> CompletionList
  {
    let slash = typed.lastIndex(of: "/")
    let leaf = slash.map { typed[typed.index(after: $0)...] } ?? typed
    let range = SourceRange(end - leaf.utf8.count, end)
    guard let use else { return CompletionList(range: range, items: []) }
    let folder = slash.map { String(typed[...$0]) } ?? "."
    let files = names(in: folder, use, beginning: leaf).map { Self.path($0, closing) }
    // What is there is meant by a beginning of its name, unless that says how the rest of a new one goes.
    let isNew = files.isEmpty || leaf.isEmpty || leaf.contains(".")
    return CompletionList(range: range, items: (isNew ? newFiles(use, leaf, closing, value, in: folder) : []) + files)
  }

  /// Names for what is to be written: of the value at hand, or as begun, with each ending that suits the value.
  private func newFiles(
    _ use: FileUse, _ leaf: Substring, _ closing: String, _ value: ValueType, in folder: String
  ) -> [Completion] {
    guard use == .write else { return [] }
    let begun = leaf.prefix { $0 != "." }
    let own = value.fileName
    let stem = leaf.contains(".") || !own.hasPrefix(leaf) ? String(begun) : own
    let known = Set(listFolder(folder))
    return endings(value.subjectKind).map { "\(stem).\($0)" }.filter { $0.hasPrefix(leaf) && !known.contains($0) }.map {
      Completion($0, .path, "a new file", suffix: closing)
    }
  }

  /// Paths as they stand in quotes, where none has been typed, for a value that is to be written.
  func quotedPaths(_ use: FileUse, of value: ValueType) -> [Completion] {
    newFiles(use, "", "", value, in: ".").map { Completion("\"\($0.text)\"", .path, $0.summary) } + quotedPaths(use)
  }

  /// The files of the folder at hand as they stand in quotes, where no quote has been typed.
  func quotedPaths(_ use: FileUse) -> [Completion] {
    names(in: ".", use, beginning: "").map { Self.path("\"" + $0, "\"") }
  }

  private static func path(_ name: String, _ closing: String) -> Completion {
    let isFolder = name.hasSuffix("/")
    return Completion(name, .path, isFolder ? "folder" : "file", suffix: isFolder ? "" : closing)
  }

  /// Hidden ones only where a dot has been typed. A format may be stated whatever the name says: where nothing suits what has
  /// been typed, all that begins with it is there.
  private func names(in folder: String, _ use: FileUse, beginning leaf: Substring) -> [String] {
    let names = listFolder(folder).filter { $0.hasPrefix(leaf) && (leaf.hasPrefix(".") || !$0.hasPrefix(".")) }.sorted()
    let suiting = names.filter { $0.hasSuffix("/") || suits($0, use) }
    return suiting.isEmpty && !leaf.isEmpty ? names : suiting
  }

  /// What a text at the cursor is the path of; nil where it is no path.
  func fileUse(_ context: CursorContext, _ environment: Environment) -> FileUse? {
    switch context.verb {
    case "use"?: return .script
    case "param"?, "let"?: return .any
    case let name?:
      guard let verb = vocabulary[name] else { return environment.definedVerb(name) == nil ? nil : .any }
      if let option = option(context, verb) {
        if case .file(let use) = option.meaning { return use }
        return nil
      }
      return context.openBrackets.isEmpty && context.argument(after: 0).isEmpty ? Self.fileUse(verb.description) : nil
    case nil: return nil
    }
  }

  static func fileUse(_ description: Description) -> FileUse? {
    for positional in description.positionals {
      switch positional.kind {
      case .source, .table: return .read
      case .path(let use): return use
      default: continue
      }
    }
    return nil
  }
}

extension ValueType {
  /// What a file of it is called, where it has no other name.
  fileprivate var fileName: String {
    let name: String
    switch subject {
    case .table(let schema): name = schema.name
    case .split(let split): name = split.schema.name
    case .model(let model), .service(let model): name = model.name
    case .nothing, .look, .scalar, .unknown: name = "report"
    }
    let plain = name.filter { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
    return plain.isEmpty ? "report" : plain
  }
}
