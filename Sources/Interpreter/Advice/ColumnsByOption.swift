import Descriptions
import Diagnostics
import Language
import Notation

/// `drop columns: [a]`, `sort by: a, ascending: false`, `label target: y`: other tools name by an option the columns that stand first
/// here.
struct ColumnsByOption {
  let rewrite: Rewrite

  private static let words: Set<String> = [
    "columns", "cols", "column", "col", "by", "subset", "on", "labels", "label", "target", "outcome", "x", "y", "keys",
    "vars", "features",
  ]

  /// nil where the option is not one of those, the verb takes no columns, or its value names none.
  init?(_ description: Description, _ stage: Language.Stage, _ option: String) {
    guard Self.words.contains(option), let first = description.positionals.first, let range = stage.argumentsRange else {
      return nil
    }
    let isDown = stage.arguments.contains(where: \.asksForDown)
    let ways: [String]
    switch first.kind {
    case .columns: ways = []
    case .method(let methods): ways = methods
    case .derivation: ways = []
    default: return nil
    }
    var written: [String] = []
    for argument in stage.arguments {
      guard case .option(let name, let value) = argument.kind, Self.words.contains(name.text) else {
        if !argument.isDirection { written.append(SyntaxPrinter.text(argument)) }
        continue
      }
      if case .record(let pairs) = value.kind, case .derivation = first.kind {
        written.append(contentsOf: pairs.map { "\(SyntaxPrinter.name($0.key.text)) = \(SyntaxPrinter.text($0.value))" })
        continue
      }
      guard let names = value.namedColumns, first.maximum.map({ names.count <= $0 }) ?? true else { return nil }
      let isMarked = isDown && ways.contains("down")
      written += names.map { SyntaxPrinter.name($0) + (isMarked ? " = down" : "") }
    }
    let text = written.joined(separator: ", ")
    rewrite = Rewrite(range, text)
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
