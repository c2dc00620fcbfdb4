import Display
import Language
import Notation
import Plan
import Tables

extension Session {
  /// The value that the next bare verb will take, for the prompt: `titanic 1309×5 › `.
  public var prompt: String {
    guard let last = values.last else { return "› " }
    return last.summary + " › "
  }

  /// Every name with what it stands for: `:vars`.
  public var variables: Display {
    var rows: [[Tables.Cell]] = []
    if let last = values.last {
      let subject = last.summary
      let words = if case .look(let look) = last.type { "\(look.kind) of \(subject)" } else { subject }
      rows.append([.text("_"), .text("the last stage"), .text(words)])
    }
    for (name, entry) in environment.scope.entries where name != "_" && !name.contains("\u{2192}") {
      rows.append([.text(name), .text(entry.origin.rawValue), .text(words(name, entry.meaning))])
    }
    for function in environment.scope.allFunctions where function.home != Checker.preludeName {
      rows.append([.text(function.signature), .text("let"), .text(Binder.shown(function.body, limit: 60))])
    }
    for verb in environment.definedVerbs where verb.home != Checker.preludeName {
      rows.append([.text(verb.usage), .text("define"), .text("a verb")])
    }
    if rows.isEmpty { return .note("no names yet: `let`, `param` and `as` make them") }
    return .table(DisplayTable(["name", "made by", "value"], rows: rows))
  }

  private static func words(_ held: HeldValue) -> String {
    if case .look(let look) = held.type { look.kind } else { held.summary }
  }

  private func words(_ name: String, _ meaning: Scope.Meaning) -> String {
    switch meaning {
    case .scalar(let scalar): String(Secrets.masked(scalar.description).prefix(60))
    case .value, .unknown: values.named[name].map(Self.words) ?? "unknown"
    }
  }
}

extension Value {
  /// A name and a size: `titanic 1309×5`.
  public var summary: String {
    switch self {
    case .table(let relation):
      let rows = relation.kept.current?.rows.rowCount ?? relation.schema.rowCount
      let columns = relation.schema.isOpen ? "?" : "\(relation.schema.names.count)"
      return "\(relation.name) \(rows.map { "\($0)" } ?? "?")×\(columns)"
    case .split(let split):
      let parts = [split.train.count, split.valid.count, split.sealed.count].filter { $0 > 0 }
      return "\(split.name) " + parts.map { "\($0)" }.joined(separator: "+")
    case .model(let model): return "\(model.name) \(model.algorithm)"
    case .look(let look): return look.kind
    case .service(let service): return service.address
    case .scalar(let scalar): return scalar.typeName
    }
  }
}
