import Descriptions
import Diagnostics
import Language
import Notation

/// `drop columns: [a]`, `sort by: a, ascending: false`, `label target: y`: other tools name by an option the columns that stand first
/// here.
struct ColumnsByOption {
  let rewrite: Rewrite

  private static let words: Set<String> = [
    "columns", "cols", "column", "col", "by", "subset", "on", "labels", "keys", "vars", "features",
  ]
  /// Those for the one column that is learned.
  private static let wordsForLabel: Set<String> = ["label", "target", "outcome", "response", "y"]

  /// nil where the option is not one of those, the verb takes no columns, or its value names none.
  init?(_ description: Description, _ stage: Language.Stage, _ option: Argument) {
    guard let first = description.positionals.first, let range = stage.argumentsRange,
      option.isDirection || Self.isWord(option, for: first)
    else { return nil }
    let isDown = Self.ways(first).contains("down") && stage.arguments.contains(where: \.asksForDown)
    var written: [String] = []
    for argument in stage.arguments where !argument.isDirection {
      switch argument.kind {
      case .option(_, let value) where Self.isWord(argument, for: first):
        guard let columns = Self.columns(value, isDown, first) else { return nil }
        written += columns
      case .positional(let value) where isDown:
        guard let columns = Self.columns(value, isDown, first) else { return nil }
        written += columns
      case .positional, .assignment, .option: written.append(SyntaxPrinter.text(argument))
      }
    }
    guard !written.isEmpty else { return nil }
    rewrite = Rewrite(range, written.joined(separator: ", "))
  }

  /// The directions, of a verb that orders.
  private static func ways(_ positional: Positional) -> [String] {
    if case .method(let methods) = positional.kind { methods } else { [] }
  }

  private static func isWord(_ argument: Argument, for positional: Positional) -> Bool {
    guard case .option(let name, let value) = argument.kind else { return false }
    switch positional.kind {
    case .columns, .method: return words.contains(name.text)
    case .derivation:
      if case .record = value.kind { return words.contains(name.text) }
      return positional.maximum == 1 && (words.contains(name.text) || wordsForLabel.contains(name.text))
    default: return false
    }
  }

  private static func columns(_ value: Expr, _ isDown: Bool, _ positional: Positional) -> [String]? {
    if case .record(let pairs) = value.kind, case .derivation = positional.kind {
      return pairs.map { "\(SyntaxPrinter.name($0.key.text)) = \(SyntaxPrinter.text($0.value))" }
    }
    guard let names = value.namedColumns, positional.maximum.map({ names.count <= $0 }) ?? true else { return nil }
    return names.map { SyntaxPrinter.name($0) + (isDown ? " = down" : "") }
  }
}

extension Language.Stage {
  fileprivate var argumentsRange: SourceRange? {
    guard let first = arguments.first, let last = arguments.last else { return nil }
    return first.range.union(last.range)
  }
}

extension Argument {
  /// `ascending: false`, `descending: true`, `reverse: true`.
  var asksForDown: Bool {
    guard case .option(let name, let value) = kind else { return false }
    switch name.text {
    case "ascending": return value.kind == .literal(.bool(false)) || value.kind == .list([Expr(.literal(.bool(false)))])
    case "descending", "reverse", "desc": return value.kind == .literal(.bool(true))
    default: return false
    }
  }

  var isDirection: Bool {
    guard case .option(let name, _) = kind else { return false }
    return ["ascending", "descending", "reverse", "desc", "inplace", "axis", "ignore_index"].contains(name.text)
  }
}

extension Expr {
  /// The columns that it names: as a name, as a text, or in a list of them; nil for anything else.
  var namedColumns: [String]? {
    let items = if case .list(let items) = kind { items } else { [self] }
    let names = items.compactMap { item -> String? in
      switch item.kind {
      case .name(let name), .literal(.text(let name)): name
      case .member: item.dottedName
      default: nil
      }
    }
    return names.isEmpty || names.count < items.count ? nil : names
  }
}
